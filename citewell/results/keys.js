// The keys of the ask page. They can be switched off (WCAG 2.1.4), and never act while one types.

const FIELD = "input, textarea, select, [contenteditable=true]";
const OFF = "citewell-keys-off";

/** Whether the reader wants single keys to act. */
export function areKeysOn() {
  return localStorage.getItem(OFF) === null;
}

export function switchKeys(isOn) {
  if (isOn) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "yes");
}

/**
 * Let keys act on the results below an element.
 *
 * @param {HTMLElement} root - holds the results, each with the class `cw-item`.
 * @param {{collect: (id: string) => void, help: () => void}} does - what keys do besides moving.
 * @returns {() => void} ends it.
 */
export function listen(root, does) {
  const press = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!areKeysOn() || root.querySelector("dialog[open]")) return;
    if (!act(event, root, does)) return;
    event.preventDefault();
    // Streamlit has keys of its own.
    event.stopImmediatePropagation();
  };
  window.addEventListener("keydown", press, true);
  return () => window.removeEventListener("keydown", press, true);
}

/** Do what a key asks for; false where it asks for nothing of ours. */
function act({ key, target }, root, { collect, help }) {
  if (target.closest(FIELD)) {
    return key === "ArrowDown" && target === questionField() && moveFocus(root, 1);
  }
  if (key === "/") return focusQuestion();
  if (key === "?") return help() ?? true;
  // Arrows mean something else to a list of choices or a tab elsewhere on the page.
  if (!root.contains(target) && !target.contains(root)) return false;
  const item = target.closest(".cw-item");
  switch (key) {
    case "ArrowDown":
      return !goesOn(item, 1) && moveFocus(root, 1);
    case "ArrowUp":
      return !goesOn(item, -1) && moveFocus(root, -1);
    case "j":
      return moveFocus(root, 1);
    case "k":
      return moveFocus(root, -1);
    case "c":
      return item !== null && (collect(item.dataset.item) ?? true);
    case "Enter":
      return target === item && (item.querySelector(".cw-open a, .cw-source a").click() ?? true);
    default:
      return false;
  }
}

function questionField() {
  return document.querySelector("input[aria-label=Question]");
}

function focusQuestion() {
  const field = questionField();
  field?.focus();
  field?.select();
  return field !== null;
}

/** Whether a passage goes on beyond the window, so that an arrow should scroll it. */
function goesOn(item, direction) {
  if (!item) return false;
  const { top, bottom } = item.getBoundingClientRect();
  return direction > 0 ? bottom > window.innerHeight : top < 0;
}

function moveFocus(root, direction) {
  const items = [...root.querySelectorAll(".cw-item")];
  const here = items.indexOf(document.activeElement.closest(".cw-item"));
  const next = items[here < 0 && direction < 0 ? -1 : here + direction];
  if (next) reveal(next);
  return next !== undefined;
}

/** Focus an item and bring it into view. */
export function reveal(item) {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest", behavior: isCalm ? "auto" : "smooth" });
}
