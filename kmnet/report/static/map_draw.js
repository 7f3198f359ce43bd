// How a scene looks, told to a pen: one pen draws on a canvas, the other writes SVG, so that both give one picture.

const LINES = Object.fromEntries(Object.entries(D.ties));
LINES.tie = D.tie;
LINES.first = D.ties.formed;
LINES.earlier = D.tie;
LINES.came = ["#9aa4ad", 0.9, [], "Came to the workshop"];
D.actions.forEach((a, k) => (LINES["a" + k] = a.slice(1)));

// Corner points of the shapes on the unit circle; each is scaled so that equal radius means equal area.
const SHAPES = (() => {
  const ring = (n, turn) => Array.from({ length: n }, (_, k) => {
    const angle = turn + (2 * Math.PI * k) / n;
    return [Math.cos(angle), Math.sin(angle)];
  });
  const star = Array.from({ length: 10 }, (_, k) => {
    const angle = -Math.PI / 2 + (Math.PI * k) / 5, r = k % 2 ? 0.45 : 1;
    return [r * Math.cos(angle), r * Math.sin(angle)];
  });
  const found = {
    square: ring(4, Math.PI / 4), diamond: ring(4, 0), triangle: ring(3, -Math.PI / 2), down: ring(3, Math.PI / 2),
    hexagon: ring(6, 0), pentagon: ring(5, -Math.PI / 2), star, bar: [[-1.5, -0.7], [1.5, -0.7], [1.5, 0.7], [-1.5, 0.7]],
  };
  for (const points of Object.values(found)) {
    const area = Math.abs(points.reduce((sum, [x, y], k) => {
      const [u, v] = points[(k + 1) % points.length];
      return sum + x * v - u * y;
    }, 0)) / 2;
    const scale = Math.sqrt(Math.PI / area);
    points.forEach((p, k) => (points[k] = [p[0] * scale, p[1] * scale]));
  }
  return found;
})();

function symbolOf(i) {
  if (NODE.kind[i] === PERSON) return roleOf(i);
  if (NODE.kind[i] === WORKSHOP) return { colour: "#3c4650", shape: "bar" };
  if (NODE.kind[i] === EVIDENCE) return { colour: "#ffffff", shape: "star" };
  return { colour: orgName(i) === "Not stated" ? "#ffffff" : "#56b4e9", shape: "circle" };
}

// The point to which a tie's curve leans: a little aside, so that ties in one direction can be told apart. Arcs of a
// directed pair lean to different sides.
function bend(x1, y1, x2, y2, side = 1) {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const lean = side * Math.min(0.07, 9 / length);
  return [(x1 + x2) / 2 + (y2 - y1) * lean, (y1 + y2) / 2 - (x2 - x1) * lean];
}

function drawTies(pen, scene, frame) {
  // Many ties are drawn thinner and lighter, so that a dense part does not become one patch of colour.
  const large = scene.nodes.length > 400;
  const drawn = Math.max(1, scene.ties.length);
  const crowd = Math.min(large ? 0.6 : 1, Math.max(0.35, Math.sqrt(900 / drawn)), Math.max(0.55, Math.sqrt((3.2 * scene.nodes.length) / drawn)));
  const order = ["earlier", "tie", "came", "kept", "cannot_tell", "dissolved", "a0", "a1", "a2", "a3", "first", "formed"];
  const most = Math.max(1, ...scene.ties.map((t) => t.n));
  for (const faded of [true, false]) {
    for (const state of order) {
      const held = scene.ties.filter((t) => t.state === state && faded === isFaded(scene, t));
      if (!held.length) continue;
      const [colour, width, dash] = LINES[state];
      const style = {
        colour: faded ? "#e6e9ec" : colour,
        width: (faded ? 0.8 : width) * (faded ? 1 : crowd) * frame.thin,
        dash: dash.map((d) => d * (large ? 0.8 : 1)), alpha: faded ? 1 : Math.min(1, 0.15 + crowd),
      };
      const groups = scene.wide ? bySize(held, most) : [[1, held]];
      for (const [factor, ties] of groups) {
        pen.curves(ties.map((t) => curveOf(scene, t, frame)), { ...style, width: style.width * factor });
      }
    }
  }
  if (net().directed && S.view !== "steps" && S.draw === "people") drawArrows(pen, scene, frame);
}
const isFaded = (scene, t) => scene.chosen >= 0 && t.a !== scene.chosen && t.b !== scene.chosen;
function bySize(ties, most) {
  const groups = new Map();
  for (const t of ties) {
    const factor = 1 + 3 * Math.round(4 * Math.sqrt(t.n / most)) / 4;
    if (!groups.has(factor)) groups.set(factor, []);
    groups.get(factor).push(t);
  }
  return [...groups].sort((x, y) => x[0] - y[0]);
}
function curveOf(scene, t, frame) {
  const [x1, y1] = frame.to(scene.at.get(t.a)), [x2, y2] = frame.to(scene.at.get(t.b));
  const side = t.state[0] === "a" ? 1.5 - Number(t.state[1]) : 1; // what one person did with one piece: lines side by side
  return [x1, y1, ...bend(x1, y1, x2, y2, side), x2, y2];
}
function drawArrows(pen, scene, frame) { // only where they can be told apart: on the chosen person's ties, or few ties
  const few = scene.ties.length <= 60;
  scene.index ||= new Map(scene.nodes.map((i, k) => [i, k]));
  for (const t of scene.ties) {
    if (!(few || (scene.chosen >= 0 && !isFaded(scene, t))) || !D.ties[t.state] && t.state !== "tie") continue;
    const [, , cx, cy, x2, y2] = curveOf(scene, t, frame);
    const length = Math.hypot(x2 - cx, y2 - cy) || 1;
    const u = (x2 - cx) / length, v = (y2 - cy) / length;
    const r = frame.radius(scene.index.get(t.b)) + 1.5, s = 6;
    const x = x2 - u * r, y = y2 - v * r;
    pen.polygon([[x, y], [x - u * s - v * s * 0.5, y - v * s + u * s * 0.5], [x - u * s + v * s * 0.5, y - v * s - u * s * 0.5]],
      { fill: LINES[t.state][0] });
  }
}

function drawNodes(pen, scene, frame) {
  const order = scene.nodes.map((_, k) => k).sort((p, q) => (faint(scene, q) - faint(scene, p)) || scene.weight[q] - scene.weight[p]);
  for (const k of order) drawNode(pen, scene, frame, k);
}
const faint = (scene, k) => (scene.near && !scene.near.has(scene.nodes[k]) ? 1 : 0);
function drawNode(pen, scene, frame, k) {
  const i = scene.nodes[k];
  const [x, y] = frame.to([scene.x[k], scene.y[k]]);
  const r = frame.radius(k);
  const symbol = symbolOf(i);
  const faded = faint(scene, k);
  if (i === scene.chosen) pen.shape("circle", x, y, r + 6, { fill: "#ffffff", stroke: INK, width: 2.5 });
  pen.shape(symbol.shape, x, y, r, {
    fill: faded ? "#eceff1" : symbol.colour, stroke: faded ? "#b9c1c9" : INK, width: r < 4 ? 0.7 : 1.1,
  });
}

// --- outlines --------------------------------------------------------------------------------------------
function outlines(scene, frame) { // groups as rings of points, with a name and a colour
  const held = new Map();
  scene.nodes.forEach((i, k) => {
    if (NODE.kind[i] !== PERSON) return;
    const key = S.outline === "roles" ? roleName(i) : orgName(i);
    const mine = S.outline === "organisation" ? scene.chosen >= 0 && NODE.org[i] === NODE.org[scene.chosen] : S.outline !== "none";
    if (!mine) return;
    if (!held.has(key)) held.set(key, []);
    held.get(key).push(k);
  });
  return [...held].filter(([, members]) => members.length > 1 || S.outline === "organisation").map(([name, members]) => {
    const points = members.flatMap((k) => {
      const [x, y] = frame.to([scene.x[k], scene.y[k]]);
      const r = frame.radius(k) + 10;
      return Array.from({ length: 12 }, (_, a) => [x + r * Math.cos((a * Math.PI) / 6), y + r * Math.sin((a * Math.PI) / 6)]);
    });
    return { name, ring: hull(points), colour: S.outline === "roles" ? symbolOf(scene.nodes[members[0]]).colour : "" };
  });
}
function drawOutlines(pen, scene, frame) {
  for (const { ring, colour } of outlines(scene, frame)) {
    pen.polygon(ring, { fill: colour || "#3c4650", alpha: colour ? 0.1 : 0.05 });
    pen.polygon(ring, { stroke: colour || "#5f6b76", width: 1.2 });
  }
}
function outlineNames(scene, frame) {
  return outlines(scene, frame).map(({ name, ring }) => {
    const [x, y] = ring.reduce((best, p) => (p[1] < best[1] ? p : best));
    return { x, y: y - 8, text: short(name), bold: true, align: "center", size: 13 };
  });
}
function hull(points) {
  const sorted = [...points].sort((p, q) => p[0] - q[0] || p[1] - q[1]);
  const turn = (o, a, b) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  const half = (list) => {
    const found = [];
    for (const p of list) {
      while (found.length > 1 && turn(found.at(-2), found.at(-1), p) <= 0) found.pop();
      found.push(p);
    }
    found.pop();
    return found;
  };
  return half(sorted).concat(half(sorted.reverse()));
}

// --- pens ------------------------------------------------------------------------------------------------
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", Arial, sans-serif';

function canvasPen(ctx) {
  const trace = (points) => {
    ctx.beginPath();
    points.forEach(([x, y], k) => (k ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
    ctx.closePath();
  };
  const ink = (style) => {
    ctx.globalAlpha = style.alpha ?? 1;
    if (style.fill) { ctx.fillStyle = style.fill; ctx.fill(); }
    if (style.stroke) { ctx.strokeStyle = style.stroke; ctx.lineWidth = style.width; ctx.setLineDash([]); ctx.stroke(); }
    ctx.globalAlpha = 1;
  };
  return {
    curves(list, style) {
      ctx.globalAlpha = style.alpha;
      ctx.strokeStyle = style.colour;
      ctx.lineWidth = style.width;
      ctx.setLineDash(style.dash);
      ctx.beginPath();
      for (const [x1, y1, cx, cy, x2, y2] of list) { ctx.moveTo(x1, y1); ctx.quadraticCurveTo(cx, cy, x2, y2); }
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.globalAlpha = 1;
    },
    shape(shape, x, y, r, style) {
      if (shape === "circle") { ctx.beginPath(); ctx.arc(x, y, r, 0, 2 * Math.PI); } else trace(SHAPES[shape].map(([u, v]) => [x + u * r, y + v * r]));
      ink(style);
    },
    polygon(points, style) { trace(points); ink(style); },
    text(x, y, text, style) {
      ctx.font = `${style.bold ? "600 " : ""}${style.size}px ${FONT}`;
      ctx.textAlign = style.align;
      ctx.textBaseline = style.middle ? "middle" : "alphabetic";
      ctx.lineJoin = "round";
      if (style.halo !== false) { ctx.strokeStyle = "#ffffff"; ctx.lineWidth = 3.5; ctx.strokeText(text, x, y); }
      ctx.fillStyle = INK;
      ctx.fillText(text, x, y);
    },
  };
}

function svgPen(root) {
  const f = (v) => String(Math.round(v * 10) / 10);
  const ink = (style) => ({
    fill: style.fill || "none", stroke: style.stroke || "none", "stroke-width": style.width || 0,
    ...(style.alpha !== undefined && style.alpha < 1 ? { opacity: style.alpha } : {}),
  });
  const path = (points) => "M" + points.map(([x, y]) => `${f(x)} ${f(y)}`).join("L") + "Z";
  return {
    curves(list, style) {
      const d = list.map(([x1, y1, cx, cy, x2, y2]) => `M${f(x1)} ${f(y1)}Q${f(cx)} ${f(cy)} ${f(x2)} ${f(y2)}`).join("");
      root.append(svgEl("path", {
        d, fill: "none", stroke: style.colour, "stroke-width": f(style.width * 10) / 10,
        ...(style.dash.length ? { "stroke-dasharray": style.dash.join(" ") } : {}), ...(style.alpha < 1 ? { opacity: style.alpha } : {}),
      }));
    },
    shape(shape, x, y, r, style) {
      root.append(shape === "circle" ? svgEl("circle", { cx: f(x), cy: f(y), r: f(r), ...ink(style) })
        : svgEl("path", { d: path(SHAPES[shape].map(([u, v]) => [x + u * r, y + v * r])), "stroke-linejoin": "round", ...ink(style) }));
    },
    polygon(points, style) { root.append(svgEl("path", { d: path(points), "stroke-linejoin": "round", ...ink(style) })); },
    text(x, y, text, style) {
      root.append(svgEl("text", {
        x: f(x), y: f(y), "font-size": style.size, "font-weight": style.bold ? 600 : 400, fill: INK,
        "text-anchor": style.align === "center" ? "middle" : "start", "dominant-baseline": style.middle ? "central" : "auto",
        ...(style.halo !== false ? { stroke: "#ffffff", "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" } : {}),
      }, document.createTextNode(text)));
    },
  };
}
