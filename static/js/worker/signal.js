/** Remembers whether the last request failed. It is stored, because browsers stop a worker after seconds without work. */

const CACHE = "metricgain-signal";
const KEY = "/down";
let known;

export async function isDown() {
  known ??= Boolean(await caches.match(KEY, { cacheName: CACHE }));
  return known;
}

export async function setDown(down) {
  if ((await isDown()) === down) return;
  known = down;
  const cache = await caches.open(CACHE);
  await (down ? cache.put(KEY, new Response()) : cache.delete(KEY));
}
