import { gridOf, retarget, typed } from "../weights.js";

/** Around the sets of an exercise: who types another weight sees the reps that it means, until they type reps themselves. */
export class ExpectedReps extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", this);
  }

  handleEvent({ target }) {
    const { weight, reps } = target.form.elements;
    if (target === reps) reps.dataset.typed = "";
    const grid = gridOf(this.dataset.grid);
    if (target !== weight || "typed" in reps.dataset || !grid) return;
    const [planned, picked, asked] = [weight.defaultValue, weight.value, reps.defaultValue].map(typed);
    if (Number.isNaN(planned + picked + asked)) return;
    const expected = retarget(asked, planned, picked, grid, this.closest("workout-session").dataset);
    reps.value = expected ?? "";
    target.form.querySelector("output").textContent = expected ? `Aim for ${expected}.` : "";
  }
}
