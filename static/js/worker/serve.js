/** The service worker: it caches, passes posts on, and shows what is pushed. */

import { entriesOf } from "../outbox.js";
import { saveAhead, saveMissing, sessionLasts } from "./ahead.js";
import { answerAsset, hold, isHashed, letGo } from "./assets.js";
import { answerDocument, answerRefresh, isFresh } from "./documents.js";
import { forgetPages, renew, savedTexts } from "./pages.js";
import { openPage, showPush, subscribeAnew } from "./pushes.js";
import { keepShared } from "./shared.js";

const SHELL = "metricgain-shell";
const NEVER_SAVED = /^\/(admin|demo|healthz|import|inactive|login|logout|manifest\.json|outbox|password|signup|static)(\/|$)/;
const SIGNS_OUT = /^\/(logout|settings\/(deactivate|delete))\/$/;

/** Starts the worker.
 * `assets`: the hashed files of this version. `offline`: the page for what is not saved. `ahead`: the list of pages to
 * save in `budget` bytes. `words`: the texts on a saved page: `note` has {why} and {when}; the texts for the first are
 * `silent`, `broken` and `stranger`, those for the second `today` and `earlier`. `unsent` is about a form that was not sent.
 * `evicted` is the page where even `offline` is gone, with {waits}: `waits`, or `wait` with {n}, about entries that are not
 * sent. `shares`: `target`, to which other apps post a file, and `page`, which sends it. `flush`: sends the outbox. `app`: `name`, `icon` and `badge` of notifications. */
export function serve({ assets, offline, ahead, budget, words, shares, flush, app }) {
  const here = (address) => new URL(address, location.origin).href;
  const all = assets.map(here);

  async function offlinePage() {
    return (await caches.match(offline, { cacheName: SHELL, ignoreVary: true })) ?? evictedPage();
  }

  /** The phone has deleted all pages, and kept the entries. */
  async function evictedPage() {
    const { length } = await entriesOf().catch(() => []);
    const waits = length === 1 ? words.waits : length ? words.wait.replace("{n}", length) : "";
    return new Response(words.evicted.replace("{waits}", waits), { headers: { "Content-Type": "text/html;charset=utf-8" } });
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
    // Keeps the files that saved pages of an earlier version refer to. If this fails, it deletes nothing.
    await letGo(all, await savedTexts()).catch(() => {});
  }

  function answer(event) {
    const { request } = event;
    const url = new URL(request.url);
    if (url.origin !== location.origin) return;
    if (request.method !== "GET") {
      if (request.mode !== "navigate") return;
      if (url.pathname === shares.target) return event.respondWith(keepShared(request, shares.page));
      if (SIGNS_OUT.test(url.pathname)) event.waitUntil(forgetPages());
      if (!request.headers.get("Content-Type")?.startsWith("multipart")) event.respondWith(post(request, url));
    } else if (isHashed(url)) {
      event.respondWith(answerAsset(request));
    } else if (request.mode === "navigate") {
      event.respondWith(NEVER_SAVED.test(url.pathname) ? online(event) : answerDocument(event, offlinePage, words));
    } else if (request.destination === "" && request.cache !== "no-store" && !NEVER_SAVED.test(url.pathname)) {
      event.respondWith(answerRefresh(event));
    }
  }

  /** Sends a plain form. Where nothing answers, its page stays as it is, which is what 204 means, and says so. */
  async function post(request, { pathname }) {
    try {
      return await fetch(request);
    } catch {
      const pages = (await clients.matchAll({ type: "window" })).filter((page) => page.url.split("#")[0] === request.referrer);
      for (const page of pages) page.postMessage({ type: "unsent", address: pathname, words: words.unsent });
      return new Response(null, { status: 204 });
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
    if (data?.type === "save") await saveUnlessItLasts(data, source);
    if (data?.type === "save-ahead") await saveAhead(ahead, budget);
    if (data?.type === "save-missing") await saveMissing(ahead, budget);
    if (data?.type === "renew") await renew(source.url, data.session);
    if (data?.type === "shown-as-saved" && (await isFresh(data.address))) source.postMessage({ type: "fresh" });
  }

  /** While a session runs, saves only missing pages and tells the page when to ask again; else renews all. */
  async function saveUnlessItLasts(asked, page) {
    const lasts = await sessionLasts(asked).catch(() => 0); // storage is forbidden
    if (!lasts) return saveAhead(ahead, budget);
    page.postMessage({ type: "lasts", lasts });
    return saveMissing(ahead, budget);
  }

  /** Sends the outbox for Background Sync. If it throws, the browser calls again later. */
  async function sync() {
    const why = await flush();
    if (["offline", "portal", "busy"].includes(why)) throw new Error(why);
  }

  self.addEventListener("install", (event) => event.waitUntil(install()));
  self.addEventListener("activate", (event) => event.waitUntil(activate()));
  self.addEventListener("fetch", answer);
  self.addEventListener("sync", (event) => event.waitUntil(sync()));
  self.addEventListener("push", (event) => event.waitUntil(showPush(event.data, app)));
  self.addEventListener("notificationclick", (event) => event.waitUntil(openPage(event.notification)));
  self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(subscribeAnew(event.newSubscription)));
  self.addEventListener("message", (event) => event.waitUntil(hear(event)));
}
