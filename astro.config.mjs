import { unified } from '@astrojs/markdown-remark';
import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';
import earlyPython from './scripts/early-python.ts';
import lazyMonacoCss from './scripts/monaco-css-plugin.mjs';
import runtimeParts from './scripts/runtime-parts-plugin.ts';
import { base, plugins, shikiConfig } from './src/course/markdown-options.mjs';

export default defineConfig({
  // The host that the site will stand on, for addresses that must be whole (`SITE_URL=https://me.github.io`).
  site: process.env.SITE_URL || 'http://localhost:4321',
  base,
  trailingSlash: 'always',
  // The default would drop the space between a word and an element on the next line.
  compressHTML: true,
  integrations: [mdx(), earlyPython()],
  vite: {
    plugins: [lazyMonacoCss(), runtimeParts()],
    worker: { format: 'es' },
  },
  markdown: { processor: unified(plugins), shikiConfig },
});
