import { namesOf } from "../set-rows.js";

/** Asks after the first set of an exercise how many more reps there were: one tap, until the next set is logged. */
export class RirChips extends HTMLElement {
  #row = null;
  #isOff = false; // whether the lifter said so just now, which can be taken back here

  connectedCallback() {
    this.addEventListener("click", this);
    this.closest("set-dock").show?.(); // it could not ask yet
  }

  /** Asks about a logged row; null: about none. */
  show(row) {
    const { asks } = document.querySelector("#rir-question")?.dataset ?? {};
    if (row?.id !== this.#row?.id) this.#isOff = false;
    this.#row = row;
    this.hidden = !row || (asks === undefined && !this.#isOff);
    if (this.hidden) return;
    this.classList.toggle("rir-chips--off", asks === undefined);
    const [exercise, set] = namesOf(row);
    this.querySelector("[data-part=set]").textContent = set;
    const name = this.querySelector("[data-part=exercise]");
    name.firstChild.textContent = exercise;
    name.classList.toggle("unseen", this.closest("set-dock").row?.closest(".card") === row.closest(".card"));
    const said = row.elements.rir.value;
    for (const chip of this.#chips) chip.ariaPressed = said !== "" && chip.value === String(Math.min(said, this.#chips.length - 1));
  }

  get #chips() {
    return [...this.querySelectorAll("[type=button]")];
  }

  handleEvent({ target }) {
    const button = target.closest("button");
    if (button?.name) this.#isOff = true;
    if (button?.type !== "button") return;
    const { rir } = this.#row.elements;
    rir.value = button.ariaPressed === "true" ? "" : button.value;
    for (const type of ["input", "change"]) rir.dispatchEvent(new Event(type, { bubbles: true }));
    this.show(this.#row);
  }
}
