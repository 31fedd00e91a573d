// What was found for a question, and how it is used. Streamlit calls the function below whenever
// the data change: what was found is then drawn anew, and what was collected is only marked, so
// that the focus stays where it is.

import { drawFindings } from "./drawing.js";
import { element, link, unseen } from "./elements.js";
import { drawHelp } from "./help.js";
import { listen, reveal } from "./keys.js";
import { leave, returnTo } from "./place.js";

const views = new WeakMap();

export default function show({ data, parentElement, setTriggerValue }) {
  if (!views.has(parentElement)) views.set(parentElement, new View(parentElement));
  const view = views.get(parentElement);
  view.send = (ids) => setTriggerValue("collect", ids);
  view.update(data);
  return () => {
    views.delete(parentElement);
    view.end();
  };
}

class View {
  constructor(parent) {
    this.drawn = "null";
    // Pressed, and not yet known to be in the collection.
    this.pending = new Set();
    this.findings = element("div", { class: "cw-findings" });
    this.keys = element("button", { type: "button", class: "cw-keys" }, "Keyboard shortcuts");
    this.help = drawHelp();
    this.problem = element("p", { class: "cw-problem", role: "alert" });
    this.status = unseen("");
    this.status.setAttribute("role", "status");
    const root = element(
      "div",
      { class: "cw-found" },
      this.findings,
      this.keys,
      this.help,
      this.problem,
      this.status,
    );
    this.keys.addEventListener("click", () => this.help.showModal());
    root.addEventListener("click", (event) => this.click(event));
    parent.append(root);
    this.end = listen(root, {
      collect: (id) => this.collect([id]),
      help: () => this.help.showModal(),
    });
  }

  /** Draw what is new. */
  update(data) {
    const drawn = JSON.stringify(data?.findings ?? null);
    if (drawn !== this.drawn) {
      this.drawn = drawn;
      this.pending.clear();
      this.findings.replaceChildren(...(data ? drawFindings(data.findings) : []));
      this.status.textContent = data?.findings.heading ?? "";
      if (data) returnTo(this.findings, data.findings.question);
    }
    this.keys.hidden = !data;
    if (data) this.mark(data);
  }

  /** Say at each button whether its passage is collected. */
  mark({ held, collection, problem }) {
    const isHeld = new Set(held);
    for (const id of this.pending) {
      if (isHeld.has(id)) this.status.textContent = `Collected into ${collection}`;
      if (isHeld.has(id) || problem) this.pending.delete(id);
    }
    this.problem.textContent = problem;
    for (const button of this.findings.querySelectorAll(".cw-collect")) {
      const missing = itemsOf(button).filter((id) => !isHeld.has(id));
      const isPending = missing.length > 0 && missing.every((id) => this.pending.has(id));
      // Not `disabled`, which would take the focus away.
      button.setAttribute("aria-disabled", String(isPending || missing.length === 0));
      button.firstChild.textContent =
        missing.length === 0 ? "Collected" : isPending ? "Collecting\u2026" : "Collect";
    }
    for (const place of this.findings.querySelectorAll(".cw-taken")) {
      place.replaceChildren(held.length ? drawWay(collection) : "");
    }
    this.known = { held, collection, problem };
  }

  collect(ids) {
    const missing = ids.filter((id) => !this.pending.has(id) && !this.known.held.includes(id));
    if (missing.length === 0) return;
    for (const id of missing) this.pending.add(id);
    // All that is pending: of two messages in a row the server may only see the last.
    this.send([...this.pending]);
    this.mark({ ...this.known, problem: "" });
  }

  click({ target, ctrlKey, metaKey, shiftKey }) {
    const opensBeside = ctrlKey || metaKey || shiftKey;
    const button = target.closest(".cw-collect");
    if (button) this.collect(itemsOf(button));
    if (target.closest("a[target=_self]") && !opensBeside) {
      leave(this.findings, target, JSON.parse(this.drawn).question);
    }
    const number = target.closest("a.cw-number");
    const passage = number && document.getElementById(number.hash.slice(1));
    if (passage) {
      reveal(passage);
      // Away and back, so that a second press shows it as well.
      passage.classList.remove("cw-flash");
      requestAnimationFrame(() => passage.classList.add("cw-flash"));
    }
  }
}

/** Ids of what a button collects. */
function itemsOf(button) {
  return button.dataset.items.split(" ");
}

/** The way to what was collected: there slides and references are made of it. */
function drawWay(collection) {
  const href = `collection?${new URLSearchParams({ collection })}`;
  return link({ href, text: `Open ${collection}` });
}
