import { asStored, typed } from "../numbers.js";
import { ofTab } from "../store.js";
import { warmUps } from "../warming-up.js";
import { gridOf } from "../weights.js";

/**
 * Warm-up sets to tick off. Only this page remembers the ticks, until it is closed; they are not sent. Where the plan names
 * no weight (`data-climb`), they lead to that of the first row.
 */
export class WarmUps extends HTMLElement {
  connectedCallback() {
    for (const type of ["input", "drawn"]) document.addEventListener(type, this);
    this.onchange = () => this.#keep();
    this.#climb();
    this.#tick();
  }

  disconnectedCallback() {
    for (const type of ["input", "drawn"]) document.removeEventListener(type, this);
  }

  handleEvent() {
    this.#climb();
  }

  #climb() {
    const { climb } = this.dataset;
    const first = this.closest(".card").querySelector("expected-reps");
    if (!climb || !first.querySelector(".set-row")) return;
    const steps = warmUps(typed(asStored(first.querySelector("[name=weight]").value)), gridOf(first.dataset.grid), JSON.parse(climb));
    const words = steps.map(([weight, reps]) => `${weight} × ${reps}`);
    const labels = [...this.querySelectorAll("label")];
    if (labels.map((label) => label.textContent).join() === words.join()) return;
    labels.forEach((label) => label.remove());
    this.append(...words.map(rung));
    this.#tick();
  }

  get #boxes() {
    return [...this.querySelectorAll("input")];
  }

  /** Ticks what was ticked before. The first tick of all was made before this element knew of it. */
  #tick() {
    const ticks = ticksHere()[this.closest(".card").id] ?? "";
    this.#boxes.forEach((box, place) => (box.checked ||= ticks[place] === "1"));
    if (this.#boxes.some((box) => box.checked)) this.#keep();
  }

  #keep() {
    const ticks = this.#boxes.map((box) => +box.checked).join("");
    ofTab.write(location.pathname, JSON.stringify({ ...ticksHere(), [this.closest(".card").id]: ticks }));
  }
}

const ticksHere = () => JSON.parse(ofTab.read(location.pathname) ?? "{}"); // by card, "10": the first of two is ticked

function rung(words) {
  const label = Object.assign(document.createElement("label"), { className: "warm-ups__set" });
  label.append(Object.assign(document.createElement("input"), { type: "checkbox", className: "chip__radio" }), words);
  return label;
}
