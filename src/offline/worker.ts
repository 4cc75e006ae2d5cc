// The service worker: after a first visit, what a reader has opened works without a network.
//
// A file whose name changes with its content is taken from what is kept. All else is asked for first, so that a reader
// with a network sees what is there now, and is taken from what is kept where no answer comes.
/// <reference lib="webworker" />

export {};

declare const self: ServiceWorkerGlobalScope;

/** Set by the page that serves this script: what was kept for another version goes when this one takes over. */
declare const VERSION: string;

const PREFIX = 'dxdx-offline-';
const CACHE = PREFIX + VERSION;
/** A network that doesn't answer for so long is none. */
const PATIENCE = 4000;

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
      await Promise.all(old.map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

/** A page tells what it had loaded before this worker was there. */
self.addEventListener('message', ({ data }) => {
  for (const url of data as string[]) if (isOurs(url)) void keepLoaded(url);
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !isOurs(request.url)) return;
  event.respondWith(isImmutable(request.url) ? keptOrFetched(request) : fetchedOrKept(event));
});

function isOurs(url: string): boolean {
  return url.startsWith(self.registration.scope);
}

function isImmutable(url: string): boolean {
  return url.startsWith(`${self.registration.scope}_astro/`);
}

async function keepLoaded(url: string): Promise<void> {
  const cache = await caches.open(CACHE);
  if (await cache.match(url)) return;
  // The browser has it still: it isn't sent again.
  const response = await fetch(url, { cache: 'force-cache' });
  if (response.ok) await cache.put(url, response);
}

async function keptOrFetched(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) void cache.put(request, response.clone());
  return response;
}

async function fetchedOrKept(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const cache = await caches.open(CACHE);
  const fetched = fetch(request).then((response) => {
    if (response.ok && !response.redirected) event.waitUntil(cache.put(request, response.clone()));
    return response;
  });
  const kept = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
  if (!kept) return fetched;
  const patience = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), PATIENCE));
  return Promise.race([fetched.catch(() => kept), patience]);
}
