/** What the lifter decides about an entry that needs them: to send it again, or as it was meant, or to let it go. */

import { enterEntry } from "./entering.js";
import { dismiss, doneOf, entriesOf, flush, mark, remove, tell } from "./outbox.js";
import { formAt, mean } from "./set-rows.js";

/** `does`: the button of `report` (drawing-parts.js) that was tapped; `key`: the entry's. */
export async function decide(root, does, key) {
  const isStored = does === "mine" || does === "dismiss";
  const { user: here } = document.documentElement.dataset;
  const entry = (await (isStored ? doneOf : entriesOf)(here)).find((one) => one.key === key);
  if (!entry) return;
  if (does === "change") return formAt(root, entry.address).elements.weight.focus();
  if (does === "yes") {
    mean(entry);
    await mark(key, entry.version, { not_before: undefined });
  }
  if (does === "again") await mark(key, entry.version, { state: "kept", words: undefined });
  if (does === "discard") await remove(key, entry.version);
  if (isStored) await dismiss(key);
  const { user, address, session, body, label } = entry;
  if (does === "mine") await enterEntry({ user, address, session, body, label });
  tell({ type: "kept", key });
  if (does === "again" || does === "yes") flush().catch(() => {});
}
