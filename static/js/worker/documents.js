/** Documents: from the network where it answers in time, else as they were saved. */

import { eraNow, isPage, keyOf, save, savedCopy, userOf } from "./pages.js";
import { isDown, setDown } from "./signal.js";

const PATIENCE = 3_000;
const LIMIT = 20_000; // where nothing is saved
const refreshing = new Map(); // by key, the bytes that the latest request has saved

const after = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** `offline` gives the page for what is not saved; `words`: see serve.js. */
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

/** What a page fetches of itself once its entries are stored: the saved copy is as new. */
export async function answerRefresh(event) {
  const { answer, saved } = await ask(event);
  event.waitUntil(saved.catch(() => {}));
  return answer;
}

/** Whether a newer page than the one shown as saved is there by now. */
export async function isFresh(address) {
  return Boolean(await refreshing.get(keyOf(address)));
}

/** The answer of the network, and a promise of whether it was saved. */
async function ask(event) {
  const since = eraNow();
  const { url } = event.request;
  const answer = (await event.preloadResponse) ?? (await fetch(event.request));
  await answer.clone().text(); // whole, or none: a page that breaks off on the way would load for ever
  if (!troubleWith(answer)) await setDown(false);
  return { answer, saved: save(url, answer.clone(), since) };
}

/** Why an answer is none of ours, by the name of its words; empty where it is. Where a redirect leads the worker is not told. */
function troubleWith(answer) {
  if (!answer) return "silent";
  if (answer.type === "opaqueredirect" || userOf(answer)) return "";
  if (answer.status >= 500) return "broken";
  return isPage(answer) ? "stranger" : "";
}
