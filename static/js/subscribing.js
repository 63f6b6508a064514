/** Subscribes this device to what the server pushes, for the settings page and the worker. */

import { meet } from "./outbox.js";

const LIMIT = 15_000; // ms
const LONGEST = 60; // characters of a device's name

/** Resolves with a new subscription of a worker's `registration`. Rejects where the browser's push service says no, or nothing. */
export async function subscribe({ pushManager }) {
  const { key } = await ask("/push/key/");
  // One of before may have another key, or be known as that of another lifter.
  await (await pushManager.getSubscription())?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

/** Gives a subscription to the server. Resolves with the sentence by which the server refuses it; "" where it takes it. */
export async function register(subscription) {
  const { endpoint, keys } = subscription.toJSON();
  const answer = await post("/push/subscribe/", { endpoint, ...keys, device: await deviceName() });
  return answer.words ?? "";
}

/** Posts fields, with a token that the server has just given. */
export async function post(address, fields) {
  const { token } = await meet();
  return ask(address, { method: "POST", body: new URLSearchParams(fields), headers: { "X-CSRFToken": token } });
}

/** Resolves with what the server answers. Rejects where it does not, or something else answers in its place. */
async function ask(address, options) {
  const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(LIMIT), ...options });
  if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
  return answer.json();
}

/** Resolves with what the browser says of itself, by which a lifter tells devices apart: "Pixel 9, Google Chrome". */
async function deviceName() {
  const { userAgent, userAgentData } = navigator;
  const { brands = [], platform } = userAgentData ?? {};
  const { model } = (await userAgentData?.getHighEntropyValues(["model"]).catch(() => null)) ?? {};
  const brand = brands.map(({ brand }) => brand).find((one) => !/not.?a|chromium/i.test(one));
  const [device = ""] = userAgent.match(/iPhone|iPad|Android|Windows|Macintosh|Linux/) ?? [];
  const [browser = ""] = userAgent.match(/Firefox|Chrome|Safari/) ?? [];
  return [model || platform || device, brand ?? browser].filter(Boolean).join(", ").slice(0, LONGEST);
}
