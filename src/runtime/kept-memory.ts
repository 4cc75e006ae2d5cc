// Python's memory from an earlier visit, from which it starts several times as fast. Only pages have access to it:
// the frame that programs run in is of another origin, and has no storage. Where a browser keeps nothing, every visit
// is a first one.

export const CACHE = 'dxdx-python';

const address = (version: string): string =>
  `${import.meta.env.BASE_URL.replace(/\/?$/, '/')}python-memory/${version}`;

export async function keptMemory(version: string): Promise<Blob | undefined> {
  try {
    const kept = await (await caches.open(CACHE)).match(address(version));
    return await kept?.blob();
  } catch {
    return undefined; // storage is switched off, or full, or broken
  }
}

/** Keep the memory, in place of what other versions have left. */
export async function keepMemory(version: string, memory: Blob): Promise<void> {
  try {
    await caches.delete(CACHE);
    await (await caches.open(CACHE)).put(address(version), new Response(memory));
  } catch {
    await forgetMemory(); // rather nothing than a part of it
  }
}

export async function forgetMemory(): Promise<void> {
  try {
    await caches.delete(CACHE);
  } catch {
    // There is no storage, so nothing is kept.
  }
}
