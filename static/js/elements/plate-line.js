import { typed } from "../numbers.js";
import { plateChange, plateSides } from "../plates.js";

/** Shows the plates on each side of the bar for the weight of a row, and the changes since the set before. */
export class PlateLine extends HTMLElement {
  connectedCallback() {
    this.closest("set-dock").show?.(); // it could not show any plates yet
  }

  show(row, card, rows) {
    this.textContent = card.dataset.bar ? this.#words(row, card, rows) : "";
  }

  #words(row, card, rows) {
    const { side, bare, off, on, short } = this.dataset;
    const put = (words, plates) => plates.length && words.replace("{}", plates.join(" + "));
    const bar = Number(card.dataset.bar);
    const plates = JSON.parse(card.dataset.plates);
    const weight = typed(row.elements.weight.value);
    const here = Number.isNaN(weight) ? null : plateSides(weight, bar, plates);
    if (!here) return "";
    if (here.short) return put(short, [`${here.short} ${row.elements.unit.value}`]);
    const before = rows[rows.indexOf(row) - 1];
    const known = before?.closest(".card") === card && plateSides(typed(before.elements.weight.value), bar, plates);
    const words = put(side, here.side) || bare;
    if (!known) return words;
    const change = plateChange(known.side, here.side);
    const changes = [put(off, change.off), put(on, change.on)].filter(Boolean);
    return changes.length ? `${words}: ${changes.join(", ")}` : words;
  }
}
