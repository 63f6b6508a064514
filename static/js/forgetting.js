/** Lets this device forget the lifter who leaves: its saved pages, and that it rings. The server forgets the device when it
 * sends next. */
export async function forgetPagesAndRings() {
  for (const name of (await self.caches?.keys()) ?? []) {
    if (name.startsWith("metricgain-pages")) await caches.delete(name);
  }
  const worker = await navigator.serviceWorker?.getRegistration();
  await (await worker?.pushManager?.getSubscription())?.unsubscribe();
}
