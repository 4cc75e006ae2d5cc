import { fileAt, type Page, read, tags } from './built-site.ts';

function hasAnchor(html: string, id: string): boolean {
  return tags(html).some(({ attributes }) => attributes.id === id);
}

/** What is wrong with one address a page names, or undefined. */
function problem(page: Page, target: string): string | undefined {
  const url = new URL(target, `http://site${page.address}`);
  if (url.host !== 'site' || !url.protocol.startsWith('http')) return undefined;
  const file = fileAt(url.pathname);
  if (!file) return 'leads nowhere';
  const id = decodeURIComponent(url.hash.slice(1));
  if (id && file.endsWith('.html') && !hasAnchor(read(file), id))
    return 'names a place that page does not have';
  return undefined;
}

/** The links, scripts, styles and images of a page that this site does not hold. */
export function brokenLinks(page: Page): string[] {
  const targets = tags(page.html).flatMap(({ attributes: { href, src } }) => [href, src].filter(Boolean));
  return [...new Set(targets)].flatMap((target) => {
    const wrong = problem(page, target);
    return wrong ? [`${page.address}: ${target} ${wrong}`] : [];
  });
}
