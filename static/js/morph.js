/** Makes `old` read as `fresh` does, in place: what has the focus keeps it, what is being typed stays typed. */

const typing = new WeakSet(); // forms that hold what was not sent yet
const opened = new WeakMap(); // what a page wanted of each <details>, as against what the lifter did with it

export const beginTyping = (form) => typing.add(form);
export const endTyping = (form) => typing.delete(form);

export function morph(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  for (const { name, value } of fresh.attributes) {
    if (name !== "open" && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (name !== "open" && name !== "data-typed" && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
  if (old.localName === "details") {
    if ((opened.get(old) ?? fresh.open) !== fresh.open) old.open = fresh.open;
    opened.set(old, fresh.open);
  }
  const isTyped = old.form && typing.has(old.form);
  const isKept = old.localName === "textarea" || "own" in old.dataset || (old.localName === "output" && isTyped);
  if (!isKept) children(old, fresh);
  if (old.form && !isTyped) {
    delete old.dataset.typed;
    if ("value" in old && old.value !== fresh.value) old.value = fresh.value;
    if ("checked" in old) old.checked = fresh.checked;
  }
}

function children(old, fresh) {
  let here = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    const match = find(here, child);
    if (!match) old.insertBefore(child, here);
    else {
      if (match === here) here = here.nextSibling;
      else old.insertBefore(match, here);
      morph(match, child);
    }
  }
  while (here) {
    const next = here.nextSibling;
    here.remove();
    here = next;
  }
}

const keyOf = (node) => node.id || node.getAttribute?.("action") || node.dataset?.key || "";

/** The sibling from `here` on that `child` is a newer state of. */
function find(here, child) {
  const key = keyOf(child);
  const same = (node) => node.nodeName === child.nodeName && keyOf(node) === key;
  if (!key) return here && same(here) ? here : null;
  for (let node = here; node; node = node.nextSibling) if (same(node)) return node;
  return null;
}
