import { createMarkdownProcessor } from '@astrojs/markdown-remark';
import { plugins, shikiConfig } from './markdown-options.mjs';

const processor = createMarkdownProcessor({ ...plugins, shikiConfig } as Parameters<
  typeof createMarkdownProcessor
>[0]);

/** HTML of a Markdown text that stands in a data file. */
export async function markdownToHtml(text: string): Promise<string> {
  return (await (await processor).render(text)).code;
}
