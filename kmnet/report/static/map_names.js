// Names beside the symbols: which are written, and where they cover neither symbols nor each other. A name that finds no
// room beside its symbol stands a little further off, with a thin line to it.

function wantedNames(scene, view) {
  if (scene.chosen >= 0) {
    const near = scene.ranked.filter((k) => scene.near.has(scene.nodes[k]) && scene.nodes[k] !== scene.chosen);
    return [scene.nodes.indexOf(scene.chosen), ...near.slice(0, 60)];
  }
  if (S.names === "none") return [];
  const narrow = view && view[2] - view[0] < 480; // a phone holds half as many names
  const many = S.names === "fit" ? 250 : (S.draw === "organisations" ? 20 : 12) / (narrow ? 2 : 1);
  return scene.ranked.slice(0, many);
}

// Boxes that are taken, found by the squares of a grid they lie in.
function takenBoxes() {
  const boxes = [], cells = new Map(), size = 40;
  const eachCell = (box, act) => {
    for (let cx = Math.floor(box[0] / size); cx <= box[2] / size; cx++) {
      for (let cy = Math.floor(box[1] / size); cy <= box[3] / size; cy++) act(cx * 100003 + cy);
    }
  };
  return {
    put(box, weight) {
      const n = boxes.push([...box, weight]) - 1;
      eachCell(box, (key) => { if (!cells.has(key)) cells.set(key, []); cells.get(key).push(n); });
    },
    cover(box) { // how much a box would cover: the weights of all that it meets
      const met = new Set();
      let found = 0;
      eachCell(box, (key) => {
        for (const n of cells.get(key) || []) {
          const b = boxes[n];
          if (met.has(n) || !(b[0] < box[2] && b[2] > box[0] && b[1] < box[3] && b[3] > box[1])) continue;
          met.add(n);
          found += b[4];
        }
      });
      return found;
    },
  };
}

// Left top corners for a name of width w and height h: beside the symbol at (x, y), then on wider rings round it.
function cornersFor(x, y, r, w, h, rings) {
  const found = [
    [x + r, y - h / 2], [x - r - w, y - h / 2], [x - w / 2, y + r - 1], [x - w / 2, y - r - h + 1],
    [x + r * 0.7, y + r * 0.6], [x + r * 0.7, y - r * 0.6 - h], [x - r * 0.7 - w, y + r * 0.6], [x - r * 0.7 - w, y - r * 0.6 - h],
  ].map(([u, v]) => [u, v, 0]);
  rings.forEach((away, ring) => {
    for (let k = 0; k < 16; k++) {
      const cos = Math.cos((k * Math.PI) / 8), sin = Math.sin((k * Math.PI) / 8);
      const u = x + (r + away) * cos - (Math.abs(cos) < 0.3 ? w / 2 : cos < 0 ? w : 0);
      found.push([u, y + (r + away) * sin - (Math.abs(sin) < 0.3 ? h / 2 : sin < 0 ? h : 0), ring + 1]);
    }
  });
  return found;
}

// Where names go, in the frame's pixels: lines of text with their left middles, and a line to the symbol where it is far.
const SYMBOL = 1, NAME = 100; // what covering one costs
function placeNames(scene, frame, measureText, view) {
  const taken = takenBoxes();
  scene.nodes.forEach((_, k) => {
    if (faint(scene, k)) return;
    const [x, y] = frame.to([scene.x[k], scene.y[k]]), r = frame.radius(k);
    const wide = NODE.kind[scene.nodes[k]] === WORKSHOP ? 1.3 * r : r;
    taken.put([x - wide, y - r, x + wide, y + r], SYMBOL);
  });
  const heads = outlineNames(scene, frame);
  for (const head of heads) {
    const w = measureText(head.text, true) * 0.58;
    taken.put([head.x - w, head.y - 9, head.x + w, head.y + 9], NAME);
  }
  const some = S.names === "main" || scene.chosen >= 0; // a few names are worth a line, or covering a symbol or two
  const rings = !some ? [] : scene.chosen >= 0 ? [12, 24, 38] : [12, 24, 38, 54, 72, 92];
  const outside = (box) => (view && (box[0] < view[0] || box[1] < view[1] || box[2] > view[2] || box[3] > view[3]) ? NAME : 0);
  const placed = [];
  wantedNames(scene, view).forEach((k) => {
    const [x, y] = frame.to([scene.x[k], scene.y[k]]), r = frame.radius(k);
    const bold = scene.nodes[k] === scene.chosen, lines = linesOf(label(scene.nodes[k]));
    const w = Math.max(...lines.map((line) => measureText(line, bold))), h = 1 + 14 * lines.length;
    const spots = cornersFor(x, y, r + 4, w, h, rings).map(([u, v, ring]) => {
      const box = [u, v + 1, u + w, v + h - 1];
      return { u, v, ring, cost: taken.cover(box) + outside(box) };
    });
    const best = spots.reduce((least, spot) => (spot.cost * 10 + spot.ring < least.cost * 10 + least.ring ? spot : least));
    if (best.cost > (bold ? 99 : some ? 2 : 0)) return;
    const { u, v } = best;
    taken.put([u - 2, v, u + w + 2, v + h], NAME);
    const near = [Math.max(u - 1, Math.min(x, u + w + 1)), Math.max(v + 2, Math.min(y, v + h - 2))], far = Math.hypot(near[0] - x, near[1] - y);
    const lead = best.ring ? [[x + ((near[0] - x) * r) / far, y + ((near[1] - y) * r) / far], near] : null;
    lines.forEach((text, n) => placed.push({ x: u, y: v + 7.5 + 14 * n, text, bold, lead: n ? null : lead }));
  });
  return placed.concat(heads);
}

const short = (text, most = 32) => (text.length > most ? text.slice(0, most - 1) + "…" : text);
function linesOf(text) { // a long name on two lines of about one length
  if (text.length <= 26) return [text];
  const gaps = [...text.matchAll(/ /g)].map((gap) => gap.index).filter((k) => k > 0);
  const length = (k) => Math.max(k, text.length - k - 1);
  if (!gaps.length) return [short(text)];
  const cut = gaps.reduce((best, k) => (length(k) < length(best) ? k : best));
  return [short(text.slice(0, cut)), short(text.slice(cut + 1))];
}

function drawNames(pen, scene, frame, placed) {
  const halo = scene.nodes.length <= 400 || placed.length <= 60;
  const led = placed.filter((name) => name.lead);
  for (const { lead } of led) pen.polygon(lead, { stroke: "#ffffff", width: 3 });
  for (const { lead } of led) pen.polygon(lead, { stroke: INK, width: 0.9 });
  for (const name of placed) pen.text(name.x, name.y, name.text, { size: name.size || 12, bold: name.bold, align: name.align || "left", middle: true, halo: halo || name.bold });
}
