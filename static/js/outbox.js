/**
 * The outbox: entries that the server has not confirmed yet, the newest one per address, and the code that sends them,
 * oldest first. It touches no page, so that the worker can run it too.
 */

const HELD = 14 * 24 * 3600e3; // ms for which a confirmed entry is drawn over older saved pages
let database;

/** Dispatches "change" when something changed, in this tab or another. */
export const news = new EventTarget();
const channel = openChannel();

/** Opens the channel to other tabs. Where storage is forbidden some browsers forbid it too: then each tab is alone. */
function openChannel() {
  try {
    const opened = new BroadcastChannel("outbox");
    opened.onmessage = ({ data }) => news.dispatchEvent(new CustomEvent("change", { detail: data }));
    return opened;
  } catch {
    return undefined;
  }
}

export function tell(detail) {
  channel?.postMessage(detail);
  news.dispatchEvent(new CustomEvent("change", { detail }));
}

function openOutbox() {
  database ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open("metricgain", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("entries", { keyPath: "key" });
      asked.result.createObjectStore("done", { keyPath: "key" });
      asked.result.createObjectStore("clock");
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      asked.result.onclose = () => (database = undefined);
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
  }).catch((error) => {
    database = undefined;
    throw error;
  });
  return database;
}

/** Runs `work(stores, give)` in one transaction. Once it is on disk, resolves with the value that `give` was called with. */
async function transact(names, mode, work) {
  const transaction = (await openOutbox()).transaction(names, mode, { durability: "strict" });
  let result;
  work(Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)])), (value) => (result = value));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

/** Keeps an entry {user, address, session, body (fields by name), label}. Resolves with it, its key, edit time and version.
 * `made`: the time of the edit by this phone's clock. `not_before`: a time by the same clock until which it is not sent. */
export function put({ made = Date.now(), ...entry }) {
  return transact(["entries", "clock"], "readwrite", ({ entries, clock }, give) => {
    clock.get("state").onsuccess = ({ target }) => {
      const state = target.result ?? { offset: 0, last: 0 }; // of the clock
      // By the server's clock. It always increases, so it also serves as the version.
      const edited = Math.max(made + state.offset, state.last + 1);
      clock.put({ ...state, last: edited }, "state");
      const kept = { ...entry, key: keyOf(entry, edited), edited, version: edited, corrected: "rtt" in state, state: "kept" };
      for (const key of endsBefore(entry)) entries.delete(key);
      if (endsBefore(entry).length) release(entries, ({ session }) => session === entry.session);
      entries.put(kept);
      give(kept);
    };
  });
}

/** Returns an entry's key. A set and its deletion are one fact and share a key. Each add, swap and remove has its own. */
function keyOf({ user, address }, edited) {
  const own = /exercises\/(add|\d+\/(swap|remove))\/$/.test(address) ? `?${edited}` : "";
  return `${user} ${address.replace(/(sets\/\d+\/)delete\/$/, "$1")}${own}`;
}

/** Returns the keys that a finish or skip replaces: those of an earlier finish, skip or reopening. */
function endsBefore({ user, address }) {
  const verbs = /(finish|skip)\/$/.test(address) ? ["finish/", "skip/", "reopen/"] : [];
  return verbs.map((verb) => `${user} ${address.replace(/\w+\/$/, verb)}`);
}

/** Lets go of entries that wait for an answer of the lifter, so that they are sent as they are. */
function release(entries, isMeant) {
  each(entries, ({ not_before, ...entry }) => not_before && isMeant(entry) && entries.put(entry));
}

/** Calls `work` with each entry of a store. */
function each(store, work) {
  store.getAll().onsuccess = ({ target }) => target.result.forEach(work);
}

/** Lets go of all of them: the lifter has left the page on which they are asked about. */
export const releaseAll = () => transact(["entries"], "readwrite", ({ entries }) => release(entries, () => true));

async function all(name, user) {
  const found = await transact([name], "readonly", (stores, give) => {
    stores[name].getAll().onsuccess = ({ target }) => give(target.result);
  });
  return found.filter((one) => !user || one.user === String(user)).sort((one, other) => one.edited - other.edited);
}

/** Resolves with the entries of a user, or of all users, in the order in which they were made. */
export const entriesOf = (user) => all("entries", user);

/** Resolves with confirmed entries, for pages saved before them. Each has the server's time as `at`. */
export const doneOf = (user) => all("done", user);

/** Removes an entry, unless there is a newer version of it. */
export const remove = (key, version) => change(key, version, (entries) => entries.delete(key));

/** Stores a change of an entry, unless there is a newer version of it. */
export const mark = (key, version, changed) =>
  change(key, version, (entries, entry) => entries.put({ ...entry, ...changed }));

function change(key, version, work) {
  return transact(["entries", "done"], "readwrite", ({ entries, done }) => {
    entries.get(key).onsuccess = ({ target }) => {
      if (target.result?.version === version) work(entries, target.result, done);
    };
  });
}

const clock = () =>
  transact(["clock"], "readonly", ({ clock }, give) => {
    clock.get("state").onsuccess = ({ target }) => give(target.result ?? { offset: 0 });
  });

/** Resolves with the server's time at `now` by this phone's clock. */
export const serverTime = async (now) => now + (await clock()).offset;

/** Resolves with whether the phone heard the server's time over an hour ago, or its own clock was changed since. */
export const mayBeWrong = async () => !(Math.abs(Date.now() - (await clock()).met) < 3600e3);

/** Removes a confirmed entry after the lifter has read its outcome. */
export const dismiss = (key) => transact(["done"], "readwrite", ({ done }) => done.delete(key));

/** Removes entries confirmed more than HELD before `at`, the server's time: no page from before them is shown any more. */
export async function forget(at) {
  for (const entry of await doneOf()) if (entry.at < at - HELD) await dismiss(entry.key);
}

/**
 * Learns from one exchange by how much the server's clock is ahead, at least. The shortest exchange is the best one, until
 * the phone's clock is changed. At least, because the server sets an edit from the future to its own time; sent twice,
 * such an edit would get two times.
 */
function learnClock({ sent, received, server }) {
  const [rtt, offset] = [received - sent, server - received];
  return transact(["clock", "entries"], "readwrite", ({ clock, entries }) => {
    clock.get("state").onsuccess = ({ target }) => {
      const state = target.result ?? { offset: 0, last: 0 };
      const wasSet = Math.abs(offset - state.offset) > Math.max(rtt, state.rtt) + 1000;
      if (state.rtt <= rtt && !wasSet) return clock.put({ ...state, met: received }, "state");
      const isFirst = !("rtt" in state);
      const last = isFirst ? state.last + offset : Math.min(state.last, received + offset);
      clock.put({ last, offset, rtt, met: received }, "state");
      if (!isFirst) return;
      // Entries from before the first exchange have the phone's own time; correct it by the offset known now.
      each(entries, (entry) => entry.corrected || entries.put({ ...entry, edited: entry.edited + offset, corrected: true }));
    };
  });
}

// Sending: only one flush runs at a time, over all tabs.

const ECHO = /data-address="([^"]*)"(?: data-outcome="(\w+)" data-at="(\d+)")?(?: data-stands="([^"]*)")?>([^<]*)</;
const FRESH = 5 * 60e3; // ms for which an answer proves who is signed in, and with which token
let known = null; // {user, token, refused} as last proven, `at` by this phone's clock
let again = null;

/**
 * Sends the entries of the signed-in user. Resolves with the reason why some are left: "" (none are), "offline", "portal",
 * "signed out", "another user" or "busy". A call while it runs makes it run once more.
 */
export function flush() {
  again ??= locked(() => {
    again = null;
    return round();
  });
  return again;
}

// Without HTTPS there are no locks; then only the calls of one tab take turns.
let turn = Promise.resolve();
function locked(work) {
  if (navigator.locks) return navigator.locks.request("outbox", work);
  return (turn = turn.then(work, work));
}

const isDue = ({ state, not_before }) => state !== "refused" && !(not_before > Date.now());

async function round() {
  let why = "";
  let who;
  try {
    for (let sent = new Set(); ; ) {
      const waiting = (await entriesOf()).filter((one) => isDue(one) && !sent.has(one.version));
      if (!waiting.length) break;
      who ??= Math.abs(Date.now() - known?.at) < FRESH ? known : await meet();
      const entry = waiting.find((one) => one.user === String(who.user));
      if (!entry) {
        known = null;
        why ||= "another user";
        break;
      }
      sent.add(entry.version);
      if (await send(entry, who)) why = "busy";
    }
  } catch (error) {
    known = null;
    why = error.why ?? "offline";
  }
  tell({ type: "flushed", why });
  return why;
}

function keep(why) {
  return Object.assign(new Error(why), { why });
}

let meeting;

/**
 * Asks who is signed in, for a token, and for the server's time. Throws where nobody is, or where there is no answer. Two
 * questions at once are one: of two tokens that a browser without one is given, only the later is good.
 */
export const meet = () => (meeting ??= askWho().finally(() => (meeting = null)));

async function askWho() {
  const sent = Date.now();
  const answer = await ask("/outbox/", { headers: { Accept: "application/json" } });
  const received = Date.now();
  const said = await answer.json().catch(() => ({}));
  if (!said.time) throw keep(answer.ok || answer.type === "opaqueredirect" ? "portal" : "offline");
  await learnClock({ sent, received, server: said.time });
  if (!said.user) throw keep("signed out");
  return (known = { ...said, at: received });
}

const ask = (address, options) =>
  fetch(address, { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(15_000), ...options });

/** Sends one entry. Resolves with true if the server failed on this entry only; throws a reason that stops all of them. */
async function send(entry, who, isAgain = false) {
  const { key, version } = entry;
  tell({ type: "sending", key, version });
  const body = new URLSearchParams({ ...entry.body, edited_at: new Date(entry.edited).toISOString() });
  const headers = { "X-CSRFToken": who.token, "X-Outbox": entry.user, "X-Parts": location.pathname };
  const sent = Date.now();
  const answer = await ask(entry.address, { method: "POST", body, headers });
  const text = await answer.text();
  const [, address, outcome, at, stands, words] = text.match(ECHO) ?? [];
  if (answer.ok) {
    if (address !== entry.address) throw keep("portal");
    const lost = outcome === "stale" ? stands || words : undefined; // against what stands
    await change(key, version, (entries, one, done) => {
      entries.delete(key);
      done.put({ ...one, at: Number(at), lost, state: "stored" });
    });
    known = { ...who, at: Date.now() };
    if (at) await learnClock({ sent, received: known.at, server: Number(at) });
    tell({ type: "stored", key, version, answer: text });
    return false;
  }
  if (answer.status === 401) throw keep("signed out");
  if (answer.status === 409) throw keep("another user");
  if (answer.status === 403 && answer.headers.get("X-Outbox") === "csrf") {
    if (isAgain) throw keep("busy");
    return send(entry, Object.assign(who, await meet()), true);
  }
  if (answer.status === 500) return true;
  if (answer.status < 400 || answer.status > 499 || [408, 425, 429].includes(answer.status)) throw keep("offline");
  if (!address && !answer.headers.has("MetricGain-User")) throw keep("portal"); // the answer is not from MetricGain
  await mark(key, version, { state: "refused", words: words ?? (who.refused ?? "{}").replace("{}", answer.status) });
  tell({ type: "refused", key, version });
  return false;
}
