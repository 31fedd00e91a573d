// The small window that says which keys there are, and switches them off.

import { element } from "./elements.js";
import { areKeysOn, switchKeys } from "./keys.js";

const KEYS = [
  [["/"], "write a question"],
  [["\u2193", "j"], "next quote or passage"],
  [["\u2191", "k"], "previous quote or passage"],
  [["Enter"], "open its source at the place"],
  [["c"], "collect it"],
  [["?"], "show these keys"],
];

/** A dialog, closed. */
export function drawHelp() {
  const rows = KEYS.flatMap(([keys, does]) => [
    element("dt", {}, keys.flatMap((key, place) => [place ? " or " : "", element("kbd", {}, key)])),
    element("dd", {}, does),
  ]);
  const on = element("input", { type: "checkbox" });
  on.checked = areKeysOn();
  on.addEventListener("change", () => switchKeys(on.checked));
  const close = element("button", { type: "button", class: "cw-button" }, "Close");
  const dialog = element(
    "dialog",
    { class: "cw-help", "aria-label": "Keyboard shortcuts" },
    element("h2", { class: "cw-label" }, "Keyboard shortcuts"),
    element("dl", {}, rows),
    element("label", {}, on, " Use these keys"),
    close,
  );
  close.addEventListener("click", () => dialog.close());
  return dialog;
}
