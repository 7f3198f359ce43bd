// The table under the map: the same people and ties as text, sortable, 25 rows a page.
const ROWS = 25;

function peopleColumns(scene) {
  const moments = compared();
  const columns = [["name", scene.size ? "Organisation" : "Name", (i) => label(i)]];
  if (scene.size) return columns.concat([["people", "People", (i) => scene.size.get(i) ?? null],
    ["partners", "Linked organisations", (i) => scene.ties.filter((t) => t.a === i || t.b === i).length]]);
  if (D.roles.length > 1 && PERSONS) columns.push(["role", D.grouping[0].toUpperCase() + D.grouping.slice(1), roleName]);
  if (D.organisations.length > 1 && D.grouping !== "organisation" && D.noun[0] !== "organisation") columns.push(["organisation", "Organisation", orgName]);
  const when = (k) => (moments.length > 1 ? ` ${momentWord(k)}` : "") + (SHOWN.size ? ", of what is shown" : "");
  moments.forEach((k) => columns.push([`ties${k}`, `${PERSONS ? "Ties" : `Linked ${D.noun[1]}`}${when(k)}`, (i) => measure(shot(k), "ties", i)]));
  moments.forEach((k) => {
    if (bridgingName(shot(k))) columns.push([`place${k}`, `Bridging place${when(k)}`, (i) => bridgingPlace(shot(k), i)]);
  });
  const last = shot(moments.at(-1));
  if (last && last.people && last.people.some((p) => placeRange(last, p))) {
    columns.push(["range", "Place could be", (i) => { const r = placeRange(last, i); return r ? placesOf(r) : ""; }]);
  }
  if (attended(net().people[0]) !== null) columns.push(["workshops", "Workshops", (i) => attended(i)]);
  return columns;
}
function tieColumns(scene) {
  const directed = net().directed && S.view !== "steps" && S.draw === "people";
  const columns = [["from", directed ? "From" : "One end", (t) => label(t.a)], ["to", directed ? "To" : "Other end", (t) => label(t.b)]];
  if (D.roles.length > 1 && !scene.size) columns.push(["roles", GROUPS[0].toUpperCase() + GROUPS.slice(1), (t) => [roleName(t.a), roleName(t.b)].filter(Boolean).join(" – ")]);
  if (scene.size) columns.push(["n", "Ties", (t) => t.n]);
  columns.push(["state", "What it is", (t) => tieWord(t.state)]);
  return columns;
}
const tieWord = (state) => (STATES.includes(state) ? stateTitle(state) : state === "tie" ? (momentsHere().length > 1 ? momentTitle(shownMoment()) : "Tie")
  : state === "first" ? "First contact in this step" : state === "earlier" ? "Earlier contact" : LINES[state][3]);

const whoTitle = (scene) => (scene.size ? "Organisations" : D.noun[1][0].toUpperCase() + D.noun[1].slice(1));

function tableRows(scene, kind) {
  const columns = kind === "people" ? peopleColumns(scene) : tieColumns(scene);
  const items = kind === "people" ? scene.nodes.filter((i) => (scene.size ? true : NODE.kind[i] === PERSON)) : scene.ties;
  const [key, way] = S.sort[kind];
  const column = columns.find((c) => c[0] === key) || columns[0];
  const rows = items.map((item) => [item, columns.map((c) => c[2](item))]);
  const at = columns.indexOf(column);
  rows.sort(([, x], [, y]) => {
    const u = x[at], v = y[at];
    if (u === null || v === null) return (u === null) - (v === null); // empty cells last, whichever way
    return way * (typeof u === "number" && typeof v === "number" ? u - v : String(u).localeCompare(String(v), "en"));
  });
  return { columns, rows, column: column[0], way };
}

function showTable(scene) {
  for (const kind of ["people", "ties"]) {
    const button = $("tab-" + kind);
    button.setAttribute("aria-selected", String(S.table === kind));
    button.tabIndex = S.table === kind ? 0 : -1;
    button.textContent = kind === "ties" ? `Ties (${count(scene.ties.length)})`
      : `${whoTitle(scene)} (${count(scene.size ? scene.nodes.length : scene.people)})`;
  }
  const kind = S.table;
  const { columns, rows, column, way } = tableRows(scene, kind);
  const pages = Math.max(1, Math.ceil(rows.length / ROWS));
  const page = (S.page[kind] = Math.min(S.page[kind], pages - 1));
  const numeric = columns.map((_, k) => rows.some(([, cells]) => typeof cells[k] === "number"));
  const sortBy = (key) => { S.sort[kind] = [key, column === key ? -way : 1]; S.page[kind] = 0; showTable(SCENE); $("sort-" + key).focus(); };
  $("table").replaceChildren(
    el("caption", {}, el("span", {}, `${kind === "ties" ? "Ties" : whoTitle(scene)} shown on the map: ${summary(scene)}`)),
    el("thead", {}, el("tr", {}, columns.map(([key, title]) => el("th", { scope: "col", "aria-sort": key === column ? (way > 0 ? "ascending" : "descending") : "none" },
      el("button", { type: "button", id: "sort-" + key, on: { click: () => sortBy(key) } }, title,
        el("span", { "aria-hidden": "true" }, key === column ? (way > 0 ? " ▲" : " ▼") : " ↕")))))),
    el("tbody", {}, rows.slice(page * ROWS, (page + 1) * ROWS).map(([item, cells]) => el("tr", {}, cells.map((value, k) => {
      if (k === 0 && kind === "people") return el("th", { scope: "row" }, nameButton(item));
      const linked = !PERSONS && columns[k][0].startsWith("ties");
      return el("td", { class: numeric[k] ? "n" : "" }, value === null ? "–" : typeof value === "number" ? (linked && !value ? HIDDEN : number(value)) : value);
    })))));
  $("pager").replaceChildren(
    el("button", { type: "button", disabled: page === 0, on: { click: () => { S.page[kind]--; showTable(SCENE); } } }, "Previous"),
    el("span", {}, rows.length ? `${count(page * ROWS + 1)} to ${count(Math.min(rows.length, (page + 1) * ROWS))} of ${count(rows.length)}` : "Nothing to show"),
    el("button", { type: "button", disabled: page >= pages - 1, on: { click: () => { S.page[kind]++; showTable(SCENE); } } }, "Next"));
}

// --- saving ----------------------------------------------------------------------------------------------
function offer(blob, ending) {
  const url = URL.createObjectURL(blob);
  const link = el("a", { href: url, download: `map-${D.slug}-${S.view === "change" ? "change" : S.view === "steps" ? "steps" : D.moments[shownMoment()].name}.${ending}`.replace(/[^A-Za-z0-9.-]+/g, "-") });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

// A cell that a spreadsheet would take for a formula gets an apostrophe; numbers that we computed are left alone.
function csvCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r\0]/.test(value) ? "'" + value : value;
  return /[",\n\r;]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
function tableCsv() {
  const { columns, rows } = tableRows(SCENE, S.table);
  const lines = [columns.map((c) => c[1]), ...rows.map(([, cells]) => cells)];
  return "\ufeff" + lines.map((cells) => cells.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

const WIDTH = 1500, HEIGHT = 920;
function wrapped(text, most) {
  const lines = [""];
  for (const word of text.split(" ")) {
    if ((lines.at(-1) + " " + word).length > most && lines.at(-1)) lines.push(word); else lines[lines.length - 1] += (lines.at(-1) ? " " : "") + word;
  }
  return lines;
}
function drawPicture(pen) {
  pen.polygon([[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]], { fill: "#ffffff" });
  pen.text(24, 40, D.title, { size: 24, bold: true, align: "left" });
  const lines = wrapped(`${viewTitle()}. ${summary(SCENE)}`, 190);
  lines.slice(0, 3).forEach((line, k) => pen.text(24, 66 + 19 * k, line, { size: 14, align: "left" }));
  const items = legendItems(SCENE).map((item) => ({ ...item, room: (item.line ? 40 : 22) + 22 + item.title.length * 7.1 }));
  const rows = [[]];
  let used = 0;
  for (const item of items) {
    if (used + item.room > WIDTH - 48 && rows.at(-1).length) { rows.push([]); used = 0; }
    rows.at(-1).push(item);
    used += item.room;
  }
  const foot = 34 + 24 * rows.length;
  PAINTER.picture(pen, WIDTH, HEIGHT, 70 + 19 * Math.min(3, lines.length), foot);
  rows.forEach((row, k) => {
    const y = HEIGHT - foot + 12 + 24 * k;
    let x = 24;
    for (const item of row) {
      const next = x + item.room;
      if (item.line) { pen.curves([[x, y, x + 16, y, x + 32, y]], { colour: item.line[0], width: Math.max(1.3, item.line[1]), dash: item.line[2], alpha: 1 }); x += 40; }
      else { pen.shape(item.symbol.shape, x + 7, y, 7, { fill: item.symbol.colour, stroke: INK, width: 1.1 }); x += 22; }
      pen.text(x, y, item.title, { size: 13, align: "left", middle: true, halo: false });
      x = next;
    }
  });
  if (D.date) pen.text(24, HEIGHT - 9, D.date, { size: 11, align: "left", halo: false });
}
function pictureSvg() {
  const root = svgEl("svg", { xmlns: "http://www.w3.org/2000/svg", width: WIDTH, height: HEIGHT, viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "font-family": FONT });
  root.append(svgEl("title", {}, document.createTextNode(`${D.title}: ${viewTitle()}`)), svgEl("desc", {}, document.createTextNode(summary(SCENE))));
  drawPicture(svgPen(root));
  return new XMLSerializer().serializeToString(root);
}
function savePng() {
  const canvas = el("canvas", { width: WIDTH * 2.5, height: HEIGHT * 2.5 });
  const ctx = canvas.getContext("2d");
  ctx.scale(2.5, 2.5);
  drawPicture(canvasPen(ctx));
  canvas.toBlob((blob) => offer(blob, "png"), "image/png");
}
const saveSvg = () => offer(new Blob([pictureSvg()], { type: "image/svg+xml" }), "svg");
const saveCsv = () => offer(new Blob([tableCsv()], { type: "text/csv;charset=utf-8" }), "csv");
