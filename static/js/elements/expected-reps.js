import { retarget } from "../retarget.js";

/** Around the sets of an exercise: who types another weight sees the reps that it means, until they type reps themselves. */
export class ExpectedReps extends HTMLElement {
  connectedCallback() {
    if (!this.dataset.grid) return;
    const { kind, step, explicit, body } = JSON.parse(this.dataset.grid);
    const number = (text) => (text === null ? null : Number(text));
    this.grid = { kind, step: number(step), explicit: explicit.map(Number), body: number(body) };
    this.addEventListener("input", this);
  }

  handleEvent({ target }) {
    const { weight, reps } = target.form?.elements ?? {};
    if (target === reps) reps.dataset.typed = "";
    if (target !== weight || "typed" in reps.dataset) return;
    const [planned, picked, asked] = [weight.defaultValue, weight.value, reps.defaultValue].map(typed);
    if (![planned, picked, asked].every(Number.isFinite)) return;
    const expected = retarget(asked, planned, picked, this.grid);
    reps.value = expected ?? "";
    const aim = target.form.querySelector(".set-row__aim");
    if (aim) aim.textContent = expected === null ? "" : `Aim for ${expected}.`;
  }
}

/** A weight or a count as people type it, with a point or a comma; NaN where it is neither. */
function typed(text) {
  const digits = text.trim().replace(",", ".");
  return /^\d+(\.\d+)?$/.test(digits) ? Number(digits) : NaN;
}
