import { OutboxState } from "./elements/outbox-state.js";
import { SavedCopy, savePages } from "./elements/saved-copy.js";
import { takeForms } from "./entering.js";

/** Defines custom elements under the names of their classes: SetDock becomes <set-dock>. */
export function define(...elements) {
  for (const element of elements) {
    customElements.define(element.name.replace(/\B[A-Z]/g, "-$&").toLowerCase(), element);
  }
}

define(OutboxState, SavedCopy);
takeForms();
savePages();
