// Python's first memory, kept by the browser from one visit to the next. A browser may have no room for it, or no
// permission; the interpreter is then started afresh, which takes two seconds longer, so a failure here is no error.

const CACHE = 'dxdx-interpreter';

/** `contents` names all that the memory depends on. */
const addressOf = (contents: string) => `${location.origin}/python-memory?${encodeURIComponent(contents)}`;

export async function cachedSnapshot(contents: string): Promise<Blob | undefined> {
  try {
    const cache = await caches.open(CACHE);
    return await (await cache.match(addressOf(contents)))?.blob();
  } catch {
    return undefined;
  }
}

/** Keep a snapshot in the place of those of other versions. */
export async function cacheSnapshot(contents: string, snapshot: Blob): Promise<void> {
  try {
    const cache = await caches.open(CACHE);
    if (await cache.match(addressOf(contents))) return;
    await forget(cache);
    await cache.put(addressOf(contents), new Response(snapshot));
  } catch {
    // No room: see above.
  }
}

/** A snapshot that does not work is not to be tried again. */
export async function forgetSnapshots(): Promise<void> {
  try {
    await forget(await caches.open(CACHE));
  } catch {
    // There was none to forget.
  }
}

async function forget(cache: Cache): Promise<void> {
  for (const request of await cache.keys()) await cache.delete(request);
}
