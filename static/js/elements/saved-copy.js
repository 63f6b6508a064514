/** On a page that the worker had saved: says when a newer one is there. */
export class SavedCopy extends HTMLElement {
  connectedCallback() {
    if (this.hidden) return;
    navigator.serviceWorker.addEventListener("message", this);
    navigator.serviceWorker.controller?.postMessage({ type: "shown-as-saved", address: location.href });
  }

  handleEvent({ data }) {
    if (data?.type !== "fresh") return;
    const link = Object.assign(document.createElement("a"), { href: "", textContent: "Show it" });
    this.querySelector("p").replaceChildren("Your server answers again: the current page is here. ", link);
  }
}
