// Measures of what is shown, when the reader asks for them: of the people and ties on the map and of nothing else. While
// they are on, `measure` reads them instead of those of the whole network, and every place where they stand says so.
const RECALC_MOST = 3000; // people above whom a page would stand still
let SHOWN = new Map(); // snapshot -> the same snapshot among what is shown
const live = (s) => SHOWN.get(s) || s;

const canRecalculate = () => PERSONS && S.draw === "people" && S.view !== "steps";

// To be called with the nodes of a scene before its symbols get their sizes.
function recalculate(nodes) {
  SHOWN = new Map();
  if (!S.recalc || !canRecalculate()) return;
  const people = new Set(nodes.filter((i) => NODE.kind[i] === PERSON));
  if (people.size > RECALC_MOST) return;
  const off = new Set(); // ties that the reader has switched off by what became of them
  if (S.view === "change") for (const state of S.offStates) for (const t of (change() || {})[state] || []) off.add(t);
  for (const k of momentsHere()) SHOWN.set(shot(k), amongShown(shot(k), people, off));
}

function amongShown(s, shown, off) {
  const network = net(), away = new Set(s.away);
  const people = s.people.filter((p) => shown.has(p) && !away.has(p));
  const at = new Map(people.map((p, k) => [p, k]));
  const [contacts, into, out] = [0, 1, 2].map(() => people.map(() => new Set()));
  let ties = 0, across = 0;
  for (const t of s.ties) {
    const a = network.a[t], b = network.b[t];
    if (off.has(t) || !at.has(a) || !at.has(b)) continue;
    ties++;
    if (NODE.role[a] !== NODE.role[b]) across++;
    contacts[at.get(a)].add(b); contacts[at.get(b)].add(a);
    out[at.get(a)].add(b); into[at.get(b)].add(a);
  }
  const steps = (network.directed ? out : contacts).map((set) => [...set].map((p) => at.get(p)));
  const possible = ((people.length - 1) * (people.length - 2)) / (network.directed ? 1 : 2);
  const routes = betweenness(steps).map((v) => (network.directed ? v : v / 2));
  const measures = {
    betweenness: routes, betweenness_share: routes.map((v) => (possible ? v / possible : null)),
    in_degree: into.map((x) => x.size), out_degree: out.map((x) => x.size),
  };
  for (const name of ["workshops_attended", "workshops"]) { // what somebody came to is the same, whoever is shown
    if (s.measures[name]) measures[name] = people.map((p) => s.measures[name][prepare(s).at.get(p)]);
  }
  return { people, at, contacts, measures, places: {}, ties: s.ties, away: [], count: ties, across, largest: largestPiece(contacts, at) };
}

// Brandes 2001: for every start, count shortest routes outwards, then hand their shares back towards the start.
function betweenness(steps) {
  const n = steps.length, found = new Array(n).fill(0);
  for (let start = 0; start < n; start++) {
    const far = new Int32Array(n).fill(-1), ways = new Float64Array(n), share = new Float64Array(n);
    const order = [start];
    far[start] = 0;
    ways[start] = 1;
    for (let k = 0; k < order.length; k++) {
      const v = order[k];
      for (const w of steps[v]) {
        if (far[w] < 0) { far[w] = far[v] + 1; order.push(w); }
        if (far[w] === far[v] + 1) ways[w] += ways[v];
      }
    }
    for (let k = order.length - 1; k >= 0; k--) {
      const v = order[k];
      for (const w of steps[v]) if (far[w] === far[v] + 1) share[v] += (ways[v] / ways[w]) * (1 + share[w]);
      if (v !== start) found[v] += share[v];
    }
  }
  return found;
}
function largestPiece(contacts, at) {
  const seen = new Set();
  let most = 0;
  contacts.forEach((_, start) => {
    if (seen.has(start)) return;
    const piece = [start];
    seen.add(start);
    for (let k = 0; k < piece.length; k++) {
      for (const p of contacts[piece[k]]) if (!seen.has(at.get(p))) { seen.add(at.get(p)); piece.push(at.get(p)); }
    }
    most = Math.max(most, piece.length);
  });
  return most;
}

// --- what the panel says of it ------------------------------------------------------------------------------
function recalcButton() {
  if (!canRecalculate()) return null;
  const too = SCENE.people > RECALC_MOST;
  return el("p", { class: "buttons" }, el("button", {
    type: "button", id: "recalc", class: S.recalc ? "pressed" : "", "aria-pressed": String(S.recalc), disabled: too,
    on: { click: () => { S.recalc = !S.recalc; update({}); } },
  }, "Recalculate for what is shown"), too ? ` Possible for up to ${count(RECALC_MOST)} people: filter first.` : null);
}
function shownNumbers() {
  const moments = compared().filter((k) => SHOWN.has(shot(k)));
  const pairs = (s) => (s.people.length * (s.people.length - 1)) / (net().directed ? 1 : 2);
  const rows = [
    ["People", (s) => count(s.people.length)], [net().directed ? "Directed ties" : "Ties", (s) => count(s.count)],
    ["Contacts per person", (s) => (s.people.length ? number(s.contacts.reduce((x, c) => x + c.size, 0) / s.people.length) : "–")],
    ["Tied, of possible pairs", (s) => percent(s.count, pairs(s))],
    ...(D.roles.length > 1 ? [[`Of these ties, across ${GROUPS}`, (s) => percent(s.across, s.count)]] : []),
    ["People in the largest piece", (s) => percent(s.largest, s.people.length)],
  ];
  return el("table", { class: "small" }, el("caption", { class: "note" }, "Of what is shown, and of nothing else"),
    el("thead", {}, el("tr", {}, el("td", {}), moments.map((k) => el("th", { scope: "col" }, momentTitle(k))))),
    el("tbody", {}, rows.map(([title, say]) => el("tr", {}, el("th", { scope: "row" }, title), moments.map((k) => el("td", {}, say(live(shot(k)))))))));
}
