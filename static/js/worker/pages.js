/** Saved pages: one cache for the one user who is signed in on this phone. */

import { hold, references } from "./assets.js";

const PREFIX = "metricgain-pages-"; // and the user's id
const PASSING = ["kept", "next"]; // parameters that concern one visit
const WHOLE = "/whole"; // kept beside the pages, so that it goes with them
let era = 0; // a page that was asked for before signing out is not saved after it

export const eraNow = () => era;

/** The address under which a page is saved: what makes no difference to what it shows is left out. */
export function keyOf(address) {
  const url = new URL(address, location.origin);
  const kept = [...url.searchParams].filter(
    ([name, value]) => value && !PASSING.includes(name) && !(name === "page" && value === "1"),
  );
  const search = new URLSearchParams(kept).toString();
  return url.origin + url.pathname + (search && `?${search}`);
}

/** Whose page of ours it is: an id, "none" for a visitor's, null where it does not come from MetricGain. */
export const userOf = (answer) => answer.headers.get("MetricGain-User");

export const isPage = (answer) => Boolean(answer.headers.get("Content-Type")?.startsWith("text/html"));

/** Saves a page with all that it refers to, unless it must not be; gives the bytes that it takes, 0: not saved. */
export async function save(address, answer, since) {
  const user = userOf(answer);
  const passing = PASSING.some((name) => new URL(address).searchParams.has(name));
  const refused = answer.headers.get("Cache-Control")?.includes("no-store");
  if (answer.status !== 200 || answer.redirected || !isPage(answer) || refused || passing || !(user > 0)) return 0;
  const text = await answer.text();
  if (!text.trimEnd().endsWith("</html>")) return 0; // cut off on the way
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

/** The saved copy, marked as such for `trouble`, a name among `words` (see serve.js); undefined where there is none. */
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

/** What is saved: {address, at, bytes} each. */
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

/** Text and address of each saved page. */
export async function savedTexts() {
  const cache = await savedPages();
  const keys = cache ? await pagesIn(cache) : [];
  return Promise.all(keys.map(async ({ url }) => [await (await cache.match(url)).text(), url]));
}

const pagesIn = async (cache) => (await cache.keys()).filter(({ url }) => new URL(url).pathname !== WHOLE);

/** Whether all was saved once that is saved ahead. */
export async function isWhole() {
  return Boolean(await (await savedPages())?.match(WHOLE));
}

export async function setWhole() {
  await (await savedPages())?.put(WHOLE, new Response());
}

export async function drop(address) {
  await (await savedPages())?.delete(address);
}

/** Signing out. */
export async function forgetPages() {
  era += 1;
  await forgetAllBut(null);
}

async function forgetAllBut(name) {
  const names = (await caches.keys()).filter((each) => each.startsWith(PREFIX) && each !== name);
  await Promise.all(names.map((each) => caches.delete(each)));
}

/** Another user's pages go when a page of this one arrives. */
async function cacheOf(user) {
  await forgetAllBut(PREFIX + user);
  return caches.open(PREFIX + user);
}

async function savedPages() {
  const name = (await caches.keys()).find((each) => each.startsWith(PREFIX));
  return name && caches.open(name);
}
