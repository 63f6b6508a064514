/**
 * Drafts: what was typed on a workout page and not entered yet. They lie in localStorage, which writes at once; a page
 * that is being left has no time for more. So a set that was not logged comes back with its page. A note or the RIR of a
 * logged set, which need no tap to count, is sent from the next page that the lifter opens.
 */

import { lasting } from "./store.js";

const KEPT = 14 * 24 * 3600e3; // ms; after that, the lifter does not want the draft any more

function read() {
  try {
    return JSON.parse(lasting.read("drafts") ?? "{}");
  } catch {
    return {}; // the value is not ours
  }
}

function write(change) {
  const all = read();
  change(all);
  for (const [key, { at }] of Object.entries(all)) if (at < Date.now() - KEPT) delete all[key];
  lasting.write("drafts", JSON.stringify(all));
}

/** Keeps a draft {user, address, session, label, fields (typed values by name), body (the part to send, or null)}. */
export function keepDraft({ user, address, session, label, fields, body }) {
  write((all) => {
    const key = `${user} ${address}`;
    if (Object.keys(fields).length) all[key] = { user, address, session, label, fields, body, at: Date.now() };
    else delete all[key];
  });
}

export const draftsOf = (user) => Object.values(read()).filter((draft) => draft.user === user);
