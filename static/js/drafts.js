/**
 * What was typed on a workout page and not entered yet. It lies in localStorage, since that is written at once: a page
 * that is left has no time for more. So a set that was not logged comes back with its page, and what needs no tap to
 * be true (a note, the RIR of a logged set) is sent from wherever its lifter goes on.
 */

const KEPT = 14 * 24 * 3600e3; // ms; whoever has not come back to a draft by then does not want it

function read() {
  try {
    return JSON.parse(localStorage.drafts ?? "{}");
  } catch {
    return {}; // forbidden, or not ours
  }
}

function write(change) {
  const all = read();
  change(all);
  for (const [key, { at }] of Object.entries(all)) if (at < Date.now() - KEPT) delete all[key];
  try {
    localStorage.drafts = JSON.stringify(all);
  } catch {
    // Forbidden or full: the draft lives as long as its page.
  }
}

/** Keeps a draft {user, address, session, label, fields (typed, by name), body (what is sent of it, or null)}. */
export function keepDraft({ user, address, session, label, fields, body }) {
  write((all) => {
    const key = `${user} ${address}`;
    if (Object.keys(fields).length) all[key] = { user, address, session, label, fields, body, at: Date.now() };
    else delete all[key];
  });
}

export const draftsOf = (user) => Object.values(read()).filter((draft) => draft.user === user);
