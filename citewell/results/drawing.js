// Draws what was found: the answer, how the studies point, and the passages by document.

import { element, link, unseen } from "./elements.js";
import { drawTimeline } from "./timeline.js";

/** All of it, in reading order. */
export function drawFindings(found) {
  return [
    element("h1", { class: "cw-question" }, found.question),
    found.notices.map((notice) => element("p", { class: "cw-notice" }, notice)),
    found.suggestion ? drawSuggestion(found.suggestion) : "",
    found.other ? drawOtherSide(found.other) : "",
    drawAnswer(found),
    found.evidence ? drawEvidence(found.evidence) : "",
    found.timeline ? drawTimeline(found.timeline) : "",
    found.unread ? drawUnread(found.unread) : "",
    element(
      "div",
      { class: "cw-heading" },
      element("h2", { class: "cw-label cw-results" }, found.heading),
      element("p", { class: "cw-taken" }),
    ),
    found.cards.map(drawCard),
  ].flat();
}

function drawSuggestion({ parts, ...way }) {
  const drawn = link(way);
  // Every second part is a word that was exchanged.
  drawn.replaceChildren(...parts.map((part, place) => (place % 2 ? element("strong", {}, part) : part)));
  return element("p", { class: "cw-suggestion" }, "Did you mean: ", drawn);
}

function drawAnswer({ quotes, nothing }) {
  if (nothing) {
    return element(
      "section",
      { class: "cw-answer" },
      element("h2", { class: "cw-quote" }, nothing.says),
      nothing.advice ? element("p", { class: "cw-note" }, nothing.advice) : "",
    );
  }
  return element(
    "section",
    { class: "cw-answer" },
    element("h2", { class: "cw-label" }, "In the words of the library"),
    element("ol", {}, quotes.map(drawQuote)),
    element(
      "p",
      { class: "cw-note" },
      "Quoted word for word, each from another document. The number leads to the passage below.",
    ),
    quotes.length > 1 ? drawCollectAll(quotes) : "",
  );
}

function drawOtherSide({ lead, quotes, note }) {
  return element(
    "section",
    { class: "cw-answer cw-other-side" },
    element("h2", { class: "cw-label" }, "The other side"),
    element("p", { class: "cw-lead" }, lead),
    quotes.length ? element("ol", {}, quotes.map(drawQuote)) : "",
    element("p", { class: "cw-note" }, note),
  );
}

function drawQuote(quote) {
  // What stands on the other side need not be among the passages.
  const number = quote.rank
    ? element("a", { href: `#passage-${quote.rank}`, class: "cw-number" }, `[${quote.rank}]`)
    : "";
  const name = quote.rank ? `quote ${quote.rank}` : "quote";
  return element(
    "li",
    { class: "cw-item", tabindex: "-1", "data-item": quote.id, "aria-label": name },
    element("p", { class: "cw-quote" }, `\u201c${quote.text}\u201d `, number),
    element(
      "p",
      { class: "cw-source" },
      quote.points ? [element("strong", {}, quote.points), " \u00b7 "] : "",
      link(quote.source),
      ` \u00b7 ${[quote.title, quote.kind].filter(Boolean).join(" \u00b7 ")} `,
      drawCollect(quote.id, name),
    ),
  );
}

function drawEvidence({ lines, counted, votes, note }) {
  const head = ["Points to", "Sentence and source", "Kind of study"];
  return element(
    "section",
    { class: "cw-evidence" },
    element("h2", { class: "cw-label" }, "How the studies here point"),
    element("ul", {}, lines.map((line) => element("li", {}, line))),
    element(
      "details",
      {},
      element("summary", {}, counted),
      element(
        "div",
        { class: "cw-scroll", tabindex: "0", role: "group", "aria-label": "Votes of the studies" },
        element(
          "table",
          { class: "cw-table" },
          element("thead", {}, element("tr", {}, head.map((name) => element("th", { scope: "col" }, name)))),
          element("tbody", {}, votes.map(drawVote)),
        ),
      ),
    ),
    element("p", { class: "cw-note" }, note),
  );
}

function drawVote({ points, sentence, source, kinds, correct }) {
  const stated = kinds.map((kind) => element("span", { title: kind.sentence }, kind.text));
  return element(
    "tr",
    {},
    element("td", { class: "cw-short" }, points),
    element("td", {}, `\u201c${sentence}\u201d`, element("br", {}), link(source)),
    element("td", {}, stated.flatMap((kind) => [kind, element("br", {})]), link(correct)),
  );
}

function drawUnread({ says, way }) {
  return element("p", { class: "cw-note" }, `${says} `, link(way));
}

function drawCard({ title, about, passages, also, reference, address }) {
  const others = also.flatMap((other, place) => [place ? ", " : "", link(other)]);
  return element(
    "article",
    { class: "cw-card" },
    element("h3", {}, link(title)),
    element("p", { class: "cw-meta" }, about),
    passages.map(drawPassage),
    others.length ? element("p", { class: "cw-note" }, "Also in: ", others) : "",
    // On paper a link is of no use: there the reference is written out.
    element("p", { class: "cw-reference" }, reference, address ? ` ${address}` : ""),
  );
}

function drawPassage(passage) {
  const [before, marked, after] = passage.parts;
  const score = passage.score.toFixed(2);
  const bar = element("span", { class: "cw-bar", "aria-hidden": "true" }, element("span", {}));
  bar.firstChild.style.width = `${Math.round(100 * Math.max(0, Math.min(1, passage.score)))}%`;
  const name = `passage ${passage.rank}`;
  return element(
    "div",
    {
      class: "cw-passage cw-item",
      id: `passage-${passage.rank}`,
      tabindex: "-1",
      role: "group",
      "aria-label": name,
      "data-item": passage.id,
    },
    element(
      "p",
      { class: "cw-where" },
      element("span", { class: "cw-number" }, `[${passage.rank}]`),
      element("span", {}, passage.where),
      element(
        "span",
        { class: "cw-score", title: "How well the passage fits, from 0 to 1" },
        bar,
        `score ${score}`,
      ),
    ),
    element(
      "p",
      { class: "cw-text" },
      before,
      marked ? element("mark", { class: "cw-mark" }, marked) : "",
      after,
    ),
    element(
      "p",
      { class: "cw-do" },
      element("span", { class: "cw-open" }, link(passage.open)),
      drawCollect(passage.id, name),
    ),
  );
}

function drawCollect(id, name) {
  const label = element("span", {}, "Collect");
  return element("button", { type: "button", class: "cw-collect", "data-items": id }, label, unseen(` ${name}`));
}

function drawCollectAll(quotes) {
  const label = element("span", {}, "Collect");
  const ids = quotes.map((quote) => quote.id).join(" ");
  return element(
    "p",
    { class: "cw-do" },
    element("button", { type: "button", class: "cw-collect", "data-items": ids }, label, ` all ${quotes.length}`),
    element("span", { class: "cw-taken" }),
  );
}
