import { plateChange, plateSides, typed } from "../weights.js";

/** Which plates go on each side for the weight of a row, and what changes from the set before it. */
export class PlateLine extends HTMLElement {
  show(row, card, rows) {
    const target = card.querySelector(".why__target")?.textContent ?? "";
    this.textContent = card.dataset.bar ? this.#words(row, card, rows) : target.replace(/^.*· /, "Target ");
  }

  #words(row, card, rows) {
    const bar = Number(card.dataset.bar);
    const plates = JSON.parse(card.dataset.plates);
    const weight = typed(row.elements.weight.value);
    const here = Number.isNaN(weight) ? null : plateSides(weight, bar, plates);
    if (!here) return "";
    if (here.short) return `No plates for it: ${here.short} ${row.elements.unit.value} short`;
    const before = rows[rows.indexOf(row) - 1];
    const known = before?.closest(".card") === card && plateSides(typed(before.elements.weight.value), bar, plates);
    const side = here.side.length ? `${here.side.join(" + ")} a side` : "Bar alone";
    if (!known) return side;
    const { off, on } = plateChange(known.side, here.side);
    const change = [off.length && `take off ${off.join(" + ")}`, on.length && `add ${on.join(" + ")}`].filter(Boolean);
    return change.length ? `${side}: ${change.join(", ")}` : side;
  }
}
