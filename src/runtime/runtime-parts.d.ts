declare module 'virtual:runtime-parts' {
  import type { Part } from './protocol.ts';
  import type { PartFile } from './provisions.ts';

  export const parts: Readonly<Record<Part, PartFile>>;
  /** The script of the sealed frame. */
  export const frameScript: string;
  /** Changes whenever a part does. */
  export const version: string;
}

declare module 'virtual:offline-script' {
  /** The script of the service worker, which wants to find its `VERSION` declared. */
  export const offlineScript: string;
}
