/** Documents: from the network if it answers in time, else as saved. */

import { eraNow, isPage, keyOf, save, savedCopy, userOf } from "./pages.js";
import { isDown, setDown } from "./signal.js";

const PATIENCE = 3_000; // ms, where a copy is saved
const LIMIT = 20_000; // ms, where nothing is saved
const refreshing = new Map(); // by key, a promise of the bytes that the latest request saves

const after = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Answers a navigation. `offline` returns the page for what is not saved; serve.js explains `words`. */
export async function answerDocument(event, offline, words) {
  const { url } = event.request;
  const network = ask(event);
  const saved = network.then(({ saved }) => saved).catch(() => 0);
  refreshing.set(keyOf(url), saved);
  event.waitUntil(saved);
  const answer = network.then(({ answer }) => answer, () => null);
  if (await isDown()) {
    const copy = await savedCopy(url, words, "silent");
    if (copy) return copy;
  }
  let first = await Promise.race([answer, after(PATIENCE)]);
  const trouble = troubleWith(first);
  if (!trouble) return first;
  if (first?.status !== 500) await setDown(true);
  const copy = await savedCopy(url, words, trouble);
  if (copy) return copy;
  first ??= await Promise.race([answer, after(LIMIT)]);
  return first ?? offline();
}

/** Answers a page that fetches itself after its entries were stored, and saves the answer. */
export async function answerRefresh(event) {
  const { answer, saved } = await ask(event);
  event.waitUntil(saved.catch(() => {}));
  return answer;
}

/** Resolves with whether a newer page than the saved one that is shown has arrived. */
export async function isFresh(address) {
  return Boolean(await refreshing.get(keyOf(address)));
}

/** Resolves with the network's answer, and a promise of the bytes saved (0: not saved). */
async function ask(event) {
  const since = eraNow();
  const { url } = event.request;
  const answer = (await event.preloadResponse) ?? (await fetch(event.request));
  await answer.clone().text(); // rejects a page that breaks off on the way, which would load for ever
  if (!troubleWith(answer)) await setDown(false);
  return { answer, saved: save(url, answer.clone(), since) };
}

/** Returns why an answer is not ours, as a name among `words`; empty if it is. A redirect counts as ours: its goal is hidden. */
function troubleWith(answer) {
  if (!answer) return "silent";
  if (answer.type === "opaqueredirect" || userOf(answer)) return "";
  if (answer.status >= 500) return "broken";
  return isPage(answer) ? "stranger" : "";
}
