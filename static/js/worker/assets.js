/** Hashed files. They never change, so the worker answers with its own copy first. */

const CACHE = "metricgain-assets";
const HASHED = /^\/static\/.+\.[0-9a-f]{12}\.\w+$/;
const REFERENCE = /["'(]([\w./-]+\.[0-9a-f]{12}\.\w+)["')]/g; // in HTML, style sheets and imports

export const isHashed = ({ origin, pathname }) => origin === location.origin && HASHED.test(pathname);

export async function answerAsset(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request, { ignoreVary: true })) ?? keep(cache, request);
}

/** Stores each of `addresses` and all files that they refer to. Rejects if one cannot be fetched. */
export async function hold(addresses, reached = new Set()) {
  const cache = await caches.open(CACHE);
  const fresh = addresses.filter((address) => !reached.has(address));
  fresh.forEach((address) => reached.add(address));
  await Promise.all(
    fresh.map(async (address) => {
      const file = (await cache.match(address, { ignoreVary: true })) ?? (await keep(cache, address));
      if (!isTheFile(file)) throw new Error(`${address} is not to be had`);
      if (/\.(css|js)$/.test(address)) await hold(references(await file.text(), address), reached);
    }),
  );
  return reached;
}

/** Returns the addresses of the hashed files that a page, style sheet or module at `base` names. */
export function references(text, base) {
  const found = [...text.matchAll(REFERENCE)].map(([, name]) => new URL(name, base));
  return found.filter(isHashed).map(({ href }) => href);
}

/** Deletes the files that neither `needed` nor `pages` (pairs of text and address) refer to. */
export async function letGo(needed, pages) {
  const cache = await caches.open(CACHE);
  const named = pages.flatMap(([text, address]) => references(text, address));
  const reached = await hold([...needed, ...named]);
  const left = (await cache.keys()).filter(({ url }) => !reached.has(url));
  await Promise.all(left.map((request) => cache.delete(request, { ignoreVary: true })));
}

async function keep(cache, request) {
  const file = await fetch(request);
  if (isTheFile(file)) await cache.put(request, file.clone());
  return file;
}

/** Tells whether an answer is the file and not a captive portal's page, which comes for every address. */
function isTheFile(file) {
  return file.status === 200 && !file.redirected && !file.headers.get("Content-Type")?.startsWith("text/html");
}
