const { BASE_URL } = import.meta.env;
let begun = false;

/** Has what this reader has opened kept for when there is no network; called when the page has nothing else to do. */
export function workOffline(): void {
  if (begun || !import.meta.env.PROD || !navigator.serviceWorker) return;
  begun = true;
  const base = BASE_URL.replace(/\/?$/, '/');
  navigator.serviceWorker.register(`${base}offline.js`, { scope: base }).then(
    async () => {
      const { active } = await navigator.serviceWorker.ready;
      const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
      active?.postMessage([location.href.split('#')[0], ...loaded]);
    },
    () => {
      // Some browsers refuse, in private windows for one: then the site needs its network.
    },
  );
}
