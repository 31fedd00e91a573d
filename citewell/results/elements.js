// Elements of the page. What a document says becomes text, never HTML: nothing here parses any.

/** An element with attributes; children that are strings become text, empty ones nothing. */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.flat().filter((child) => child !== "" && child != null));
  return made;
}

/** A link; one that leads elsewhere opens in a tab of its own, and tells nothing of this page. */
export function link({ href, text, elsewhere }) {
  const { protocol } = new URL(href, document.baseURI);
  if (protocol !== "http:" && protocol !== "https:") return element("span", {}, text);
  const where = elsewhere ? { target: "_blank", rel: "noopener noreferrer" } : { target: "_self" };
  return element("a", { href, ...where }, text);
}

/** Text for those who hear the page, not for those who see it. */
export function unseen(text) {
  return element("span", { class: "cw-unseen" }, text);
}
