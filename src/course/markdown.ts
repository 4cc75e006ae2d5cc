import { createMarkdownProcessor } from '@astrojs/markdown-remark';
import { plugins, shikiConfig } from './markdown-options.mjs';

const processor = createMarkdownProcessor({ ...plugins, shikiConfig } as Parameters<
  typeof createMarkdownProcessor
>[0]);

/** HTML of a Markdown text that stands in a data file or in a component's property. */
export async function markdownToHtml(text: string): Promise<string> {
  return (await (await processor).render(text)).code;
}

/** The same for a single line: no paragraph around it. */
export async function lineToHtml(text: string): Promise<string> {
  return (await markdownToHtml(text)).replace(/^<p>([\s\S]*)<\/p>\s*$/, '$1');
}
