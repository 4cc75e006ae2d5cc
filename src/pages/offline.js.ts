import { offlineScript } from 'virtual:offline-script';
import { version } from 'virtual:runtime-parts';
import type { APIRoute } from 'astro';

/** The service worker's script, at the site's root, because it serves what is below it. */
export const GET: APIRoute = () =>
  new Response(`const VERSION = ${JSON.stringify(version)};\n${offlineScript}`, {
    headers: { 'Content-Type': 'text/javascript' },
  });
