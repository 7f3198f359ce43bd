// Start: wire the controls, read the address, draw. `update` is the only way from a choice to the picture.
let SCENE = null, PAINTER = null, timer = null;

function update({ fit = false } = {}) {
  hideTip();
  if (S.person >= 0 && S.reach === "all" && !visibleNow(S.person)) S.person = -1;
  SCENE = makeScene();
  PAINTER.set(SCENE);
  $("summary").textContent = summary(SCENE);
  showFilters(SCENE);
  showLegend(SCENE);
  if (fit) PAINTER.fit();
  showPanel(SCENE);
  showTable(SCENE);
  show("put-back", S.moved.size > 0);
  remember();
}
function visibleNow(i) {
  if (NODE.kind[i] === PERSON) return S.draw === "organisations" ? false : visiblePeople().includes(i);
  return S.draw === "organisations" ? NODE.kind[i] === ORGANISATION : NODE.kind[i] !== ORGANISATION && (S.draw !== "people" || S.evidence);
}

function choose(i, andShow) {
  const was = S.person, narrowed = S.reach !== "all";
  S.person = i;
  if (i < 0) S.reach = "all";
  else at = i;
  update({ fit: narrowed });
  if (i >= 0 && SCENE.index.has(i)) PAINTER.centre(i);
  $("said").textContent = i >= 0 ? `${label(i)} chosen` : was >= 0 ? "Whole map" : "";
  if (andShow && i >= 0 && $("panel-title")) $("panel-title").focus();
}

function setDraw(value) {
  S.draw = value;
  S.person = -1;
  S.reach = "all";
  S.organisation = -1;
  S.sort.people = ["name", 1];
  syncControls();
  update({ fit: true });
}

// --- the address keeps network, cohort, view and person, so that a link opens the same picture -------------------
function remember() {
  const parts = new URLSearchParams();
  if (S.net) parts.set("network", net().name);
  if (D.cohorts[S.cohort].name !== "All") parts.set("cohort", D.cohorts[S.cohort].name);
  parts.set("view", S.view.startsWith("m") ? D.moments[Number(S.view.slice(1))].name : S.view);
  if (S.view === "change" && changeChoices()) { parts.set("from", D.moments[beforeMoment()].name); parts.set("to", D.moments[afterMoment()].name); }
  if (S.view === "steps") parts.set("step", String(S.step));
  if (S.draw !== "people") parts.set("draw", S.draw);
  if (S.arrange !== "ties") parts.set("arrange", S.arrange);
  if (S.recalc) parts.set("recalculate", "yes");
  if (S.person >= 0) parts.set("chosen", `${NODE.kind[S.person]}:${NODE.id[S.person]}`);
  try { history.replaceState(null, "", "#" + parts.toString()); } catch { /* some viewers forbid it */ }
}
function arrange(value) { // groups on discs are outlined and named
  S.arrange = value;
  S.outline = { ties: "none", role: "roles", organisation: "organisations" }[value];
  S.moved.clear();
}
function recall() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const find = (list, name) => list.findIndex((x) => x.name === name);
  S.net = Math.max(0, find(D.networks, parts.get("network")));
  S.cohort = Math.max(0, find(D.cohorts, parts.get("cohort")));
  const moment = find(D.moments, parts.get("view"));
  S.view = moment >= 0 ? "m" + moment : parts.get("view") || "";
  S.from = find(D.moments, parts.get("from"));
  S.to = find(D.moments, parts.get("to"));
  S.step = Math.max(0, whole(parts.get("step")));
  if (["people", "organisations", "workshops", "evidence"].includes(parts.get("draw"))) S.draw = parts.get("draw");
  else if (D.groupsFirst && net().groups.nodes.length > 1) S.draw = "organisations";
  if (!net().people.length) S.draw = "organisations";
  if (["role", "organisation"].includes(parts.get("arrange"))) arrange(parts.get("arrange"));
  S.recalc = parts.get("recalculate") === "yes";
  S.person = numberOf.get(parts.get("chosen")) ?? -1;
}

function stopPlay() {
  clearInterval(timer);
  timer = null;
  $("play").textContent = "Play";
}
function play() {
  if (timer) { stopPlay(); return; }
  if (S.step >= stepsHere().length - 1) S.step = -1;
  $("play").textContent = "Pause";
  const next = () => {
    S.step++;
    update({});
    if (S.step >= stepsHere().length - 1) stopPlay();
  };
  next();
  timer = setInterval(next, 1200);
}

function start() {
  recall();
  syncControls();
  PAINTER = makePainter($("canvas"), $("legend"), D.options, (i, xy) => { S.moved.set(i, xy); update({}); });
  update({ fit: true });

  const pick = (id, take, more) => $(id).addEventListener("change", (e) => { take(e.target.value); if (more) syncControls(); update({ fit: more }); });
  pick("network", (v) => { S.net = Number(v); S.moved.clear(); S.view = ""; if (!net().people.length) S.draw = "organisations"; }, true);
  pick("cohort", (v) => { S.cohort = Number(v); }, true);
  pick("compare-from", (v) => { // the same later moment if it can be compared with, else the next one
    const ends = changesHere().filter((c) => c.from === Number(v)).map((c) => c.to).sort((x, y) => x - y);
    S.to = ends.includes(afterMoment()) ? afterMoment() : ends[0];
    S.from = Number(v);
  }, true);
  pick("compare-to", (v) => { S.from = beforeMoment(); S.to = Number(v); }, true);
  $("draw").addEventListener("change", (e) => setDraw(e.target.value));
  pick("arrange", arrange, true);
  pick("size", (v) => { S.size = v; }, false);
  $("size").addEventListener("change", syncControls);
  pick("organisation", (v) => { S.organisation = Number(v); }, false);
  pick("outline", (v) => { S.outline = v; }, false);
  pick("names", (v) => { S.names = v; }, false);
  $("evidence").addEventListener("change", (e) => { S.evidence = e.target.checked; update({}); });
  $("everything").addEventListener("click", () => {
    for (const set of [S.offRoles, S.offStates, S.offKinds]) set.clear();
    Object.assign(S, { organisation: -1, person: -1, reach: "all", recalc: false });
    syncControls();
    update({ fit: true });
  });
  $("slider").addEventListener("input", (e) => { stopPlay(); S.step = Number(e.target.value); update({}); });
  $("play").addEventListener("click", play);
  $("find").addEventListener("input", (e) => { hits = findHits(e.target.value); hit = hits.length ? 0 : -1; showHits(); });
  $("find").addEventListener("keydown", findKeys);
  $("find").addEventListener("blur", () => { hits = []; hit = -1; showHits(); });
  $("put-back").addEventListener("click", () => { S.moved.clear(); update({ fit: true }); $("map").focus(); });

  const map = $("map");
  map.addEventListener("keydown", mapKeys);
  map.addEventListener("focus", () => { if (S.person >= 0 && SCENE.index.has(S.person)) showTip(S.person); });
  map.addEventListener("blur", hideTip);
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape" || e.target === map) return;
    hideTip();
    if (S.person >= 0 && $("panel").contains(e.target)) leave();
  });
  const canvas = PAINTER.network.canvas.frame.canvas;
  canvas.addEventListener("mousemove", (e) => {
    if (e.buttons) { hideTip(); return; }
    const i = PAINTER.hit(e.offsetX, e.offsetY);
    canvas.style.cursor = i >= 0 ? "pointer" : "grab";
    if (i >= 0) showTip(i); else hideTip();
  });
  canvas.addEventListener("mouseleave", hideTip);
  PAINTER.network.on("click", (e) => {
    const i = PAINTER.hit(e.pointer.DOM.x, e.pointer.DOM.y);
    map.focus({ preventScroll: true });
    if (i >= 0 || S.person >= 0) choose(i);
  });
  const slides = { up: [0, -90], down: [0, 90], left: [-90, 0], right: [90, 0] };
  for (const [id, [dx, dy]] of Object.entries(slides)) $("slide-" + id).addEventListener("click", () => PAINTER.pan(dx, dy));
  $("zoom-in").addEventListener("click", () => PAINTER.zoom(1.4));
  $("zoom-out").addEventListener("click", () => PAINTER.zoom(1 / 1.4));
  $("zoom-all").addEventListener("click", () => PAINTER.fit(null, true));
  $("save-png").addEventListener("click", savePng);
  $("save-svg").addEventListener("click", saveSvg);
  $("save-csv").addEventListener("click", saveCsv);
  $("print").addEventListener("click", () => print());
  for (const kind of ["people", "ties"]) {
    $("tab-" + kind).addEventListener("click", () => { S.table = kind; $("tabpanel").setAttribute("aria-labelledby", "tab-" + kind); showTable(SCENE); });
    $("tab-" + kind).addEventListener("keydown", (e) => {
      if (e.key !== "ArrowLeft" && e.key !== "ArrowRight") return;
      const other = kind === "people" ? "ties" : "people";
      $("tab-" + other).click();
      $("tab-" + other).focus();
    });
  }
  new ResizeObserver(() => PAINTER.resize()).observe($("canvas"));
  addEventListener("hashchange", () => { recall(); syncControls(); update({ fit: true }); });
  document.documentElement.dataset.ready = "yes";
}
start();

// What the tests ask the page: what is drawn, in ids.
window.kmnetMap = {
  drawn: () => ({
    nodes: SCENE.nodes.map((i) => NODE.id[i]), people: SCENE.people, ties: SCENE.ties.map((t) => [NODE.id[t.a], NODE.id[t.b], t.state]),
    tally: SCENE.tally, summary: summary(SCENE), chosen: SCENE.chosen < 0 ? null : NODE.id[SCENE.chosen],
  }),
  measured: (moment, name) => Object.fromEntries(SCENE.nodes.filter((i) => NODE.kind[i] === PERSON)
    .map((i) => [NODE.id[i], measure(shot(D.moments.findIndex((m) => m.name === moment)), name, i)])),
  positions: () => PAINTER.positions(),
  project: (id) => PAINTER.project(SCENE.nodes.find((i) => NODE.id[i] === id)),
  radius: (id) => PAINTER.radius(SCENE.nodes.find((i) => NODE.id[i] === id)),
  names: () => PAINTER.names(),
  svg: pictureSvg, csv: tableCsv,
};
