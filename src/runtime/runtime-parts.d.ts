declare module 'virtual:runtime-parts' {
  import type { PartFiles } from './provisions.ts';

  export const parts: PartFiles;
  /** The script of the sealed frame. */
  export const frameScript: string;
  /** Changes whenever a part does. */
  export const version: string;
}

declare module 'virtual:offline-script' {
  /** The script of the service worker, which wants to find its `VERSION` declared. */
  export const offlineScript: string;
}
