/** What pages say where there is no signal: of links to pages that are not saved, and of forms that cannot be sent. */

/** Disables links to pages that are not saved, and says so before the tap. */
export async function needSignal(root) {
  for (const link of root.querySelectorAll("a[data-saved]")) {
    if (await caches.match(link.href, { ignoreVary: true })) continue;
    link.removeAttribute("href");
    link.firstChild.data += ` (${link.dataset.saved})`; // in the same text node, so that it wraps as one text
  }
}

/** Says at the plain form that posted to `address` that it was not sent: in its own words (`data-unsent`), else in `words`. */
export function sayUnsent({ address, words }) {
  const { activeElement, forms } = document;
  const posts = [...forms].filter((form) => new URL(form.getAttribute("action") ?? "", location).pathname === address);
  const form = posts.find((one) => one === activeElement.form) ?? posts[0] ?? activeElement.form;
  document.querySelector("#unsent")?.remove();
  const line = document.createElement("p");
  Object.assign(line, { id: "unsent", role: "alert", textContent: form?.dataset.unsent ?? words });
  line.classList.add("note", "note--warn");
  (form ?? document.querySelector("main")).append(line);
  line.scrollIntoView({ block: "nearest" });
}
