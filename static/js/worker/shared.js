/** A file that another app shares with this one. The post has no token, so the file waits here for the page that has one. */

const SHARED = "metricgain-shared";
const NAME = "X-File-Name";

/** Keeps the file of a share, and answers with the page that sends it. */
export async function keepShared(request, page) {
  const file = (await request.formData()).get("file");
  if (file?.name) {
    const headers = { [NAME]: encodeURIComponent(file.name), "Content-Type": file.type || "text/csv" };
    await (await caches.open(SHARED)).put(page, new Response(file, { headers }));
  }
  return Response.redirect(`${page}?shared`, 303);
}

/** Returns the file that waits for a page, once; null where there is none. */
export async function takeShared(page) {
  const kept = await caches.match(page, { cacheName: SHARED });
  await caches.delete(SHARED);
  if (!kept) return null;
  return new File([await kept.blob()], decodeURIComponent(kept.headers.get(NAME)), { type: kept.headers.get("Content-Type") });
}
