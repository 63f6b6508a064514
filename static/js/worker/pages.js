/** Saved pages: one cache, for the user who is signed in on this phone. */

import { hold, references } from "./assets.js";

const PREFIX = "metricgain-pages-"; // followed by the user's id
const PASSING = ["kept", "next"]; // parameters that matter for one visit only
const WHOLE = "/whole"; // a mark beside the pages, so that it is deleted with them
let era = 0; // grows when the user signs out; a page requested before that is not saved after it

export const eraNow = () => era;

/** Returns the address under which a page is saved, without parameters that do not change what it shows. */
export function keyOf(address) {
  const url = new URL(address, location.origin);
  const kept = [...url.searchParams].filter(
    ([name, value]) => value && !PASSING.includes(name) && !(name === "page" && value === "1"),
  );
  const search = new URLSearchParams(kept).toString();
  return url.origin + url.pathname + (search && `?${search}`);
}

/** Returns whose page it is: a user's id, "none" for a visitor, null if it is not from MetricGain. */
export const userOf = (answer) => answer.headers.get("MetricGain-User");

export const isPage = (answer) => Boolean(answer.headers.get("Content-Type")?.startsWith("text/html"));

/** Saves a page and all files that it refers to, if it may be saved. Resolves with its bytes; 0: not saved. */
export async function save(address, answer, since) {
  const user = userOf(answer);
  const passing = PASSING.some((name) => new URL(address).searchParams.has(name));
  const refused = answer.headers.get("Cache-Control")?.includes("no-store");
  if (answer.status !== 200 || answer.redirected || !isPage(answer) || refused || passing || !(user > 0)) return 0;
  const text = await answer.text();
  if (!text.trimEnd().endsWith("</html>")) return 0; // the page was cut off on the way
  await hold(references(text, address));
  const headers = new Headers(answer.headers);
  for (const name of ["Content-Encoding", "Content-Length", "Vary"]) headers.delete(name);
  headers.set("MetricGain-Saved", new Date(answer.headers.get("Date") ?? Date.now()).toISOString());
  const bytes = new Blob([text]).size;
  headers.set("MetricGain-Bytes", bytes);
  if (since !== era) return 0;
  const cache = await cacheOf(user);
  await cache.put(keyOf(address), new Response(text, { headers }));
  return bytes;
}

/** Renews the saved copy of a workout by `session`, its <workout-session> as text, as its page has it. */
export async function renew(address, session) {
  const since = eraNow();
  const at = Number(session.match(/data-at="(\d+)"/)[1]); // the server's time
  const copy = await (await savedPages())?.match(keyOf(address));
  if (!copy) return save(address, await fetch(address), since);
  if (new Date(copy.headers.get("MetricGain-Saved")) > at) return 0;
  const text = (await copy.text()).replace(/<workout-session[^]*<\/workout-session>/, () => session);
  const headers = new Headers(copy.headers);
  headers.set("Date", new Date(at).toUTCString());
  return save(address, new Response(text, { headers }), since);
}

/** Resolves with the saved copy, marked with the reason `trouble`, a name among `words` (see serve.js); undefined without one. */
export async function savedCopy(address, words, trouble) {
  const copy = await (await savedPages())?.match(keyOf(address));
  if (!copy) return undefined;
  const at = copy.headers.get("MetricGain-Saved");
  const note = words.note.replace("{why}", words[trouble]).replace("{when}", inWords(new Date(at), words));
  const text = (await copy.text())
    .replace("<html ", `<html data-saved="${at}" `)
    .replace("<saved-copy hidden></saved-copy>", () => note);
  return new Response(text, { headers: copy.headers });
}

function inWords(at, { today, earlier }) {
  const time = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const isToday = at.toDateString() === new Date().toDateString();
  const day = at.toLocaleDateString("en-GB", { day: "numeric", month: "long" });
  return (isToday ? today : earlier.replace("{day}", day)).replace("{time}", time);
}

/** Resolves with all saved pages: {address, at, bytes} each. */
export async function inventory() {
  const cache = await savedPages();
  if (!cache) return [];
  return Promise.all(
    (await pagesIn(cache)).map(async ({ url }) => {
      const { headers } = await cache.match(url);
      return { address: url, at: new Date(headers.get("MetricGain-Saved")), bytes: Number(headers.get("MetricGain-Bytes")) };
    }),
  );
}

/** Resolves with the text and address of each saved page. */
export async function savedTexts() {
  const cache = await savedPages();
  const keys = cache ? await pagesIn(cache) : [];
  return Promise.all(keys.map(async ({ url }) => [await (await cache.match(url)).text(), url]));
}

const pagesIn = async (cache) => (await cache.keys()).filter(({ url }) => new URL(url).pathname !== WHOLE);

/** Resolves with whether saving ahead was once done to the end. */
export async function isWhole() {
  return Boolean(await (await savedPages())?.match(WHOLE));
}

export async function setWhole() {
  await (await savedPages())?.put(WHOLE, new Response());
}

export async function drop(address) {
  await (await savedPages())?.delete(address);
}

/** Deletes all saved pages, when the user signs out. */
export async function forgetPages() {
  era += 1;
  await forgetAllBut(null);
}

async function forgetAllBut(name) {
  const names = (await caches.keys()).filter((each) => each.startsWith(PREFIX) && each !== name);
  await Promise.all(names.map((each) => caches.delete(each)));
}

/** Opens the cache of a user, and deletes the pages of any other user. */
async function cacheOf(user) {
  await forgetAllBut(PREFIX + user);
  return caches.open(PREFIX + user);
}

async function savedPages() {
  const name = (await caches.keys()).find((each) => each.startsWith(PREFIX));
  return name && caches.open(name);
}
