import { news } from "../outbox.js";

let pause;

/** On a page that the worker had saved: says when a newer one is there. */
export class SavedCopy extends HTMLElement {
  connectedCallback() {
    const { serviceWorker } = navigator;
    if (this.hidden) return;
    serviceWorker.addEventListener("message", ({ data }) => {
      if (data?.type !== "fresh") return;
      const link = this.querySelector("a"); // "Try again"
      link.textContent = "Show it";
      link.previousSibling.data = "Your server answers again: the current page is here. ";
    });
    serviceWorker.controller?.postMessage({ type: "shown-as-saved", address: location.href });
  }
}

/** Registers the worker, and asks it to save ahead when a page is there and has nothing else to load. */
export function savePages() {
  if (!navigator.serviceWorker) return; // without HTTPS
  addEventListener("load", () => {
    const registered = navigator.serviceWorker.register("/serviceworker.js", { type: "module" });
    registered.then(() => setTimeout(saveAhead, 1_500)).catch(() => {}); // no worker: online as ever
  });
  addEventListener("online", saveAhead);
  news.addEventListener("change", ({ detail }) => {
    if (detail.type !== "stored") return;
    clearTimeout(pause);
    pause = setTimeout(saveAhead, 60_000); // after the last: most come in a row
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
