import { news, sessionLasts } from "../outbox.js";

const [LOADED, STORED] = [1_500, 3_000]; // ms after the last of them, since most come in a row
let timer;

/** On a page that the worker had saved: says when a newer one is there. */
export class SavedCopy extends HTMLElement {
  connectedCallback() {
    const { serviceWorker } = navigator;
    if (this.hidden) return;
    serviceWorker.addEventListener("message", ({ data }) => {
      if (data?.type !== "fresh") return;
      const { fresh, show } = this.dataset;
      const link = this.querySelector("a");
      if (!fresh) return; // put there by the worker of before
      link.textContent = show;
      link.previousSibling.data = fresh;
    });
    serviceWorker.controller?.postMessage({ type: "shown-as-saved", address: location.href });
  }
}

/** Registers the worker, and asks it to save ahead when a page is there and has nothing else to load. */
export function savePages() {
  if (!navigator.serviceWorker) return; // without HTTPS
  addEventListener("load", () => {
    const registered = navigator.serviceWorker.register("/serviceworker.js", { type: "module" });
    registered.then(() => saveAheadIn(LOADED)).catch(() => {}); // no worker: online as ever
  });
  addEventListener("online", saveAhead);
  news.addEventListener("change", ({ detail }) => detail.type === "stored" && saveAheadIn(STORED));
  addEventListener("visibilitychange", () => (document.hidden ? wakeLater() : saveAhead()));
}

/** Background Sync, where it exists: the worker sends the outbox when there is a signal again, though nobody looks. */
async function wakeLater() {
  const { sync } = await navigator.serviceWorker.ready;
  await sync?.register("outbox").catch(() => {});
}

function saveAheadIn(wait) {
  clearTimeout(timer);
  timer = setTimeout(saveAhead, wait);
}

/** While a session runs nothing is renewed that is there: it has its turn after the session. */
async function saveAhead() {
  const { user } = document.documentElement.dataset;
  if (!user || document.hidden) return;
  const lasts = await sessionLasts(user).catch(() => 0); // the phone keeps nothing for us
  if (lasts) saveAheadIn(lasts);
  (await navigator.serviceWorker.ready).active.postMessage({ type: lasts ? "save-missing" : "save-ahead" });
}
