import { takeForms } from "./entering.js";

/** Defines custom elements under the names of their classes: SetDock becomes <set-dock>. */
export function define(...elements) {
  for (const element of elements) {
    customElements.define(element.name.replace(/\B[A-Z]/g, "-$&").toLowerCase(), element);
  }
}

takeForms();
addEventListener("load", () => showState().catch(() => {})); // no signal, and no worker

/** Shows what waits on this phone, and saves pages: later than what the page is for. */
async function showState() {
  const parts = [import("./elements/outbox-state.js"), import("./elements/saved-copy.js")];
  const [{ OutboxState }, { SavedCopy, savePages }] = await Promise.all(parts);
  define(OutboxState, SavedCopy);
  savePages();
}
