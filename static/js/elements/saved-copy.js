import { news } from "../outbox.js";

const [LOADED, STORED] = [1_500, 3_000]; // ms to wait after a load or a stored entry, since most come in a row
let timer;

/** The line on a saved page. Says when a newer version of the page is there. */
export class SavedCopy extends HTMLElement {
  connectedCallback() {
    const { serviceWorker } = navigator;
    if (this.hidden) return;
    serviceWorker.addEventListener("message", ({ data }) => {
      if (data?.type !== "fresh") return;
      const { fresh, show } = this.dataset;
      const link = this.querySelector("a");
      if (!fresh) return; // an earlier version of the worker wrote this line
      link.textContent = show;
      link.previousSibling.data = fresh;
    });
    serviceWorker.controller?.postMessage({ type: "shown-as-saved", address: location.href });
  }
}

/** Registers the worker, and asks it to save pages ahead. The page has loaded everything. */
export function savePages() {
  if (!navigator.serviceWorker) return; // there is none without HTTPS
  const registered = navigator.serviceWorker.register("/serviceworker.js", { type: "module" });
  registered.then(() => saveAheadIn(LOADED)).catch(() => {}); // without a worker everything works online
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data?.type === "lasts") saveAheadIn(data.lasts);
    if (data?.type === "unsent") import("../signal.js").then(({ sayUnsent }) => sayUnsent(data));
  });
  addEventListener("online", saveAhead);
  news.addEventListener("change", ({ detail }) => detail.type === "stored" && saveAheadIn(STORED));
  addEventListener("visibilitychange", () => (document.hidden ? wakeLater() : saveAhead()));
}

/** Asks for Background Sync, where it exists: the worker then sends the outbox when there is a signal, with no page open. */
async function wakeLater() {
  const { sync } = await navigator.serviceWorker.ready;
  await sync?.register("outbox").catch(() => {});
}

function saveAheadIn(wait) {
  clearTimeout(timer);
  timer = setTimeout(saveAhead, wait);
}

/** Asks the worker to save ahead. While a session runs it saves only missing pages, and says when to ask for the others. */
async function saveAhead() {
  const { user } = document.documentElement.dataset;
  if (!user || document.hidden) return;
  (await navigator.serviceWorker.ready).active.postMessage({ type: "save", user, now: Date.now() });
}
