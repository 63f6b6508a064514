/**
 * Changes `old` in place until it equals `fresh`, which stays as it is. The focus stays where it is. A form in use is
 * held: no value in it changes while one of its fields has the focus, or holds typed text that was not entered.
 */

import { catchUp, fallBehind, hasFallenBehind, isHeld } from "./typing.js";

const shown = new WeakMap(); // by node with an id, what it was last made equal to
const opened = new WeakMap(); // by <details>, whether the page wanted it open; the lifter may have changed that

/** Notes which <details> the page wanted open when it was loaded: `page` is the same as `root` was then. */
export function remember(root, page) {
  const wanted = page.querySelectorAll("details");
  root.querySelectorAll("details").forEach((old, place) => opened.set(old, wanted[place].open));
}

export function morph(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  if (old.id) {
    if (shown.get(old)?.isEqualNode(fresh) && ![old, ...old.querySelectorAll("form")].some(hasFallenBehind)) return;
    shown.set(old, fresh);
  }
  const isTheirs = old.form && old.matches("input, textarea, select, output") && isHeld(old.form);
  // `defaultValue` is renewed even in a held form. An untouched field would show it; setting `value` prevents that.
  if (isTheirs && "defaultValue" in old) old.value = old.value;
  const stays = isTheirs ? ["checked", "data-typed"] : ["open", "data-typed"];
  for (const { name, value } of fresh.attributes) {
    if (!stays.includes(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (!stays.includes(name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
  if (old.localName === "details") {
    const isAt = !fresh.open && old.querySelector(":focus-visible"); // a keyboard user is in it
    if ((opened.get(old) ?? fresh.open) !== fresh.open && !isAt) old.open = fresh.open;
    opened.set(old, fresh.open);
  }
  const isKept = old.localName === "textarea" || "own" in old.dataset || (old.localName === "output" && isTheirs);
  if (!isKept) children(old, fresh);
  if (old.localName === "textarea") old.defaultValue = fresh.defaultValue;
  if (isTheirs) {
    if (old.value !== fresh.value) fallBehind(old.form);
  } else if (old.form && !isHeld(old.form)) {
    catchUp(old.form);
    delete old.dataset.typed;
    if ("value" in old && old.value !== fresh.value) old.value = fresh.value;
    if ("checked" in old) old.checked = fresh.checked;
  }
}

function children(old, fresh) {
  let here = old.firstChild;
  for (const child of fresh.childNodes) {
    const match = find(here, child);
    if (!match) old.insertBefore(child.cloneNode(true), here);
    else {
      if (match === here) here = here.nextSibling;
      else if (match.contains(document.activeElement)) here = moveBehind(match, here);
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

/** Brings `match` before `here` by moving the nodes between them, because a moved node would lose the focus. */
function moveBehind(match, here) {
  const after = match.nextSibling;
  for (let node = here; node !== match; ) {
    const next = node.nextSibling;
    match.parentNode.insertBefore(node, after);
    node = next;
  }
  return here;
}

const keyOf = (node) => node.id || node.getAttribute?.("action") || node.dataset?.key || "";

/** Returns the sibling, from `here` on, of which `child` is a newer state, or null. */
function find(here, child) {
  const key = keyOf(child);
  const same = (node) => node.nodeName === child.nodeName && keyOf(node) === key;
  if (!key) return here && same(here) ? here : null;
  for (let node = here; node; node = node.nextSibling) if (same(node)) return node;
  return null;
}
