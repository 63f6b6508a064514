/**
 * Small texts that the browser keeps beside the outbox. Where it forbids that, or has no room, they live as long as their
 * page.
 */

class Store {
  #area;
  #here = new Map(); // what the browser did not take

  constructor(area) {
    this.#area = area;
  }

  /** Returns the text under `key`; undefined where there is none. */
  read(key) {
    if (this.#here.has(key)) return this.#here.get(key);
    try {
      return self[this.#area].getItem(key) ?? undefined;
    } catch {
      return undefined;
    }
  }

  write(key, text) {
    this.#here.delete(key);
    try {
      self[this.#area].setItem(key, text);
    } catch {
      this.#here.set(key, text);
    }
  }
}

export const lasting = new Store("localStorage");
export const ofTab = new Store("sessionStorage");

// Drafts: what was typed on a workout page and not entered yet. They lie in localStorage, which writes at once; a page that
// is being left has no time for more. So a set that was not logged comes back with its page. A note or the RIR of a logged
// set, which need no tap to count, is sent from the next page that the lifter opens.

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

/** Waits until the screen has shown the answer to a tap. A hidden page has no frames. */
export const afterFrame = () =>
  new Promise((done) => {
    setTimeout(done, 100);
    requestAnimationFrame(() => setTimeout(done));
  });
