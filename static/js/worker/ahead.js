/** Saves ahead the pages that the server lists, most important first, within the budget. */

import { doneOf, entriesOf, serverTime } from "../outbox.js";
import { drop, eraNow, inventory, isWhole, keyOf, save, setWhole } from "./pages.js";
import { setDown } from "./signal.js";

const WAIT = 15_000;
const QUIET = 30 * 60e3; // ms without a set after which a session counts as over
let last = Promise.resolve();
let next = null;

/** Saves the pages at `list` within `budget` uncompressed bytes. Runs one at a time; calls meanwhile share the next run. */
export function saveAhead(list, budget) {
  next ??= last.then(() => {
    next = null;
    return run(list, budget).catch(() => {});
  });
  return (last = next);
}

/** Saves ahead, unless that was once done to the end. */
export async function saveMissing(list, budget) {
  if (!(await isWhole())) await saveAhead(list, budget);
}

/** Resolves with the ms until a session may be over: 30 minutes from its last set, 0 if it was finished or skipped. */
export async function sessionLasts({ user, now }) {
  const [entries, done] = [await entriesOf(user), await doneOf(user)]; // in this order, since entries move from the first to the second
  const all = [...done, ...entries].sort((one, other) => one.edited - other.edited);
  const last = all.findLast(({ address }) => /\/sets\/\d/.test(address));
  const ofIt = all.filter(({ session }) => session === last?.session);
  const ends = ofIt.filter(({ address, edited }) => /\/(finish|reopen)\/$/.test(address) || (/\/skip\/$/.test(address) && edited > last.edited));
  if (!last || (ends.length && !ends.at(-1).address.endsWith("reopen/"))) return 0;
  return Math.max(0, last.edited + QUIET - (await serverTime(now)));
}

async function run(list, budget) {
  const since = eraNow();
  const answer = await get(list);
  if (answer.status !== 200 || !answer.headers.get("Content-Type")?.startsWith("application/json")) return;
  await setDown(false);
  const named = (await answer.json()).pages.map(({ url, changed }) => [keyOf(url), new Date(changed)]);
  let bytes = 0;
  let isCutShort = false;
  const held = new Map((await inventory()).map((page) => [page.address, page]));
  for (const [address, changed] of named) {
    if (bytes > budget || since !== eraNow()) break;
    const page = held.get(address);
    const isCurrent = page?.at - changed > 1_000; // an answer's Date has whole seconds
    const answer = isCurrent ? null : await get(address).catch(() => (isCutShort = true) && null);
    const saved = answer && (await save(address, answer, since).catch(() => 0));
    bytes += saved || (page?.bytes ?? 0);
  }
  if (!isCutShort && since === eraNow()) await setWhole();
  await keepWithin(new Map(named.map(([address], place) => [address, place])), budget);
}

/** Deletes pages over the budget: first those that the list does not have, oldest first, then the least important ones. */
async function keepWithin(places, budget) {
  const pages = await inventory();
  let total = pages.reduce((sum, { bytes }) => sum + bytes, 0);
  const rank = ({ address }) => places.get(address) ?? Infinity;
  pages.sort((a, b) => (rank(a) === rank(b) ? a.at - b.at : rank(b) - rank(a)));
  for (const page of pages) {
    if (total <= budget) return;
    await drop(page.address);
    total -= page.bytes;
  }
}

function get(address) {
  return fetch(address, { redirect: "manual", signal: AbortSignal.timeout(WAIT) });
}
