/** Registers the worker, and asks it to save ahead when a page is there and has nothing else to load. */

import { news } from "./outbox.js";

const QUIET = 1_500; // milliseconds after a page is loaded
const PAUSE = 60_000; // after the last fact was stored: most come in a row
let pause;

export function savePages() {
  if (!navigator.serviceWorker) return; // without HTTPS
  // Modules run before that. Without a worker: online as ever.
  addEventListener("load", () => {
    const registered = navigator.serviceWorker.register("/serviceworker.js", { type: "module" });
    registered.then(() => setTimeout(saveAhead, QUIET)).catch(() => {});
  });
  addEventListener("online", saveAhead);
  news.addEventListener("change", ({ detail }) => {
    if (detail?.type !== "stored") return;
    clearTimeout(pause);
    pause = setTimeout(saveAhead, PAUSE);
  });
  addEventListener("visibilitychange", () => (document.hidden ? wakeLater() : saveAhead()));
}

/** Background Sync, where it exists: the worker sends the outbox when there is a signal again, though nobody looks. */
async function wakeLater() {
  const { sync } = await navigator.serviceWorker.ready;
  await sync?.register("outbox").catch(() => {});
}

async function saveAhead() {
  if (!document.documentElement.dataset.user || document.hidden) return;
  (await navigator.serviceWorker.ready).active.postMessage({ type: "save-ahead" });
}
