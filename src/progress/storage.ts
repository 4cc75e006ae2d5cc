/** The version of everything kept. A release that reads it differently counts up and starts beside the old. */
const prefix = 'dxdx:1:';

/** What could not be stored lives as long as the tab: it survives moving between pages, not a reload. */
const unstored = new Map<string, unknown>();

let told = false;

/** The value kept under a key, or undefined when there is none or it is not readable. */
export function read(key: string): unknown {
  if (unstored.has(key)) return unstored.get(key);
  try {
    return parsed(localStorage.getItem(prefix + key));
  } catch {
    tellReader();
    return undefined;
  }
}

export function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(value));
    unstored.delete(key);
  } catch {
    unstored.set(key, value);
    tellReader();
  }
}

export function remove(key: string): void {
  unstored.delete(key);
  try {
    localStorage.removeItem(prefix + key);
  } catch {
    tellReader();
  }
}

/** Calls back with the key of each value that another tab changes. Returns how to stop that. */
export function onChangeElsewhere(callback: (key: string) => void): () => void {
  const listen = (event: StorageEvent) => {
    if (event.key?.startsWith(prefix)) callback(event.key.slice(prefix.length));
  };
  window.addEventListener('storage', listen);
  return () => window.removeEventListener('storage', listen);
}

function parsed(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Once a visit, and only when something was lost on the way. */
export function tellReader(): void {
  if (told) return;
  told = true;
  import('./notice.ts').then(({ showStorageNotice }) => showStorageNotice());
}
