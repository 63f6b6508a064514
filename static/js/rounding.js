/** Says at its row that a weight was typed with more decimals than are stored. */
import { formAt } from "./drawing.js";
import { asStored } from "./numbers.js";
import { say } from "./set-rows.js";

const rounded = new Map(); // by address of such a set, its weight as stored; for as long as the page is open

/** Returns an entry with its weight as the server stores it. A refused one stays as it was typed. */
export function withStoredWeight(entry) {
  const { address, body, state } = entry;
  if (state === "refused" || !/sets\/\d+\/$/.test(address)) return entry;
  const weight = asStored(body.weight ?? "");
  if (weight === body.weight) rounded.delete(address);
  else rounded.set(address, weight);
  return { ...entry, body: { ...body, weight } };
}

export function sayRounded(root) {
  for (const [address, weight] of rounded) {
    const row = formAt(root, address);
    if (!row?.matches(".set-row--done") || row.elements.weight.defaultValue !== weight) continue;
    const line = document.createElement("span");
    line.className = "set-row__rounded";
    line.textContent = say("rounded", { weight, unit: row.elements.unit.value });
    row.querySelector(".set-row__hint").after(line, " ");
  }
}
