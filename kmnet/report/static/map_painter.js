// The painter: vis-network holds the canvas, the zoom, the slide and the nodes; ties, outlines and names are drawn in its
// hooks. Another painter may stand here if it keeps these names.

function makePainter(box, legend, options, onMove) {
  let scene = { nodes: [], ties: [], x: [], y: [], weight: [], ranked: [], chosen: -1, near: null, at: new Map() };
  let fitScale = 1, moved = false, names = { key: "", list: [] }, index = new Map(), dragging = null;
  const nodes = new vis.DataSet();
  const network = new vis.Network(box, { nodes, edges: new vis.DataSet() }, options);
  const canvas = network.canvas.frame.canvas;
  canvas.setAttribute("aria-hidden", "true");
  canvas.tabIndex = network.canvas.frame.tabIndex = -1; // the map itself has the focus, and its keys
  const measuring = document.createElement("canvas").getContext("2d");
  const widths = new Map();
  const measureText = (text, bold) => {
    const key = (bold ? "b" : "r") + text;
    if (!widths.has(key)) {
      measuring.font = `${bold ? "600 " : ""}12px ${FONT}`;
      widths.set(key, measuring.measureText(text).width);
    }
    return widths.get(key);
  };

  // Radius on the screen: area follows the measure; symbols grow slower than the zoom and never fill the usual gap.
  const gapAt = (fit) => (S.draw === "organisations" ? 80 : 40) * fit;
  const radiusAt = (k, scale, fit) => {
    const gap = gapAt(fit);
    const most = Math.max(4.5, Math.min(18, 0.56 * gap)), least = Math.max(2.4, Math.min(7, 0.21 * gap));
    const r = Math.sqrt(least * least + (most * most - least * least) * scene.weight[k]);
    return r * Math.pow(Math.max(scale / fit, 0.2), 0.55);
  };
  const frameAt = (scale, fit) => ({ // pixels of the screen, origin at the middle of the drawing
    to: ([x, y]) => [x * scale, y * scale], radius: (k) => radiusAt(k, scale, fit),
    // ties are thinner where symbols stand close, as on a phone, and thicker when zoomed in
    thin: Math.max(0.5, Math.min(1, gapAt(fit) / 21)) * Math.max(0.75, Math.min(1.6, Math.pow(scale / fit, 0.3))),
  });
  const foot = () => (getComputedStyle(legend).position === "absolute" ? legend.offsetHeight + 12 : 40); // what lies over the map
  const viewOf = (scale) => { // the visible part in the frame's pixels, less the strip of the legend
    const { x, y } = network.getViewPosition();
    const [w, h] = [box.clientWidth / 2 - 4, box.clientHeight / 2 - 4];
    return [x * scale - w, y * scale - h, x * scale + w, y * scale + h - foot()];
  };
  const inPixels = (ctx, draw) => {
    const scale = network.getScale();
    ctx.save();
    ctx.scale(1 / scale, 1 / scale);
    draw(canvasPen(ctx), frameAt(scale, fitScale), scale);
    ctx.restore();
  };
  // vis-network measures a custom shape once and never again: tell it before each drawing how large the symbols are, or
  // it drags the wrong one, and shows those that come into view one picture late.
  const measureSymbols = () => {
    const scale = network.getScale();
    scene.nodes.forEach((i, k) => {
      if (!network.body.nodes[i]) return; // drawn while the nodes of a new scene are still being handed over
      const shape = network.body.nodes[i].shape, r = radiusAt(k, scale, fitScale) / scale;
      Object.assign(shape, { width: 2 * r, height: 2 * r, left: scene.x[k] - r, top: scene.y[k] - r });
      Object.assign(shape.boundingBox, { left: scene.x[k] - r, right: scene.x[k] + r, top: scene.y[k] - r, bottom: scene.y[k] + r });
    });
  };
  network.on("beforeDrawing", (ctx) => inPixels(ctx, (pen, frame) => {
    measureSymbols();
    drawOutlines(pen, scene, frame);
    drawTies(pen, scene, frame);
  }));
  network.on("afterDrawing", (ctx) => inPixels(ctx, (pen, frame, scale) => {
    const key = scale.toFixed(4);
    if (names.key !== key) names = { key, list: placeNames(scene, frame, measureText, moved ? null : viewOf(scale)) };
    drawNames(pen, scene, frame, names.list);
  }));
  const ctxRenderer = ({ ctx, id }) => {
    const k = index.get(id);
    const scale = network.getScale();
    const r = k === undefined ? 1 : radiusAt(k, scale, fitScale) / scale;
    return {
      drawNode() { if (k !== undefined) inPixels(ctx, (pen, frame) => drawNode(pen, scene, frame, k)); },
      nodeDimensions: { width: 2 * r, height: 2 * r },
    };
  };
  network.on("dragStart", (e) => { dragging = e.nodes.length ? e.nodes[0] : null; });
  network.on("dragging", () => {
    if (dragging === null) { moved = true; return; }
    const at = network.getPosition(dragging), k = index.get(dragging);
    scene.x[k] = at.x; scene.y[k] = at.y;
    scene.at.set(dragging, [at.x, at.y]);
    names.key = "";
  });
  network.on("dragEnd", () => {
    if (dragging !== null) onMove(dragging, scene.at.get(dragging));
    dragging = null;
  });
  network.on("zoom", () => { moved = true; });

  const bounds = (list) => {
    let [x1, y1, x2, y2] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const k of list) {
      x1 = Math.min(x1, scene.x[k]); x2 = Math.max(x2, scene.x[k]);
      y1 = Math.min(y1, scene.y[k]); y2 = Math.max(y2, scene.y[k]);
    }
    return [x1, y1, x2, y2];
  };
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const go = (position, scale, animate) => network.moveTo({
    position, scale, animation: animate && !still.matches ? { duration: 250, easingFunction: "easeInOutQuad" } : false,
  });
  const fitTo = (list, width, height, room, below = 0) => { // `below`: pixels at the foot that stay clear
    const [x1, y1, x2, y2] = bounds(list);
    const scale = Math.max(0.02, Math.min((width - 2 * room) / Math.max(x2 - x1, 40), (height - below - 2 * room) / Math.max(y2 - y1, 40), 3));
    return { position: { x: (x1 + x2) / 2, y: (y1 + y2) / 2 + below / 2 / scale }, scale };
  };
  const everything = () => scene.nodes.map((_, k) => k);

  const painter = {
    network,
    set(next) { // a new scene; the zoom stays unless the drawing has other people or spots
      const same = next.nodes.length === scene.nodes.length && next.nodes.every((i, k) => i === scene.nodes[k]);
      scene = next;
      index = new Map(scene.nodes.map((i, k) => [i, k]));
      scene.index = index;
      names.key = "";
      if (!same) {
        const gone = nodes.getIds().filter((id) => !index.has(id));
        nodes.remove(gone);
        const known = new Set(nodes.getIds());
        nodes.add(scene.nodes.filter((i) => !known.has(i)).map((i) => ({ id: i, shape: "custom", ctxRenderer, x: scene.at.get(i)[0], y: scene.at.get(i)[1] })));
      }
      painter.setModelPositions();
      network.redraw();
    },
    setModelPositions() {
      scene.nodes.forEach((i, k) => {
        const body = network.body.nodes[i];
        if (body) { body.x = scene.x[k]; body.y = scene.y[k]; }
      });
    },
    fit(ids, animate) {
      const list = ids ? ids.map((i) => index.get(i)).filter((k) => k !== undefined) : everything();
      if (!list.length || !box.clientWidth) return;
      const room = Math.min(30, 0.05 * Math.min(box.clientWidth, box.clientHeight)) + (S.outline === "none" ? 0 : 14);
      const target = fitTo(list, box.clientWidth, box.clientHeight, room, foot());
      if (!ids) { fitScale = target.scale; moved = false; }
      names.key = "";
      go(target.position, target.scale, animate);
    },
    zoom(factor) {
      moved = true;
      go(network.getViewPosition(), Math.max(0.02, Math.min(12, network.getScale() * factor)), true);
    },
    pan(dx, dy) {
      moved = true;
      const at = network.getViewPosition(), scale = network.getScale();
      go({ x: at.x + dx / scale, y: at.y + dy / scale }, scale, true);
    },
    centre(i) { // brings a node into view when it is not
      const { x, y } = painter.project(i);
      if (x < 30 || y < 30 || x > box.clientWidth - 30 || y > box.clientHeight - 30) {
        go({ x: scene.at.get(i)[0], y: scene.at.get(i)[1] }, network.getScale(), true);
      }
    },
    project: (i) => network.canvasToDOM({ x: scene.at.get(i)[0], y: scene.at.get(i)[1] }),
    radius: (i) => radiusAt(index.get(i), network.getScale(), fitScale),
    names() { // what is written where, in pixels from the left top
      const scale = network.getScale(), { x, y } = network.canvasToDOM({ x: 0, y: 0 });
      return placeNames(scene, frameAt(scale, fitScale), measureText, moved ? null : viewOf(scale))
        .map((name) => ({ text: name.text, x: name.x + x, y: name.y + y, width: measureText(name.text, name.bold) }));
    },
    hit(x, y) { // nearest node under the point, with a margin for fingers
      const at = network.DOMtoCanvas({ x, y }), scale = network.getScale();
      let best = -1, least = Infinity;
      scene.nodes.forEach((i, k) => {
        const away = Math.hypot(scene.x[k] - at.x, scene.y[k] - at.y) * scale - radiusAt(k, scale, fitScale);
        if (away < least && away < 6) { least = away; best = i; }
      });
      return best;
    },
    resize() {
      network.setSize(`${box.clientWidth}px`, `${box.clientHeight}px`);
      if (!moved) painter.fit(); else network.redraw();
    },
    // Draw the whole scene, refitted, with another pen: for pictures to save.
    picture(pen, width, height, top, bottom) {
      const list = everything();
      if (!list.length) return;
      const t = fitTo(list, width, height - top - bottom, 40);
      const base = frameAt(t.scale, t.scale);
      const frame = {
        ...base,
        to: ([x, y]) => [(x - t.position.x) * t.scale + width / 2, (y - t.position.y) * t.scale + top + (height - top - bottom) / 2],
      };
      drawOutlines(pen, scene, frame);
      drawTies(pen, scene, frame);
      drawNodes(pen, scene, frame);
      drawNames(pen, scene, frame, placeNames(scene, frame, measureText, [4, top, width - 4, height - bottom]));
    },
    positions: () => Object.fromEntries(scene.nodes.map((i) => { const b = network.body.nodes[i]; return [NODE.id[i], [b.x, b.y]]; })),
  };
  return painter;
}
