import type { LoadProgress, Part } from './protocol.ts';

/** Where a part is found, compressed with gzip, and how long it is so. */
export interface PartFile {
  url: string;
  bytes: number;
}

export type PartFiles = Readonly<Record<Part, PartFile>>;

export function sizeOf(parts: PartFiles): number {
  return Object.values(parts).reduce((sum, { bytes }) => sum + bytes, 0);
}

type Send = (part: Part, bytes?: Uint8Array<ArrayBuffer>) => void;

interface Watching {
  signal: AbortSignal;
  onProgress(progress: LoadProgress): void;
}

/** Fetch an interpreter's parts, all at once, and send every piece on as it arrives; at a part's end, nothing. */
export async function fetchParts(
  parts: PartFiles,
  send: Send,
  { signal, onProgress }: Watching,
): Promise<void> {
  const began = performance.now();
  const totalBytes = sizeOf(parts);
  let loadedBytes = 0;
  const fetchPart = async (part: Part): Promise<void> => {
    const response = await fetch(parts[part].url, { signal });
    if (!response.ok || !response.body)
      throw new Error(`Python could not be fetched: status ${response.status}`);
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      loadedBytes += value.length;
      send(part, value);
      onProgress({ loadedBytes, totalBytes, milliseconds: performance.now() - began });
    }
    send(part);
  };
  await Promise.all((Object.keys(parts) as Part[]).map(fetchPart));
}
