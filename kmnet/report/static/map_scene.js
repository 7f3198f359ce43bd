// From what the reader has chosen to what is drawn: a scene of nodes and ties, with the counts that the summary says.

function positionsOf() {
  const at = new Map();
  const network = net();
  if (S.draw === "organisations") {
    network.groups.nodes.forEach((i, k) => at.set(i, [network.groups.xy[2 * k], network.groups.xy[2 * k + 1]]));
  } else if (S.draw === "workshops") {
    for (const [i, xy] of Object.entries(D.meetingSpots)) at.set(Number(i), xy);
  } else {
    const xy = network.drawings[S.arrange] || network.drawings.ties || [];
    network.people.forEach((i, k) => at.set(i, [xy[2 * k], xy[2 * k + 1]]));
    if (S.draw === "evidence" || S.evidence) evidenceSpots(at);
  }
  for (const [i, xy] of S.moved) if (at.has(i)) at.set(i, xy);
  return at;
}

function evidenceSpots(at) {
  if (S.arrange === "ties") {
    for (const [i, xy] of Object.entries(D.evidenceSpots[net().name] || {})) at.set(Number(i), xy);
    return;
  }
  const middle = new Map(); // other arrangements: amid its people
  D.links.thing.forEach((thing, k) => {
    const xy = at.get(D.links.person[k]);
    if (!xy) return;
    const sum = middle.get(thing) || [0, 0, 0];
    middle.set(thing, [sum[0] + xy[0], sum[1] + xy[1], sum[2] + 1]);
  });
  for (const [i, [x, y, n]] of middle) at.set(i, [x / n + ((i * 37) % 23) - 11, y / n + ((i * 53) % 23) - 11]);
}

function visiblePeople() {
  if (S.draw === "workshops") {
    const cohort = new Set((shot(shownMoment()) || { people: [] }).people);
    return [...new Set(D.meetings.person)].filter((p) => cohort.has(p) && passes(p));
  }
  const shots = S.view === "change" ? [shot(beforeMoment()), shot(afterMoment())] : [shot(shownMoment())];
  const seen = new Set();
  for (const s of shots) {
    if (!s || !s.people) continue;
    const away = new Set(s.away);
    for (const p of s.people) if (!away.has(p)) seen.add(p);
  }
  return net().people.filter((p) => seen.has(p) && passes(p));
}
const passes = (p) =>
  !S.offRoles.has(roleOf(p).number) && (S.organisation < 0 || NODE.org[p] === S.organisation);

// Ties as [a, b, state, directed?]; state is a key of D.ties, "tie", "first" or "earlier".
function visibleTies(people) {
  const shown = new Set(people);
  const network = net();
  const ties = [];
  const add = (t, state, n) => {
    if (shown.has(network.a[t]) && shown.has(network.b[t])) ties.push({ a: network.a[t], b: network.b[t], state, n: n || 1 });
  };
  if (S.view === "change") {
    const states = change();
    for (const state of STATES) for (const t of states ? states[state] : []) add(t, state);
  } else if (S.view === "steps") {
    return contactTies(shown);
  } else {
    const s = shot(shownMoment()) || { ties: [] };
    s.ties.forEach((t, k) => add(t, "tie", (s.n_ties || [])[k]));
  }
  return ties;
}
function contactTies(shown) {
  const first = new Map();
  const c = D.contacts;
  const own = stepsHere();
  for (let k = 0; k < c.a.length; k++) {
    if (!shown.has(c.a[k]) || !shown.has(c.b[k]) || S.offKinds.has(c.kind[k])) continue;
    const key = c.a[k] * N + c.b[k];
    const step = own.findIndex((s) => s >= c.step[k]);
    if (!first.has(key) || step < first.get(key)) first.set(key, step);
  }
  const ties = [];
  for (const [key, step] of first) {
    if (step <= S.step) ties.push({ a: Math.floor(key / N), b: key % N, state: step === S.step ? "first" : "earlier", n: 1 });
  }
  return ties;
}

function organisationScene() {
  const g = net().groups;
  const nodes = g.nodes;
  const at = (k) => g.shots.find((s) => s.cohort === S.cohort && s.moment === k);
  const size = new Map(nodes.map((i) => [i, 0]));
  const here = at(shownMoment());
  if (here) here.people.forEach((n, k) => size.set(nodes[k], n));
  const ties = [];
  if (S.view === "change") {
    const rows = (g.changes.find((c) => c.cohort === S.cohort) || { ties: [] }).ties;
    for (const [a, b, formed, kept, dissolved, unknown] of rows) {
      if (a === b) continue;
      const state = kept || (formed && dissolved) ? "kept" : formed ? "formed" : dissolved && !unknown ? "dissolved"
        : dissolved ? "kept" : "cannot_tell";
      ties.push({ a, b, state, n: Math.max(1, formed + kept), counts: [formed, kept, dissolved, unknown] });
    }
  } else if (here) {
    for (const [a, b, n] of here.ties) if (a !== b) ties.push({ a, b, state: "tie", n });
  }
  return { nodes: nodes.filter((i) => size.get(i) > 0 || ties.some((t) => t.a === i || t.b === i)), ties, size };
}

function linkTies(nodes) { // evidence: who made, shared, received or used it
  const shown = new Set(nodes);
  const own = stepsHere();
  const links = [];
  const things = new Set();
  D.links.thing.forEach((thing, k) => {
    const step = D.links.step[k];
    if (S.view === "steps" && (step < 0 || own.findIndex((s) => s >= step) > S.step)) return;
    if (!shown.has(D.links.person[k])) return;
    things.add(thing);
    links.push({ a: D.links.person[k], b: thing, state: "a" + D.links.action[k], n: 1 });
  });
  return { things: [...things].sort((x, y) => x - y), links };
}

function reachOf(ties, start, steps) {
  const near = new Map();
  for (const t of ties) {
    if (!near.has(t.a)) near.set(t.a, []);
    if (!near.has(t.b)) near.set(t.b, []);
    near.get(t.a).push(t.b);
    near.get(t.b).push(t.a);
  }
  let edge = [start];
  const seen = new Set(edge);
  for (let k = 0; k < steps; k++) {
    edge = edge.flatMap((p) => near.get(p) || []).filter((p) => !seen.has(p) && seen.add(p));
  }
  return seen;
}

function makeScene() {
  const at = positionsOf();
  let nodes, ties, size = null, all;
  if (S.draw === "organisations") {
    ({ nodes, ties, size } = organisationScene());
    all = ties;
  } else if (S.draw === "workshops") {
    nodes = visiblePeople();
    const shown = new Set(nodes);
    ties = [];
    const things = new Set();
    D.meetings.thing.forEach((w, k) => {
      if (!shown.has(D.meetings.person[k])) return;
      things.add(w);
      ties.push({ a: D.meetings.person[k], b: w, state: "came", n: 1 });
    });
    nodes = nodes.concat([...things].sort((x, y) => x - y));
    all = ties;
  } else {
    nodes = visiblePeople();
    all = S.draw === "evidence" ? [] : visibleTies(nodes);
    ties = all;
    if (S.draw === "evidence" || S.evidence) {
      const { things, links } = linkTies(nodes);
      nodes = nodes.concat(things);
      ties = ties.concat(links);
    }
  }
  ties = ties.filter((t) => !S.offStates.has(t.state));
  const chosen = nodes.includes(S.person) ? S.person : -1;
  if (chosen >= 0 && S.reach !== "all") {
    const near = reachOf(ties, chosen, S.reach === "one" ? 1 : 2);
    nodes = nodes.filter((i) => near.has(i));
    ties = ties.filter((t) => near.has(t.a) && near.has(t.b));
  }
  nodes = nodes.filter((i) => at.has(i));
  const held = new Set(nodes);
  ties = ties.filter((t) => held.has(t.a) && held.has(t.b));
  const near = chosen >= 0 ? reachOf(ties, chosen, 1) : null;
  recalculate(nodes);
  const scene = {
    nodes, ties, at, chosen, near, size,
    x: nodes.map((i) => at.get(i)[0]), y: nodes.map((i) => at.get(i)[1]),
    tally: tally(ties), before: tally(all),
    wide: S.draw === "organisations" || ties.some((t) => t.n > 1), // wider lines for more ties
    people: nodes.filter((i) => NODE.kind[i] === PERSON).length,
  };
  scene.weight = weights(scene);
  scene.ranked = ranked(scene);
  return scene;
}

function tally(ties) {
  const found = {};
  for (const t of ties) found[t.state] = (found[t.state] || 0) + 1;
  return found;
}

// Share (0..1) of the largest value at any moment of this network and cohort: one scale for all views.
function weights(scene) {
  if (scene.size) {
    const most = Math.max(1, ...net().groups.shots.filter((s) => s.cohort === S.cohort).flatMap((s) => s.people));
    return scene.nodes.map((i) => scene.size.get(i) / most);
  }
  let most = 0;
  for (const k of momentsHere()) for (const p of shot(k).people) most = Math.max(most, sizeValue(shot(k), p) || 0);
  const s = shot(shownMoment());
  const came = scene.tally.came ? new Map() : null;
  if (came) for (const t of scene.ties) came.set(t.b, (came.get(t.b) || 0) + 1);
  const fullest = came ? Math.max(1, ...came.values()) : 1;
  return scene.nodes.map((i) => {
    if (NODE.kind[i] !== PERSON) return came ? (0.6 * (came.get(i) || 0)) / fullest : 0.1;
    return most && S.size !== "same" ? Math.max(0, Math.min(1, (sizeValue(s, i) || 0) / most)) : 0.12;
  });
}
function ranked(scene) { // drawn positions, most important first: who gets a name
  const order = scene.nodes.map((_, k) => k);
  const kind = (k) => (NODE.kind[scene.nodes[k]] === WORKSHOP ? 1 : 0);
  return order.sort((p, q) => kind(q) - kind(p) || scene.weight[q] - scene.weight[p] || p - q);
}

// --- the sentence under the views --------------------------------------------------------------------
const acrossRoles = (ties) => ties.filter((t) => NODE.role[t.a] !== NODE.role[t.b]).length;

function summary(scene) {
  if (S.draw === "organisations") return organisationSummary(scene);
  if (S.draw === "workshops") {
    const shops = scene.nodes.length - scene.people;
    return `${many(scene.ties.length, "attendance")}: ${many(scene.people, "person", "people")} at ` +
      `${many(shops, "workshop")}. Being in the same room is not yet a tie.`;
  }
  const ties = scene.ties.filter((t) => !t.state.startsWith("a"));
  const parts = S.draw === "evidence" ? [] : tieSentences(scene, ties);
  const links = scene.ties.length - ties.length;
  if (S.draw === "evidence" || S.evidence) {
    const pieces = scene.nodes.length - scene.people;
    const where = S.draw === "evidence" ? ` and ${many(scene.people, "person", "people")}` : "";
    parts.push(`${many(pieces, "piece")} of evidence${where}, with ${many(links, "link")} between them.`);
  }
  if (SHOWN.size) parts.push("Sizes, places and tables are recalculated for what is shown.");
  return parts.join(" ");
}
function tieSentences(scene, ties) {
  const n = scene.people;
  const among = `among ${many(n, ...D.noun)}`;
  const roles = (list, of) => (PERSONS && D.roles.length > 1 && list.length
    ? [`${percent(acrossRoles(list), list.length)} ${of} join people of different ${GROUPS}.`] : []);
  if (S.view === "change") {
    const c = (state) => ties.filter((t) => t.state === state);
    const lost = lostWord().toLowerCase();
    const parts = [`${many(c("formed").length, "new tie")}, ${count(c("kept").length)} kept, ` +
      `${count(c("dissolved").length)} ${lost}, ${among}.`, ...roles(c("formed"), "of the new ties")];
    const unknown = c("cannot_tell").length;
    if (unknown) parts.push(`${count(unknown)} cannot be judged: nobody who could tell answered both times.`);
    return parts;
  }
  if (S.view === "steps") {
    const fresh = ties.filter((t) => t.state === "first").length;
    return [`${many(ties.length, "pair")} had been in recorded contact ${among} ${stepPhrase()}, ` +
      `${count(fresh)} of them for the first time in this step.`];
  }
  const s = shot(shownMoment());
  const what = PERSONS ? many(ties.length, net().directed ? "directed tie" : "tie") : ties.length ? `${many(ties.length, "pair")} with ties` : "No pair whose ties can be shown";
  const parts = [`${what} ${among} ${momentPhrase(shownMoment())}.`, ...roles(ties, "of them")];
  if (net().layer === "imposed") parts.push("They stand for being in the same room, which the programme arranged.");
  const tied = new Set(ties.flatMap((t) => [t.a, t.b]));
  if (ties.length && n > tied.size) parts.push(`${count(n - tied.size)} ${n - tied.size === 1 ? "has" : "have"} no tie${PERSONS ? "" : " that may be shown"}.`);
  if (s && s.answered !== null) parts.push(`${count(s.answered)} of ${n === s.n ? "" : "all "}${count(s.n)} answered.`);
  return parts;
}
const stepTitle = () => {
  const k = stepsHere()[S.step];
  if (k === undefined) return "";
  if (k < D.steps.length) return D.steps[k].title;
  return D.stepWord === "workshop" ? "After the last workshop" : "Later";
};
const stepPhrase = () => {
  const k = stepsHere()[S.step];
  return k < D.steps.length ? `by ${D.steps[k].title}` : "by the end of the records";
};
function organisationSummary(scene) {
  const n = scene.nodes.filter((i) => orgName(i) !== "Not stated").length;
  const people = [...scene.size.values()].reduce((x, y) => x + y, 0);
  if (S.view === "change") {
    const sum = [0, 0, 0, 0];
    for (const t of scene.ties) t.counts.forEach((c, k) => (sum[k] += c));
    return `Ties between people of different organisations: ${count(sum[0])} new, ${count(sum[1])} kept, ` +
      `${count(sum[2])} ${lostWord().toLowerCase()}${sum[3] ? `, ${count(sum[3])} cannot be judged` : ""}, ` +
      `among ${many(n, "organisation")}.`;
  }
  const ties = scene.ties.reduce((x, t) => x + t.n, 0);
  return `${many(ties, "tie")} between people of different organisations join ${many(scene.ties.length, "pair")} of ` +
    `${many(n, "organisation")} (${many(people, "person", "people")}) ${momentPhrase(shownMoment())}.`;
}
