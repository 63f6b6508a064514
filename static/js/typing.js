/** Forms in which something was typed that is not entered yet. */

const typing = new WeakMap(); // by form with unentered text, a mark that is new at each change
const behind = new WeakSet(); // forms that may show other values than the page, because they were held or typed into

export const beginTyping = (form) => typing.set(form, {}) && behind.add(form);
export const endTyping = (form) => typing.delete(form);
export const markOf = (form) => typing.get(form);

export const fallBehind = (form) => behind.add(form);
export const catchUp = (form) => behind.delete(form);
export const hasFallenBehind = (form) => behind.has(form);

/** Tells whether a form has newer values to show and is no longer held. */
export const isBehind = (form) => behind.has(form) && !isHeld(form);

export function isHeld(form) {
  const { activeElement: focused } = document;
  return typing.has(form) || (focused.form === form && focused.matches("textarea, input:not([type=radio], [type=checkbox])"));
}
