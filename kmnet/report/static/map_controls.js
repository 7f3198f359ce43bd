// The controls on the left: views, legend as filter, search, lists; and the keys of the map.

const viewTitle = () => {
  const where = [D.networks.length > 1 ? net().title : "", cohortsHere().length > 1 ? D.cohorts[S.cohort].title : ""].filter(Boolean);
  const view = S.view === "change" ? `What changed${changeChoices() ? ` from ${momentTitle(beforeMoment())} to ${momentTitle(afterMoment())}` : ""}` : S.view === "steps" ? stepTitle() : momentTitle(shownMoment());
  return [...where, view].join(", ");
};

const changeChoices = () => S.draw !== "organisations" && changesHere().length > 1;

function views() {
  const found = momentsHere().map((k) => ["m" + k, momentsHere().length > 1 ? momentTitle(k) : "Ties"]);
  if (change() && (changesHere().length > 1 || (beforeMoment() >= 0 && afterMoment() >= 0)) && S.draw !== "workshops" && S.draw !== "evidence") found.push(["change", "What changed"]);
  if (stepsHere().length > 1 && S.draw !== "organisations" && S.draw !== "workshops") found.push(["steps", D.stepWord === "workshop" ? "By workshop" : "Over time"]);
  return found;
}
function options(select, list, value) {
  select.replaceChildren(...list.map(([key, title]) => el("option", { value: key }, title)));
  select.value = String(value);
}
const show = (id, yes) => { $(id).hidden = !yes; };

// Bring every control in line with S: which choices there are, and which one is taken.
function syncControls() {
  if (!cohortsHere().includes(S.cohort)) S.cohort = cohortsHere()[0];
  if (!views().some(([key]) => key === S.view)) S.view = defaultView();
  if (!net().drawings.role && S.arrange === "role") S.arrange = "ties";
  if (!net().drawings.organisation && S.arrange === "organisation") S.arrange = "ties";
  S.step = Math.max(0, Math.min(S.step, stepsHere().length - 1));
  $("views").replaceChildren(...views().map(([key, title]) => el("label", {},
    el("input", { type: "radio", name: "view", value: key, checked: S.view === key, on: { change: () => { S.view = key; stopPlay(); syncControls(); $("views").querySelector(`[value="${key}"]`).focus(); update({}); } } }), el("span", {}, title))));
  show("compare-box", S.view === "change" && changeChoices());
  if (S.view === "change" && changeChoices()) {
    const now = change(), starts = [...new Set(changesHere().map((c) => c.from))].sort((x, y) => x - y);
    options($("compare-from"), starts.map((k) => [k, momentTitle(k)]), now.from);
    options($("compare-to"), changesHere().filter((c) => c.from === now.from).map((c) => c.to).sort((x, y) => x - y).map((k) => [k, momentTitle(k)]), now.to);
  }
  show("network-box", D.networks.length > 1);
  options($("network"), D.networks.map((n, k) => [k, n.title]), S.net);
  show("cohort-box", cohortsHere().length > 1);
  options($("cohort"), cohortsHere().map((k) => [k, D.cohorts[k].title]), S.cohort);
  const draws = [];
  if (net().people.length) draws.push(["people", D.noun[1][0].toUpperCase() + D.noun[1].slice(1)]);
  if (net().groups.nodes.length > 1 && D.noun[0] !== "organisation") draws.push(["organisations", "Organisations"]);
  if (D.meetings.person.length) draws.push(["workshops", "People and workshops"]);
  if (D.links.person.length) draws.push(["evidence", "People and evidence"]);
  show("draw-box", draws.length > 1);
  options($("draw"), draws, S.draw);
  const people = S.draw === "people" || S.draw === "evidence";
  show("arrange-box", people && PERSONS && Object.keys(net().drawings).length > 1);
  options($("arrange"), [["ties", "By their ties"], ["role", `By ${D.grouping}`], ["organisation", "By organisation"]].filter(([k, title], at, all) => net().drawings[k] && all.findIndex((one) => one[1] === title) === at), S.arrange);
  const sizes = [];
  if (momentsHere().some((k) => bridgingName(shot(k)))) sizes.push(["bridging", "Bridging position"]);
  sizes.push(["ties", "Number of ties"]);
  if (net().people.length && attended(net().people[0]) !== null) sizes.push(["attendance", "Workshops attended"]);
  sizes.push(["same", "All the same"]);
  if (!sizes.some(([k]) => k === S.size)) S.size = sizes[0][0];
  show("size-box", S.draw !== "organisations");
  options($("size"), sizes, S.size);
  show("organisation-box", S.draw !== "organisations" && D.organisations.length > 1 && D.noun[0] !== "organisation");
  options($("organisation"), [[-1, "All organisations"], ...D.organisations.map((name, k) => [k, name])], S.organisation);
  show("outline-box", PERSONS && (people || S.draw === "workshops"));
  options($("outline"), [["none", "None"], ["organisation", "Chosen organisation"], ["organisations", "Every organisation"], ["roles", `Every ${D.grouping}`]].filter(([, title], at, all) => all.findIndex((one) => one[1] === title) === at), S.outline);
  options($("names"), [["main", S.draw === "organisations" ? "Largest" : S.draw === "workshops" ? "Best attended" : S.size === "ties" ? "Those with most ties" : S.size === "attendance" ? "Those who came most" : S.size === "same" ? "Some" : "Main bridges"], ["fit", "As many as fit"], ["none", "None"]], S.names);
  show("evidence-box", S.draw === "people" && D.links.person.length > 0);
  $("evidence").checked = S.evidence;
}
const defaultView = () => (afterMoment() >= 0 ? "m" + afterMoment() : "m" + momentsHere().at(-1));

function check(title, checked, toggle, symbol, count) {
  return el("label", { class: "row" }, el("input", { type: "checkbox", checked, on: { change: (e) => toggle(e.target.checked) } }), symbol,
    el("span", { class: "grow" }, title.replaceAll("/", "/\u200b")), count === undefined ? null : el("span", { class: "count" }, count));
}
const toggler = (set, key) => (on) => { if (on) set.delete(key); else set.add(key); update({}); };

function showFilters(scene) {
  const keep = document.activeElement && document.activeElement.closest("#states, #roles, #kinds") ? [document.activeElement.closest("fieldset").id, [...document.activeElement.closest("fieldset").querySelectorAll("input")].indexOf(document.activeElement)] : null;
  const tally = scene.before;
  const states = S.view === "change" ? STATES.map((k) => [k, stateTitle(k)]) : S.view === "steps" ? [["first", "First contact in this step"], ["earlier", "Earlier contact"]] : [];
  const actions = D.actions.map((a, k) => ["a" + k, a[4]]).filter(([k]) => scene.ties.some((t) => t.state === k) || S.offStates.has(k));
  const rows = (S.draw === "people" || S.draw === "organisations" ? states : []).concat(S.draw === "evidence" || S.evidence ? actions : []);
  show("states", rows.length > 0);
  $("states-rows").replaceChildren(...rows.map(([key, title]) => check(title, !S.offStates.has(key), toggler(S.offStates, key), lineSvg(LINES[key]),
    key.startsWith("a") ? undefined : count(tally[key] || 0))));
  const people = (shot(shownMoment()) || {}).people || [];
  $("find-label").textContent = `Find a ${S.draw === "organisations" ? "organisation" : D.noun[0]}`.replace("a o", "an o");
  const held = ENTRIES.map(() => 0);
  for (const p of people) held[roleOf(p).number]++;
  show("roles", S.draw !== "organisations" && ENTRIES.length > 1);
  $("roles").querySelector("legend").textContent = GROUPS[0].toUpperCase() + GROUPS.slice(1);
  $("roles-rows").replaceChildren(...ENTRIES.map((entry, k) => check(entry.name,
    !S.offRoles.has(k), toggler(S.offRoles, k), symbolSvg(entry), PERSONS ? count(held[k]) : undefined)));
  show("kinds", S.view === "steps" && D.kinds.length > 1);
  $("kinds-rows").replaceChildren(...D.kinds.map((title, k) => check(title, !S.offKinds.has(k), toggler(S.offKinds, k))));
  if (keep) { const input = $(keep[0]).querySelectorAll("input")[keep[1]]; if (input) input.focus(); }
  show("steps", S.view === "steps");
  if (S.view === "steps") {
    const slider = $("slider");
    slider.max = String(stepsHere().length - 1);
    slider.value = String(S.step);
    slider.setAttribute("aria-valuetext", stepTitle());
    $("step-title").textContent = stepTitle();
  }
}

function legendItems(scene) {
  const states = [...new Set(scene.ties.map((t) => t.state))];
  const order = ["formed", "first", "kept", "tie", "earlier", "dissolved", "cannot_tell", "came", "a0", "a1", "a2", "a3"];
  const lines = order.filter((k) => states.includes(k)).map((k) => ({ line: LINES[k], title: k === "tie" ? (scene.wide ? "Ties between people: wider = more" : momentsHere().length > 1 ? `Tie ${momentWord(shownMoment())}` : "Tie")
    : k === "first" ? "First contact in this step" : k === "earlier" ? "Earlier contact" : STATES.includes(k) ? (k === "formed" ? "New tie" : k === "kept" ? "Kept tie" : stateTitle(k)) : LINES[k][3] }));
  const symbols = [];
  if (scene.nodes.some((i) => NODE.kind[i] === EVIDENCE)) symbols.push({ symbol: { colour: "#ffffff", shape: "star" }, title: "Evidence" });
  if (scene.nodes.some((i) => NODE.kind[i] === WORKSHOP)) symbols.push({ symbol: { colour: "#3c4650", shape: "bar" }, title: "Workshop" });
  const roles = scene.size ? [] : ENTRIES.filter((_, k) => !S.offRoles.has(k)).map((e) => ({ symbol: e, title: e.name }));
  return lines.concat(symbols, roles.length > 1 ? roles : []);
}
function showLegend(scene) {
  const size = { bridging: "stronger bridging position", ties: PERSONS ? "more ties" : `linked with more ${D.noun[1]}`, attendance: "more workshops attended" };
  const roles = new Set(ENTRIES);
  $("legend").replaceChildren(...legendItems(scene).map((item) => el("li", { class: roles.has(item.symbol) ? "printed" : "" }, item.line ? lineSvg(item.line) : symbolSvg(item.symbol, 16), item.title)),
    scene.size ? el("li", {}, "Bigger = more people") : S.size !== "same" && (PERSONS || scene.ties.length) ? el("li", {}, `Bigger = ${size[S.size]}`) : "");
  show("legend", $("legend").querySelector("li:not(.printed)") !== null);
}

// --- find a person: a combobox that hears "jose" for "José" ----------------------------------------------
const searchable = NODE.label.map(fold);
let hits = [], hit = -1;
function findHits(text) {
  const wanted = fold(text.trim());
  if (!wanted) return [];
  const shown = new Set(net().people.length && S.draw !== "organisations" ? [...net().people, ...SCENE.nodes] : SCENE.nodes);
  const found = [...shown].filter((i) => searchable[i].includes(wanted));
  const early = (i) => (searchable[i].startsWith(wanted) ? 0 : searchable[i].includes(" " + wanted) ? 1 : 2);
  return found.sort((x, y) => early(x) - early(y) || label(x).localeCompare(label(y), "en")).slice(0, 10);
}
function showHits() {
  const box = $("hits"), input = $("find");
  box.hidden = !hits.length;
  input.setAttribute("aria-expanded", String(hits.length > 0));
  if (hit >= 0) input.setAttribute("aria-activedescendant", "hit-" + hit); else input.removeAttribute("aria-activedescendant");
  box.replaceChildren(...hits.map((i, k) => el("li", { id: "hit-" + k, role: "option", "aria-selected": String(k === hit), on: { mousedown: (e) => { e.preventDefault(); takeHit(k); } } },
    symbolSvg(i, 16), el("span", {}, label(i), el("span", { class: "role" }, [NODE.kind[i] === PERSON ? orgName(i) : NODE.more[i]].join(""))))));
  const text = $("find").value.trim();
  $("find-note").textContent = !text ? "" : hits.length ? `${many(hits.length, "match", "matches")}, use the arrow keys` : "Nobody of this name is on the map";
}
function takeHit(k) {
  const i = hits[k];
  hits = []; hit = -1;
  $("find").value = "";
  showHits();
  if (!SCENE.nodes.includes(i)) { S.offRoles.clear(); S.organisation = -1; S.reach = "all"; }
  choose(i, true);
}
function findKeys(event) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!hits.length) return;
    hit = (hit + (event.key === "ArrowDown" ? 1 : -1) + hits.length) % hits.length;
    event.preventDefault();
    showHits();
  } else if (event.key === "Enter" && hits.length) {
    event.preventDefault();
    takeHit(Math.max(0, hit));
  } else if (event.key === "Escape") {
    hits = []; hit = -1; event.target.value = "";
    showHits();
  }
}

// --- keys of the map, heard only while it has the focus ----------------------------------------------------
let at = -1; // the node that the arrow keys have reached
function mapKeys(event) {
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const way = ways[event.key];
  if (event.ctrlKey || event.metaKey) return;
  if (way && event.shiftKey) PAINTER.pan(way[0] * 80, way[1] * 80);
  else if (way && event.altKey && S.person >= 0) moveNode(S.person, way);
  else if (way) step(way);
  else if (event.key === "Enter" || event.key === " ") { if (at >= 0) choose(at); }
  else if (event.key === "Escape") { if (!$("tip").hidden) hideTip(); else choose(-1); }
  else if (event.key === "+" || event.key === "=") PAINTER.zoom(1.3);
  else if (event.key === "-") PAINTER.zoom(1 / 1.3);
  else if (event.key === "0") PAINTER.fit(null, true);
  else return;
  event.preventDefault();
}
function step([dx, dy]) { // the nearest node in that direction; the first press starts at the chosen or most important one
  if (!SCENE.nodes.length) return;
  if (at < 0 || !SCENE.index.has(at)) at = SCENE.chosen >= 0 ? SCENE.chosen : SCENE.nodes[SCENE.ranked[0]];
  else {
    const [x, y] = SCENE.at.get(at);
    let best = -1, least = Infinity;
    SCENE.nodes.forEach((i, k) => {
      const along = (SCENE.x[k] - x) * dx + (SCENE.y[k] - y) * dy, aside = Math.abs((SCENE.x[k] - x) * dy - (SCENE.y[k] - y) * dx);
      if (i === at || along <= 0 || aside > 2 * along) return;
      const cost = along + 2 * aside;
      if (cost < least) { least = cost; best = i; }
    });
    if (best >= 0) at = best;
  }
  PAINTER.centre(at);
  showTip(at);
  $("said").textContent = tipLines(at).join(". ");
}
function moveNode(i, [dx, dy]) {
  const k = SCENE.index.get(i), scale = PAINTER.network.getScale();
  const xy = [SCENE.x[k] + (dx * 12) / scale, SCENE.y[k] + (dy * 12) / scale];
  SCENE.x[k] = xy[0]; SCENE.y[k] = xy[1];
  SCENE.at.set(i, xy);
  S.moved.set(i, xy);
  update({});
}

// --- tooltip ------------------------------------------------------------------------------------------------
function tipLines(i) {
  if (NODE.kind[i] === ORGANISATION) return [label(i), many(SCENE.size.get(i), "person", "people")];
  if (NODE.kind[i] !== PERSON) return [label(i), NODE.kind[i] === WORKSHOP ? "Workshop" : NODE.more[i] || "Evidence"];
  const lines = [label(i), [roleName(i), orgName(i)].filter(Boolean).join(" · ")];
  const moments = compared();
  const ties = moments.map((k) => measure(shot(k), "ties", i));
  if (moments.length > 1) lines.push(`${ties[1] === null ? "Not there" : many(ties[1], "tie")} ${momentWord(moments[1])} (${ties[0] === null ? "not there" : count(ties[0])} ${momentWord(moments[0])})`);
  else if (ties[0] !== null && ties[0] !== undefined) lines.push(many(ties[0], "tie"));
  const s = shot(shownMoment());
  const rank = bridgingPlace(s, i);
  if (rank) lines.push(`Bridging: ${ordinal(rank)} of ${count(sortedBy(s, "bridging").length)}`);
  return lines.filter(Boolean);
}
function showTip(i) {
  const tip = $("tip"), box = $("map");
  tip.replaceChildren(...tipLines(i).map((line, k) => el("span", { class: k ? "" : "strong" }, line)));
  tip.hidden = false;
  const { x, y } = PAINTER.project(i), r = PAINTER.radius(i) + 10;
  tip.style.left = `${Math.max(4, Math.min(x + r, box.clientWidth - tip.offsetWidth - 4))}px`;
  tip.style.top = `${Math.max(4, Math.min(y + r, box.clientHeight - tip.offsetHeight - 4))}px`;
}
const hideTip = () => { $("tip").hidden = true; };
