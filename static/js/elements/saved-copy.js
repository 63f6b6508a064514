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
