import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../dist/', import.meta.url));

/** Where the site was told to stand, as `/` or `/name/`. */
export const base = `/${process.env.BASE_PATH ?? ''}/`.replace(/\/+/g, '/');

export interface Page {
  /** Its address, such as `/lessons/a/`. */
  address: string;
  html: string;
}

export function filesEndingIn(ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith(ending))
    .sort();
}

export function read(file: string): string {
  return readFileSync(folder + file, 'utf8');
}

export function pages(): Page[] {
  return filesEndingIn('.html').map((file) => ({
    address: base + file.replace(/(^|\/)index\.html$/, '$1'),
    html: read(file),
  }));
}

/** The file that a path of this site (`/name/a/b.js`) stands for, or undefined. */
export function fileAt(path: string): string | undefined {
  if (!path.startsWith(base)) return undefined;
  const name = decodeURIComponent(path.slice(base.length));
  const file = name === '' || name.endsWith('/') ? `${name}index.html` : name;
  return existsSync(folder + file) ? file : undefined;
}

const TAG = /<([a-z][a-z0-9-]*)((?:\s+[^\s=>"']+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?)*)\s*\/?>/gi;
const ATTRIBUTE = /([^\s=>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/g;

export interface Tag {
  name: string;
  attributes: Record<string, string>;
}

/** Every opening tag of a page, whatever stands in its scripts and styles left out. */
export function tags(html: string): Tag[] {
  const markup = html.replace(/(<(script|style)\b[^>]*>)[\s\S]*?<\/\2>/gi, '$1');
  return [...markup.matchAll(TAG)].map(([, name, rest]) => ({
    name: name.toLowerCase(),
    attributes: Object.fromEntries(
      [...rest.matchAll(ATTRIBUTE)].map(([, key, a, b, c]) => [
        key.toLowerCase(),
        (a ?? b ?? c).replaceAll('&amp;', '&'),
      ]),
    ),
  }));
}
