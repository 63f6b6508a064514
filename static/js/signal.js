/** What pages say where there is no signal. */

/** Disables links to pages that are not saved, and says so before the tap. */
export async function needSignal(root) {
  for (const link of root.querySelectorAll("a[data-saved]")) {
    if (await caches.match(link.href, { ignoreVary: true })) continue;
    link.removeAttribute("href");
    link.firstChild.data += ` (${link.dataset.saved})`; // in the same text node, so that it wraps as one text
  }
}
