// Draws when the documents found are from, by kind of study: a picture of links, and a table.

import { element, link } from "./elements.js";

export function drawTimeline({ says, rows, ticks, undated, note }) {
  const picture = element(
    "div",
    { class: "cw-time" },
    rows.map(drawRow),
    rows.length ? element("div", { class: "cw-time-row" }, element("span", {}), drawTicks(ticks)) : "",
  );
  const missing = undated.flatMap((mark) => [" ", drawLink(mark)]);
  return element(
    "details",
    { class: "cw-timeline" },
    element("summary", {}, says),
    picture,
    undated.length ? element("p", { class: "cw-note" }, "Without a date:", missing) : "",
    element("p", { class: "cw-note" }, note),
    drawTable([...rows.flatMap((row) => row.marks), ...undated]),
  );
}

function drawRow({ kind, levels, marks }) {
  const track = element("span", { class: "cw-track" }, marks.map(drawMark));
  track.style.setProperty("--cw-levels", levels);
  return element("div", { class: "cw-time-row" }, element("span", { class: "cw-kind" }, kind), track);
}

function drawMark(mark) {
  const made = drawLink(mark);
  made.style.setProperty("--cw-at", mark.at);
  made.style.setProperty("--cw-level", mark.level);
  return made;
}

function drawLink({ rank, name }) {
  return element("a", { href: `#passage-${rank}`, class: "cw-time-mark", title: name, "aria-label": name }, `${rank}`);
}

function drawTicks(ticks) {
  const drawn = ticks.map(({ label, at }) => {
    const tick = element("span", {}, label);
    tick.style.setProperty("--cw-at", at);
    return tick;
  });
  return element("span", { class: "cw-track cw-ticks", "aria-hidden": "true" }, drawn);
}

function drawTable(marks) {
  const rows = marks.map(({ date, kind, source, rank }) =>
    element(
      "tr",
      {},
      element("td", { class: "cw-short" }, date),
      element("td", {}, kind),
      element("td", {}, link(source), ` [${rank}]`),
    ),
  );
  const heads = ["Date", "Kind of study", "Document"].map((head) => element("th", {}, head));
  return element(
    "details",
    {},
    element("summary", {}, "As a table"),
    element(
      "table",
      { class: "cw-table" },
      element("thead", {}, element("tr", {}, heads)),
      element("tbody", {}, rows),
    ),
  );
}
