import { gzipSync } from 'node:zlib';
import { fileAt, type Page, read, tags } from './built-site.ts';

/** What a page may cost, in gzipped bytes, before its reader touches anything. */
const BUDGET = { script: 8_000, style: 10_000 };

const STATIC_IMPORT = /\b(?:from|import)\s*["'](\.{1,2}\/[^"']+)["']/g;

/** A module and all it imports at once, as paths of the site. */
function withImports(path: string, seen = new Set<string>()): Set<string> {
  const file = fileAt(path);
  if (seen.has(path) || !file) return seen;
  seen.add(path);
  for (const [, specifier] of read(file).matchAll(STATIC_IMPORT))
    withImports(new URL(specifier, `http://site${path}`).pathname, seen);
  return seen;
}

function inline(html: string, element: 'script' | 'style'): string[] {
  const pieces = html.matchAll(new RegExp(`<${element}\\b([^>]*)>([\\s\\S]*?)</${element}>`, 'gi'));
  // Data for the page's own use is text of the page, not code.
  return [...pieces]
    .filter(([, attributes]) => !attributes.includes('application/'))
    .map(([, , text]) => text);
}

function gzipped(texts: string[]): number {
  return texts.reduce((sum, text) => sum + (text === '' ? 0 : gzipSync(text, { level: 9 }).length), 0);
}

function texts(paths: Iterable<string>): string[] {
  return [...paths].map((path) => read(fileAt(path) ?? ''));
}

export interface Weight {
  script: number;
  style: number;
}

export function weightOf({ html }: Page): Weight {
  const found = tags(html);
  const modules = new Set<string>();
  const sheets = new Set<string>();
  for (const { name, attributes } of found) {
    if (name === 'script' && attributes.src) withImports(attributes.src, modules);
    if (name === 'link' && attributes.rel === 'modulepreload') withImports(attributes.href, modules);
    if (name === 'link' && attributes.rel === 'stylesheet') sheets.add(attributes.href);
  }
  return {
    script: gzipped([...texts(modules), ...inline(html, 'script')]),
    style: gzipped([...texts(sheets), ...inline(html, 'style')]),
  };
}

export function tooHeavy(page: Page): string[] {
  const weight = weightOf(page);
  return (['script', 'style'] as const)
    .filter((kind) => weight[kind] > BUDGET[kind])
    .map(
      (kind) => `${page.address}: ${kind} weighs ${weight[kind]} bytes gzipped, ${BUDGET[kind]} are allowed`,
    );
}
