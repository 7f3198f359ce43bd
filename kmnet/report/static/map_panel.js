// The panel on the right: the chosen person (or organisation, workshop, piece of evidence), else the main bridges.

function symbolSvg(i, size = 18) {
  const svg = svgEl("svg", { width: size, height: size, viewBox: "-9 -9 18 18", "aria-hidden": "true" });
  const symbol = typeof i === "number" ? symbolOf(i) : i;
  svgPen(svg).shape(symbol.shape, 0, symbol.shape === "triangle" ? 1.5 : 0, symbol.shape === "bar" ? 4.5 : 6.3, { fill: symbol.colour, stroke: INK, width: 1.1 });
  return svg;
}
function lineSvg([colour, width, dash]) {
  const svg = svgEl("svg", { width: 34, height: 10, viewBox: "0 0 34 10", "aria-hidden": "true" });
  svgPen(svg).curves([[1, 5, 17, 5, 33, 5]], { colour, width: Math.max(width, 1.3), dash, alpha: 1 });
  return svg;
}
const nameButton = (i, more) => el("button", { type: "button", class: "link", "data-node": i, on: { click: () => choose(i, true) } }, label(i), more);
const compared = () => { // before and after (or the two chosen ones); or the one moment that is shown, where it is neither
  const b = beforeMoment(), a = afterMoment();
  if (S.view.startsWith("m") && ![b, a].includes(shownMoment())) return [shownMoment()];
  return b >= 0 && a >= 0 && b !== a ? [b, a] : momentsHere().slice(-1);
};

function showPanel(scene) {
  const panel = $("panel");
  const focused = panel.contains(document.activeElement) && document.activeElement.id;
  panel.replaceChildren(...(scene.chosen < 0 ? overview(scene) : NODE.kind[scene.chosen] === PERSON ? person(scene)
    : NODE.kind[scene.chosen] === ORGANISATION ? organisation(scene) : thing(scene)));
  if (focused && $(focused)) $(focused).focus();
}
const heading = (text, ...before) => el("h2", { class: "who", tabIndex: -1, id: "panel-title" }, ...before, el("span", {}, text));
const closer = () => el("button", { type: "button", class: "close", "aria-label": "Close: show the whole map", on: { click: leave } }, "×");
function leave() { // back to the whole map; the focus goes to the name that was chosen if it stands in the list
  const was = S.person;
  choose(-1);
  ($("panel").querySelector(`[data-node="${was}"]`) || $("panel-title")).focus();
}

function overview(scene) {
  if (S.draw === "organisations") return organisationList(scene);
  if (S.draw === "workshops" || S.draw === "evidence") return thingList(scene);
  const s = shot(shownMoment());
  const name = bridgingName(s) ? "bridging" : "ties";
  const shown = new Set(scene.nodes);
  const ranked = (s && s.people ? s.people : []).filter((p) => shown.has(p) && (measure(s, name, p) || 0) > 0)
    .sort((p, q) => measure(s, name, q) - measure(s, name, p) || p - q).slice(0, 10);
  const moments = compared();
  const most = Math.max(0, ...ranked.flatMap((p) => moments.map((k) => measure(shot(k), name, p) || 0)));
  const ranges = ranked.some((p) => placeRange(s, p));
  const bars = (p) => el("span", { class: "bars", "aria-hidden": "true" }, moments.map((k, n) => {
    const bar = el("span", { class: moments.length > 1 && n === 0 ? "bar before" : "bar after" });
    bar.style.width = `${most ? (100 * (measure(shot(k), name, p) || 0)) / most : 0}%`;
    return bar;
  }));
  const hidden = (p) => el("span", { class: "hidden" }, moments.map((k) => `, ${momentTitle(k)}: ${number(measure(shot(k), name, p))}`).join(""));
  const where = (momentsHere().length > 1 ? ` ${momentWord(shownMoment())}` : "") + (SHOWN.size ? ", of what is shown" : "");
  return [
    heading((name === "bridging" ? "Main bridges" : PERSONS ? "Most ties" : "Most linked") + where),
    el("p", { class: "note" }, name === "bridging"
      ? "People who most often sit on the shortest route between others." : PERSONS ? "People with the most direct ties." : `${D.noun[1][0].toUpperCase()}${D.noun[1].slice(1)} that are linked with most others.`,
      ranges ? " A range shows how far the place could move if some ties were missed." : "",
      SHOWN.size ? ` Places are among the ${count(live(s).people.length)} people shown; they are not those of the whole network.` : " Places are those of the whole network, whatever is shown."),
    recalcButton(), SHOWN.size ? shownNumbers() : null,
    D.meetingsLeftOut ? el("p", { class: "note" }, `Workshops are not drawn: ${count(D.meetingsLeftOut)} attendances are more lines than an eye can follow. The tables hold them.`) : null,
    ranked.length ? el("ol", { class: "bridges" }, ranked.map((p) => {
      const range = placeRange(s, p);
      return el("li", {}, el("span", { class: "place" }, ordinal(place(s, name, p))), symbolSvg(p), nameButton(p, hidden(p)),
        el("span", { class: "range" }, range ? placesOf(range) : ""), bars(p));
    })) : el("p", {}, PERSONS ? "Nobody stands between others here." : `No ${D.noun[0]} has ties that may be shown here: links of few people are hidden.`),
    moments.length > 1 && ranked.length ? el("p", { class: "key" }, el("span", { class: "bar before" }), momentTitle(moments[0]), el("span", { class: "bar after" }), momentTitle(moments[1])) : null,
    ranked.length ? el("p", { class: "note" }, "Choose a symbol on the map, or a name here, to see its ties.") : null,
  ].filter(Boolean);
}

const decimal = (value) => (Number.isInteger(value) && Math.abs(value) < 100 ? value.toFixed(1) : number(value)); // 1.0 beside 0.93

function measureRows(p) {
  const moments = compared();
  const cross = (s) => {
    const k = s && s.people ? prepare(live(s)).at.get(p) : undefined;
    return k === undefined ? null : [...live(s).contacts[k]].filter((q) => NODE.role[q] !== NODE.role[p]).length;
  };
  const first = PERSONS ? "Ties" : `Linked ${D.noun[1]}`;
  const rows = [[first, (s) => measure(s, "ties", p), PERSONS ? "How many people this person is tied to." : `Of the ${D.noun[1]} whose ties to this one may be shown; links of few people are hidden.`]];
  if (net().directed && PERSONS) rows.push(["Named by", (s) => measure(s, "in_degree", p), "How many people name this person."], ["Names", (s) => measure(s, "out_degree", p), "How many people this person names."]);
  if (D.roles.length > 1 && PERSONS) rows.push([`Ties to other ${GROUPS}`, cross, ""]);
  for (const name of ["betweenness_share", "betweenness", "constraint", "ei_index", "effective_size"]) {
    if (name === "betweenness" && bridgingName(shot(moments.at(-1))) !== "betweenness") continue;
    const about = D.measures[name] || {};
    if (moments.some((k) => measure(shot(k), name, p) !== null)) rows.push([name.startsWith("betweenness") ? "Bridging" : about.title || name, (s) => measure(s, name, p), about.reads || ""]);
  }
  const counted = new Set([first, "Named by", "Names", `Ties to other ${GROUPS}`]);
  const said = (title, value) => (!PERSONS && value === 0 ? HIDDEN : (counted.has(title) ? number : decimal)(value));
  const table = el("table", { class: "small" },
    el("caption", { class: "hidden" }, "Numbers of this person"),
    el("thead", {}, el("tr", {}, el("td", {}), moments.map((k) => el("th", { scope: "col" }, momentTitle(k))))),
    el("tbody", {}, rows.map(([title, value, reads]) => el("tr", {}, el("th", { scope: "row", title: reads || undefined }, title),
      moments.map((k) => el("td", {}, said(title, value(shot(k)))))))));
  const words = rows.filter(([, , reads]) => reads);
  const means = el("details", { id: "means", open: S.means, on: { toggle: (e) => { S.means = e.target.open; } } }, el("summary", { id: "means-title" }, "What these words mean"),
    el("dl", {}, words.flatMap(([title, , reads]) => [el("dt", {}, title), el("dd", {}, reads)])));
  return [table, means];
}
const HIDDEN = "none that may be shown";

function person(scene) {
  const p = scene.chosen;
  const s = shot(shownMoment());
  const facts = [[PERSONS ? roleName(p) : "", PERSONS || D.organisations.length > 1 ? orgName(p) : ""].filter((text) => text && text !== label(p)).join(", "), [NODE.more[p].split(";").filter(Boolean).join(", "),
    D.teams[NODE.team[p]] ? `team ${D.teams[NODE.team[p]]}` : ""].filter(Boolean).join(", "), NODE.staff[p] ? "Programme staff" : ""].filter(Boolean);
  const came = attended(p);
  const at = bridgingPlace(s, p);
  const range = s ? placeRange(s, p) : null;
  const silent = momentsHere().filter((k) => (shot(k).silent || []).includes(p));
  return [
    el("div", { class: "title" }, heading(label(p), symbolSvg(p)), closer()),
    el("p", { class: "facts" }, facts.map((line) => el("span", {}, line))),
    SHOWN.size ? el("p", { class: "note" }, "The numbers are recalculated for what is shown.") : null,
    ...measureRows(p),
    at ? el("p", {}, `Bridging position ${momentsHere().length > 1 ? momentPhrase(shownMoment()) + " " : ""}: ${ordinal(at)} of ${count(sortedBy(s, "bridging").length)}${SHOWN.size ? " people shown" : ""}`.replace(" :", ":") +
      (!range ? "." : range[0] === range[1] ? " (and stays there if some ties were missed)." : ` (could be anywhere from ${ordinal(range[0])} to ${ordinal(range[1])}).`),
      el("span", { class: "note" }, " People placed high often lie on the shortest route between others who are not in touch.")) : null,
    came !== null ? el("p", {}, `Came to ${many(came, "workshop")}.`) : null,
    silent.length ? el("p", { class: "warn" }, `Did not answer: ${silent.map(momentWord).join(", ")}. Ties that only this person could report are missing.`) : null,
    reachButtons(),
    recalcButton(),
    ...tieLists(scene, p),
  ].filter(Boolean);
}
function reachButtons() {
  const option = (key, title) => el("button", { type: "button", id: "reach-" + key, class: S.reach === key ? "pressed" : "", "aria-pressed": String(S.reach === key),
    on: { click: () => { S.reach = key; update({ fit: true }); } } }, title);
  return el("div", { class: "buttons", role: "group", "aria-label": "How much of the map to show" }, option("all", "Whole map"), option("one", "Direct ties"), option("two", "Two steps"));
}
function tieLists(scene, p) {
  const groups = new Map();
  for (const t of scene.ties) {
    if (t.a !== p && t.b !== p) continue;
    const key = t.state === "tie" || t.state === "earlier" ? (t.state === "tie" ? "Ties" : "Earlier contacts") : t.state === "first" ? "First contacts in this step"
      : STATES.includes(t.state) ? `${stateTitle(t.state)}${t.state === "dissolved" || t.state === "cannot_tell" ? "" : " ties"}` : LINES[t.state][3];
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push([t.a === p ? t.b : t.a, t.a === p, t.n]);
  }
  const order = ["New ties", "Kept ties"];
  const rank = (key) => (order.includes(key) ? order.indexOf(key) : 9);
  return [...groups].sort((x, y) => rank(x[0]) - rank(y[0])).flatMap(([title, list]) => [
    el("h3", {}, `${title} (${count(list.length)})`),
    el("ul", { class: "ties" }, list.sort((x, y) => label(x[0]).localeCompare(label(y[0]), "en")).map(([q, out, n]) => el("li", {}, nameButton(q),
      el("span", { class: "role" }, (net().directed && S.draw === "people" && S.view !== "steps" ? (out ? "→ " : "← ") : "")
        + (!PERSONS ? `about ${many(n, "tie")}` : NODE.kind[q] === PERSON ? roleName(q) : NODE.more[q]))))),
  ]);
}

function thing(scene) {
  const i = scene.chosen;
  const kind = NODE.kind[i] === WORKSHOP ? "Workshop" : NODE.more[i] || "Evidence";
  const people = scene.ties.filter((t) => t.b === i).map((t) => t.a);
  const organisations = new Set(people.map((p) => NODE.org[p])).size;
  return [
    el("div", { class: "title" }, heading(label(i), symbolSvg(i)), closer()),
    el("p", { class: "facts" }, el("span", {}, kind), el("span", {}, `${many(new Set(people).size, "person", "people")} of ${many(organisations, "organisation")}`)),
    reachButtons(),
    ...tieLists(scene, i),
  ];
}

function thingList(scene) {
  const held = new Map();
  for (const t of scene.ties) {
    if (!held.has(t.b)) held.set(t.b, new Set());
    held.get(t.b).add(t.a);
  }
  const list = [...held].map(([i, people]) => [i, people.size]).sort((x, y) => y[1] - x[1] || x[0] - y[0]).slice(0, 10);
  return [
    heading(S.draw === "workshops" ? "Best attended" : "Evidence with most people"),
    el("p", { class: "note" }, S.draw === "workshops" ? "Workshops by the number of people who came."
      : "Pieces of evidence by the number of people who made, shared, received or used them."),
    el("ol", { class: "bridges" }, list.map(([i, n]) => el("li", {}, el("span"), symbolSvg(i), nameButton(i), el("span", { class: "range" }, count(n))))),
  ];
}

function organisationList(scene) {
  const unstated = (i) => Number(orgName(i) === "Not stated"); // no organisation: it has no place among them
  const list = scene.nodes.map((i, k) => [i, scene.size.get(i), k]).sort((x, y) => unstated(x[0]) - unstated(y[0]) || y[1] - x[1] || x[2] - y[2]).slice(0, 10);
  return [
    heading("Largest organisations"),
    el("p", { class: "note" }, D.tooMany ? `Only organisations are drawn: ${count(D.peopleCount)} people are more than a map can show. The tables hold everybody.`
      : D.groupsFirst ? `The map opens on organisations because ${count(D.peopleCount)} people on one map cannot be read. Choose one to see its people.`
      : "Symbols grow with the people, lines with the ties between people of the two organisations."),
    el("ol", { class: "bridges" }, list.map(([i, n], k) => el("li", {}, el("span", { class: "place" }, String(k + 1)), symbolSvg(i), nameButton(i), el("span", { class: "range" }, count(n))))),
  ];
}
function organisation(scene) {
  const i = scene.chosen;
  const near = scene.ties.filter((t) => t.a === i || t.b === i).sort((x, y) => y.n - x.n);
  const words = (t) => (t.counts ? `${count(t.counts[0])} new, ${count(t.counts[1])} kept, ${count(t.counts[2])} lost` : many(t.n, "tie"));
  return [
    el("div", { class: "title" }, heading(label(i), symbolSvg(i)), closer()),
    el("p", { class: "facts" }, el("span", {}, `${many(scene.size.get(i), "person", "people")}, linked with ${many(near.length, "organisation")}`)),
    net().people.length ? el("p", { class: "buttons" }, el("button", { type: "button", on: { click: () => showPeopleOf(i) } }, "Show its people")) : null,
    reachButtons(),
    el("h3", {}, "Linked with"),
    el("ul", { class: "ties" }, near.map((t) => el("li", {}, nameButton(t.a === i ? t.b : t.a), el("span", { class: "role" }, words(t))))),
  ].filter(Boolean);
}
function showPeopleOf(i) {
  S.draw = "people";
  S.organisation = NODE.org[i];
  choose(-1);
  syncControls();
  update({ fit: true });
  $("organisation").focus();
}
