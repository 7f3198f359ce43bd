"use strict";
// What the page knows (D), what the reader has chosen (S), and small helpers. Texts reach the page only as text nodes.
const D = JSON.parse(document.getElementById("kmnet-data").textContent);
const PERSON = 0, ORGANISATION = 1, WORKSHOP = 2, EVIDENCE = 3;
const STATES = ["formed", "kept", "dissolved", "cannot_tell"];
const INK = "#1b2733";

const S = {
  net: 0, cohort: 0, view: "", step: 0, draw: "people", arrange: "ties", size: "bridging", names: "main",
  outline: "none", organisation: -1, evidence: false, person: -1, reach: "all", recalc: false, from: -1, to: -1,
  means: false, offRoles: new Set(), offStates: new Set(), offKinds: new Set(), moved: new Map(),
  table: "people", sort: { people: ["name", 1], ties: ["from", 1] }, page: { people: 0, ties: 0 },
};

const $ = (id) => document.getElementById(id);

function el(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "class") node.className = value;
    else if (key === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else if (key in node && !key.includes("-") && key !== "list") node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children.flat()) if (child !== null && child !== undefined) node.append(child);
  return node;
}

function svgEl(tag, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

// --- words ----------------------------------------------------------------------------------------------
const grouped = new Intl.NumberFormat("en-GB");
const count = (n) => grouped.format(n);
const many = (n, one, more) => `${count(n)} ${n === 1 ? one : more || one + "s"}`;

function percent(part, whole) {
  if (!whole) return "–";
  const share = (100 * part) / whole;
  if (part === 0 || part === whole) return `${share}%`;
  if (share < 1) return "under 1%";
  return share > 99 ? "over 99%" : `${Math.round(share)}%`;
}

function number(value) {
  if (value === null || value === undefined) return "–";
  if (typeof value === "string") return value;
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 100) return grouped.format(Math.round(value));
  if (size < 0.0005) return "under 0.001";
  return value.toFixed(size >= 1 ? 1 : size >= 0.1 ? 2 : 3);
}

function ordinal(n) {
  const tail = n % 100 > 10 && n % 100 < 14 ? "th" : ["th", "st", "nd", "rd"][n % 10] || "th";
  return count(n) + tail;
}

const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
  .replace(/ł/g, "l").replace(/ø/g, "o").replace(/đ/g, "d").replace(/ß/g, "ss").replace(/æ/g, "ae");

// Missing place -> -1, never 0: in JavaScript `null >= 0` is true.
const whole = (text) => (/^\d+$/.test(text || "") ? Number(text) : -1);

// --- things and groups --------------------------------------------------------------------------------
const N = D.nodes.id.length;
const NODE = D.nodes;
const numberOf = new Map(NODE.id.map((id, i) => [`${NODE.kind[i]}:${id}`, i]));
const label = (i) => NODE.label[i];
const roleOf = (i) => D.roles[NODE.role[i]];
const roleName = (i) => (NODE.role[i] < 0 ? "" : roleOf(i).name);
const orgName = (i) => (NODE.org[i] < 0 ? "" : D.organisations[NODE.org[i]]);

const ENTRIES = []; // legend entries of roles: roles that share a symbol share an entry
for (const role of [...D.roles].sort((x, y) => (x.entry !== x.name) - (y.entry !== y.name))) {
  let entry = ENTRIES.find((e) => e.name === role.entry);
  if (!entry) ENTRIES.push((entry = { name: role.entry, colour: role.colour, shape: role.shape, roles: [] }));
  entry.roles.push(role.name);
  role.number = ENTRIES.indexOf(entry);
}

const net = () => D.networks[S.net];
const shot = (moment, network = net(), cohort = S.cohort) =>
  network.shots.find((s) => s.cohort === cohort && s.moment === moment);
const momentsHere = () => D.moments.map((_, k) => k).filter((k) => shot(k));
const cohortsHere = () => D.cohorts.map((_, k) => k).filter((k) => net().shots.some((s) => s.cohort === k));
const changesHere = () => net().changes.filter((c) => c.cohort === S.cohort);
// The two moments that are compared: those the reader chose if they can be, else the study's own, else any.
const change = () => {
  const found = changesHere();
  const of = (from, to) => found.find((c) => c.from === from && c.to === to);
  return of(S.from, S.to) || of(D.before, D.after) || found[0];
};
const stepsHere = () => {
  if (!D.contacts.a.length || !D.steps.length) return [];
  const cohort = D.cohorts[S.cohort].name;
  const all = D.steps.map((_, k) => k);
  const mine = all.filter((k) => cohort === "All" || !D.steps[k].cohorts.length || D.steps[k].cohorts.includes(cohort));
  return (mine.length ? mine : all).concat([D.steps.length]); // the last one: everything later
};
const compares = () => (S.view === "change" && S.draw !== "organisations" ? change() : null);
const beforeMoment = () => (compares() ? compares().from : D.before >= 0 && shot(D.before) ? D.before : -1);
const afterMoment = () => (compares() ? compares().to : D.after >= 0 && shot(D.after) ? D.after : -1);
// The moment whose measures are shown: the chosen one; "after" where a change is shown.
const shownMoment = () => {
  if (S.view.startsWith("m")) return Number(S.view.slice(1));
  const after = afterMoment();
  return after >= 0 ? after : momentsHere().at(-1);
};
const momentTitle = (k) => D.moments[k].title;
const momentWord = (k) => (["before", "during", "after"].includes(D.moments[k].name.toLowerCase()) ? momentTitle(k).toLowerCase() : `at ${momentTitle(k)}`);
const plural = (word) => (/[^aeiou]y$/.test(word) ? word.slice(0, -1) + "ies" : /(s|x|ch)$/.test(word) ? word + "es" : word + "s");
const GROUPS = plural(D.grouping); // "roles", or whatever grouping the study puts first
const momentPhrase = (k) => {
  const name = D.moments[k].name.toLowerCase();
  if (["before", "during", "after"].includes(name)) return `${name} the programme`;
  return momentsHere().length > 1 ? `at the moment “${momentTitle(k)}”` : "in this network";
};
const PERSONS = D.noun[0] === "person"; // else a symbol stands for a role, a team or an organisation
const lostWord = () => (net().layer === "reported" ? "No longer reported" : "No longer seen");
const stateTitle = (state) => (state === "dissolved" ? lostWord() : D.ties[state][3]);

// --- measures of a snapshot -----------------------------------------------------------------------------
function prepare(s) {
  if (s.at || !s.people) return s;
  s.at = new Map(s.people.map((p, k) => [p, k]));
  s.contacts = s.people.map(() => new Set());
  const network = D.networks.find((n) => n.shots.includes(s));
  for (const t of s.ties) {
    const a = network.a[t], b = network.b[t];
    s.contacts[s.at.get(a)].add(b);
    s.contacts[s.at.get(b)].add(a);
  }
  s.places = {};
  return s;
}
const bridgingName = (s) => ["betweenness_share", "betweenness"].find((m) => s && s.measures && s.measures[m]);
function measure(s, name, person) {
  if (!s || !s.people) return null;
  s = live(s);
  const k = prepare(s).at.get(person);
  if (k === undefined) return null;
  if (name === "ties") return s.contacts[k].size;
  const column = s.measures[name === "bridging" ? bridgingName(s) : name];
  return column ? column[k] : null;
}
const sortedBy = (s, name) => (prepare(live(s)).places[name] ||= live(s).people.map((p) => measure(s, name, p))
  .filter((v) => typeof v === "number").sort((x, y) => y - x));
function place(s, name, person) { // 1 = most; equal values share the better place
  const value = measure(s, name, person);
  if (typeof value !== "number") return null;
  const sorted = sortedBy(s, name);
  let low = 0, high = sorted.length;
  while (low < high) { const middle = (low + high) >> 1; if (sorted[middle] > value) low = middle + 1; else high = middle; }
  return low + 1;
}
// Nobody who stands between nobody has a place among the bridges.
const bridgingPlace = (s, person) => (s && bridgingName(s) && measure(s, "bridging", person) > 0 ? place(s, "bridging", person) : null);
function placeRange(s, person) {
  for (const name of ["betweenness_share", "betweenness"]) {
    const low = measure(s, `${name}_rank_low`, person), high = measure(s, `${name}_rank_high`, person);
    if (typeof low === "number" && typeof high === "number") return [Math.round(low), Math.round(high)];
  }
  return null;
}
const placesOf = ([low, high]) => (low === high ? String(low) : `${low}–${high}`);
const cameTo = new Map();
D.meetings.person.forEach((p) => cameTo.set(p, (cameTo.get(p) || 0) + 1));
function attended(person) {
  const s = shot(shownMoment());
  for (const name of ["workshops_attended", "workshops"]) {
    const value = measure(s, name, person);
    if (value !== null) return value;
  }
  return D.meetings.person.length ? cameTo.get(person) || 0 : null;
}
const sizeValue = (s, person) => {
  if (S.size === "ties") return measure(s, "ties", person);
  if (S.size === "attendance") return attended(person);
  return S.size === "bridging" ? measure(s, "bridging", person) : null;
};
