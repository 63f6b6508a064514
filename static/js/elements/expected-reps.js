import { expectReps, isLogged } from "../set-rows.js";
import { typed } from "../numbers.js";
import { gridOf } from "../weights.js";

/** Stands around the sets of an exercise. Shows the reps to expect at a weight typed in an open row, until reps are typed. */
export class ExpectedReps extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", this);
  }

  handleEvent({ target }) {
    if (isLogged(target.form)) return;
    const { weight, reps } = target.form.elements;
    if (target === reps) reps.dataset.typed = "";
    const grid = gridOf(this.dataset.grid);
    if (target === weight && grid && !("typed" in reps.dataset)) expectReps(target.form, typed(weight.value), grid, "value");
  }
}
