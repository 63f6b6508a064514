import { retarget } from "../retarget.js";
import { typed } from "../weights.js";

/** Around the sets of an exercise: who types another weight sees the reps that it means, until they type reps themselves. */
export class ExpectedReps extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", this);
  }

  /** The weights there are, as numbers; null: nobody knows. */
  get grid() {
    if (!this.dataset.grid) return null;
    const { kind, step, min, explicit, body } = JSON.parse(this.dataset.grid);
    const number = (text) => (text === null ? null : Number(text));
    return { kind, step: number(step), min: Number(min ?? 0), explicit: explicit.map(Number), body: number(body) };
  }

  handleEvent({ target }) {
    const { weight, reps } = target.form?.elements ?? {};
    if (target === reps) reps.dataset.typed = "";
    const { grid } = this;
    if (target !== weight || "typed" in reps.dataset || !grid) return;
    const [planned, picked, asked] = [weight.defaultValue, weight.value, reps.defaultValue].map(typed);
    if (![planned, picked, asked].every(Number.isFinite)) return;
    const expected = retarget(asked, planned, picked, grid);
    reps.value = expected ?? "";
    const aim = target.form.querySelector(".set-row__aim");
    if (aim) aim.textContent = expected === null ? "" : `Aim for ${expected}.`;
  }
}
