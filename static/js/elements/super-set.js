import { isLogged, rowsOf, rulesOf } from "../set-rows.js";
import { turn } from "../supersets.js";

/** A superset: exercises that are done in turn. The rest is short within a round; after it the longest of theirs comes. */
export class SuperSet extends HTMLElement {
  /** Returns {row, rest}: the set after that of `row` (undefined: none is left), and the seconds of rest before it. */
  goOn(row) {
    const cards = [...this.querySelectorAll(".workout-card")];
    const isToDo = (one) => one !== row && !isLogged(one) && !("entered" in one.dataset);
    const next = cards.map((card) => rowsOf(card).find(isToDo));
    // A row that continues a set follows it.
    const rounds = next.map((one) => (one ? ("extends" in one.dataset ? 0 : roundOf(one)) : null));
    const place = turn(rounds, cards.indexOf(row.closest(".workout-card")));
    const isWithin = place !== undefined && rounds[place] <= roundOf(row);
    const rest = isWithin ? rulesOf(this).supersetRest : Math.max(...cards.map(({ dataset }) => dataset.rest));
    return { row: next[place], rest };
  }
}

/** Returns which working set of its exercise the set of a row is or continues: 1, 2, 3... */
function roundOf(row) {
  const rows = rowsOf(row.closest(".card"));
  return rows.slice(0, rows.indexOf(row) + 1).filter(({ dataset }) => !("extends" in dataset)).length;
}
