/** What is pushed: the worker shows it, and a tap opens the page that it is about. */

import { register, subscribe } from "../subscribing.js";

/** Shows a push {title, body, url, tag, silent}. It always shows one, since browsers end a subscription that is silent. */
export async function showPush(data, { name, icon, badge }) {
  const { title, body = "", url = "/", tag = "", silent = false } = read(data);
  for (const earlier of await self.registration.getNotifications()) {
    if (tag && earlier.tag === tag) earlier.close(); // iOS does not replace it by itself
  }
  const renotify = Boolean(tag) && !silent;
  await self.registration.showNotification(title || name, { body, tag, silent, renotify, icon, badge, data: { url } });
}

function read(data) {
  try {
    return data.json() ?? {};
  } catch {
    return {}; // there is none, or it is no JSON
  }
}

/** Shows the page of a notification: a window that has it already, else another one of ours, else a new one. */
export async function openPage(notification) {
  notification.close();
  const goal = new URL(notification.data?.url ?? "/", location.origin);
  if (goal.origin !== location.origin) return;
  const windows = await clients.matchAll({ type: "window" });
  const there = windows.find(({ url }) => new URL(url).pathname === goal.pathname);
  const found = there ?? windows[0];
  try {
    await found.focus();
    if (!there) await found.navigate(goal.href);
  } catch {
    await clients.openWindow(goal.href); // there is none, or it does not let itself be moved
  }
}

/** Subscribes once more where the browser has ended a subscription. */
export async function subscribeAnew(subscription) {
  await register(subscription ?? (await subscribe(self.registration)));
}
