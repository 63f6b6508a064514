/** Sends the outbox: one flush at a time over all tabs. Touches no page, so that a worker may run it. */
import { confirm, entriesOf, learnClock, mark, tell } from "./outbox.js";

const PATIENCE = 15_000; // ms for an answer
const LATER = [408, 425, 429];
const ECHO = /data-address="([^"]*)"(?: data-outcome="(\w+)" data-at="(\d+)")?(?: data-stands="([^"]*)")?>([^<]*)</;
let again = null;

/**
 * Sends what waits for whoever is signed in. Gives what keeps the rest: "" (nothing), "offline", "portal", "signed out",
 * "another user" or "busy". Called while it runs, it runs once more.
 */
export function flush() {
  again ??= locked(() => {
    again = null;
    return round();
  });
  return again;
}

// Without HTTPS there are no locks: one tab takes turns with itself.
let turn = Promise.resolve();
function locked(work) {
  if (navigator.locks) return navigator.locks.request("outbox", work);
  return (turn = turn.then(work, work));
}

async function round() {
  let why = "";
  let who;
  try {
    for (let sent = new Set(); ; ) {
      const waiting = (await entriesOf()).filter((one) => one.state !== "refused" && !sent.has(one.version));
      if (!waiting.length) break;
      who ??= await meet();
      const entry = waiting.find((one) => one.user === String(who.user));
      if (!entry) {
        why ||= "another user";
        break;
      }
      sent.add(entry.version);
      if (await send(entry, who)) why = "busy";
    }
  } catch (error) {
    why = error.why ?? "offline";
  }
  tell({ type: "flushed", why });
  return why;
}

function keep(why) {
  return Object.assign(new Error(why), { why });
}

/** Who is signed in, with a token; teaches the clock on the way. */
export async function meet() {
  const sent = Date.now();
  const answer = await ask("/outbox/", { headers: { Accept: "application/json" } });
  const received = Date.now();
  const said = await answer.json().catch(() => ({}));
  if (!said.time) throw keep(answer.ok || answer.type === "opaqueredirect" ? "portal" : "offline");
  await learnClock({ sent, received, server: said.time });
  if (!said.user) throw keep("signed out");
  return said;
}

const ask = (address, options) =>
  fetch(address, { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE), ...options });

/** Gives true where the server failed on this entry alone; throws what keeps all of them. */
async function send(entry, who, isAgain = false) {
  const { key, version } = entry;
  tell({ type: "sending", key, version });
  const body = new URLSearchParams({ ...entry.body, edited_at: new Date(entry.edited).toISOString() });
  const headers = { "X-CSRFToken": who.token, "X-Outbox": entry.user };
  const answer = await ask(entry.address, { method: "POST", body, headers });
  const text = await answer.text();
  const [, address, outcome, at, stands, words] = text.match(ECHO) ?? [];
  if (answer.ok) {
    if (address !== entry.address) throw keep("portal");
    const lost = outcome === "stale" ? stands || words : undefined;
    await confirm(key, version, { at: Number(at), lost });
    tell({ type: "stored", key, version });
    return false;
  }
  if (answer.status === 401) throw keep("signed out");
  if (answer.status === 409) throw keep("another user");
  if (answer.status === 403 && answer.headers.get("X-Outbox") === "csrf") {
    if (isAgain) throw keep("busy");
    return send(entry, Object.assign(who, await meet()), true);
  }
  if (answer.status === 500) return true;
  if (answer.status < 400 || answer.status > 499 || LATER.includes(answer.status)) throw keep("offline");
  if (!address && !answer.headers.has("MetricGain-User")) throw keep("portal"); // no answer of ours
  await mark(key, version, { state: "refused", words: words ?? `The server refused it (${answer.status}).` });
  tell({ type: "refused", key, version });
  return false;
}
