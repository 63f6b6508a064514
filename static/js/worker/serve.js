/** The worker: it caches, and nothing else. What is posted it does not touch. */

import { saveAhead, saveMissing } from "./ahead.js";
import { answerAsset, hold, isHashed, letGo } from "./assets.js";
import { answerDocument, answerRefresh, isFresh } from "./documents.js";
import { forgetPages, savedTexts } from "./pages.js";

const SHELL = "metricgain-shell";
const NEVER_SAVED = /^\/(admin|demo|healthz|inactive|login|logout|manifest\.json|outbox|password|signup|static)(\/|$)/;
const SIGNS_OUT = /^\/(logout|settings\/deactivate)\/$/;

/** `assets`: the hashed files of this version; `offline`: the page for what is not saved; `ahead`: the list to save
 * in `budget` bytes; `words`: what it says on a saved page, `note` with {why} and {when}, the first of which is `silent`,
 * `broken` or `stranger`, the second `today` or `earlier`; `flush`: sends the outbox. */
export function serve({ assets, offline, ahead, budget, words, flush }) {
  const here = (address) => new URL(address, location.origin).href;
  const all = assets.map(here);

  async function offlinePage() {
    return (await caches.match(offline, { cacheName: SHELL, ignoreVary: true })) ?? Response.error();
  }

  async function install() {
    await hold(all);
    const page = await fetch(offline, { credentials: "omit", redirect: "error", cache: "no-cache" });
    if (page.status !== 200) throw new Error("The offline page is not to be had");
    await (await caches.open(SHELL)).put(offline, page);
    await self.skipWaiting();
  }

  async function activate() {
    await self.registration.navigationPreload?.enable();
    await self.clients.claim();
    // What saved pages of an earlier version refer to is kept; where that fails, nothing is let go.
    await letGo(all, await savedTexts()).catch(() => {});
  }

  function answer(event) {
    const { request } = event;
    const url = new URL(request.url);
    if (url.origin !== location.origin) return;
    if (request.method !== "GET") {
      if (request.mode === "navigate" && SIGNS_OUT.test(url.pathname)) event.waitUntil(forgetPages());
    } else if (isHashed(url)) {
      event.respondWith(answerAsset(request));
    } else if (request.mode === "navigate") {
      event.respondWith(NEVER_SAVED.test(url.pathname) ? online(event) : answerDocument(event, offlinePage, words));
    } else if (request.destination === "" && !NEVER_SAVED.test(url.pathname)) {
      event.respondWith(answerRefresh(event));
    }
  }

  async function online(event) {
    try {
      return (await event.preloadResponse) ?? (await fetch(event.request));
    } catch {
      return offlinePage();
    }
  }

  async function hear({ data, source }) {
    if (data?.type === "save-ahead") await saveAhead(ahead, budget);
    if (data?.type === "save-missing") await saveMissing(ahead, budget);
    if (data?.type === "shown-as-saved" && (await isFresh(data.address))) source.postMessage({ type: "fresh" });
  }

  /** Background Sync: rejected, the browser calls again later. */
  async function sync() {
    const why = await flush();
    if (["offline", "portal", "busy"].includes(why)) throw new Error(why);
  }

  self.addEventListener("install", (event) => event.waitUntil(install()));
  self.addEventListener("activate", (event) => event.waitUntil(activate()));
  self.addEventListener("fetch", answer);
  self.addEventListener("sync", (event) => event.waitUntil(sync()));
  self.addEventListener("message", (event) => event.waitUntil(hear(event)));
}
