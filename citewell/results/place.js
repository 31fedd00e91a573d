// Where a reader left the results to look into a source: coming back, by whatever way, shows that
// place again. Kept for the tab only.

import { reveal } from "./keys.js";

const KEY = "citewell-left";

/** Remember the item that holds what was pressed. */
export function leave(root, pressed, question) {
  const place = items(root).indexOf(pressed.closest(".cw-item"));
  if (place >= 0) sessionStorage.setItem(KEY, JSON.stringify({ question, place }));
}

/** Show the item that was left, if these are the results of the same question. */
export function returnTo(root, question) {
  const left = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  sessionStorage.removeItem(KEY);
  const item = left?.question === question ? items(root)[left.place] : undefined;
  if (item) reveal(item);
}

function items(root) {
  return [...root.querySelectorAll(".cw-item")];
}
