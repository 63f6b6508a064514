import { typed } from "../numbers.js";

/** Updates the sets and minutes of a plan's day, and the week's sets of each muscle, while numbers are typed. Warnings
 * come from the server after saving. */
customElements.define(
  "plan-sums",
  class extends HTMLElement {
    connectedCallback() {
      document.oninput = () => {
        const here = {};
        let all = 0;
        let seconds = 0;
        for (const { value, dataset } of document.getElementsByName("target_sets")) {
          const { muscle, start, each } = dataset;
          const sets = typed(value) || 0;
          here[muscle] = (here[muscle] ?? 0) + sets;
          all += sets;
          seconds += sets && +start + sets * each;
        }
        const { words, step } = this.dataset; // minutes; the total is rounded to it, and is one step at least
        const minutes = seconds && step * Math.max(1, Math.round(seconds / 60 / step));
        this.textContent = words.replace("{sets}", all).replace("{minutes}", minutes);
        for (const { dataset, children } of document.querySelectorAll("[data-mrv]")) {
          const sets = +dataset.elsewhere + (here[dataset.muscle] ?? 0);
          children[2].textContent = sets;
          children[3].children[1].setAttribute("width", sets);
          dataset.over = (sets >= dataset.mev) + (sets > dataset.mav) + (sets > dataset.mrv);
        }
      };
    }
  },
);
