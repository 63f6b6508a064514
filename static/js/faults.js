/** Says in the row of a set what is wrong with its numbers, in the words and places of the server, until it is mended. */

import { make } from "./drawing-parts.js";
import { isHold, say } from "./set-rows.js";

const watched = new Map(); // by row, what finds its faults

/** Shows the faults of a row now and whenever it changes. `faultsOf(row)`: [field, code] of each. */
export function showFaults(row, faultsOf) {
  watched.set(row, faultsOf);
  show(row);
}

for (const type of ["input", "drawn"]) document.addEventListener(type, () => [...watched.keys()].forEach(show));

function show(row) {
  const faults = watched.get(row)(row);
  if (!faults.length) watched.delete(row);
  for (const field of row.querySelectorAll(".set-row__input")) {
    const { name } = field;
    const counted = name === "reps" && isHold(row) ? "seconds" : name;
    const words = faults.filter(([of]) => of === name).map(([, code]) => say(`${counted}_${code}`)).join(" ");
    const id = row.id.replace("set", name);
    const line = row.querySelector(`#${id}`) ?? Object.assign(make("span", "field__error"), { id, role: "status" });
    if (words) {
      if (!line.isConnected) row.querySelector(".set-row__said").append(line, " ");
      field.setAttribute("aria-invalid", true);
      field.setAttribute("aria-describedby", id);
      if (line.textContent !== words) line.textContent = words;
    } else if (line.isConnected) {
      line.remove();
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
    }
  }
}
