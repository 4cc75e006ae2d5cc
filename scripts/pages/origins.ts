import { filesEndingIn, type Page, read, tags } from './built-site.ts';

/** A link that tells where a page belongs loads nothing. */
const HARMLESS_LINKS = new Set(['alternate', 'author', 'canonical', 'license']);
const FOREIGN = /^(https?:)?\/\//;
/** Code that would fetch from a foreign address written in it. */
const FOREIGN_LOAD =
  /\b(?:import|fetch|importScripts|from|Worker|open)\s*\(?\s*["'`](?:https?:)?\/\/[^"'`]+/g;
const FOREIGN_STYLE = /(?:url\(|@import)\s*["']?(?:https?:)?\/\/[^"')]+/g;

/** What a page would load from somebody else's server when opened. */
export function foreignLoads({ address, html }: Page): string[] {
  return tags(html).flatMap(({ name, attributes }) => {
    const load = name === 'link' && !HARMLESS_LINKS.has(attributes.rel) ? attributes.href : attributes.src;
    return load && FOREIGN.test(load) ? [`${address}: loads ${load}`] : [];
  });
}

/** The same, in scripts and styles. */
export function foreignLoadsInCode(): string[] {
  const search = (ending: string, pattern: RegExp) =>
    filesEndingIn(ending).flatMap((file) =>
      [...read(file).matchAll(pattern)].map(([load]) => `${file}: ${load}`),
    );
  return [...search('js', FOREIGN_LOAD), ...search('.css', FOREIGN_STYLE)];
}
