import { unified } from '@astrojs/markdown-remark';
import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';
import lazyMonacoCss from './scripts/monaco-css-plugin.mjs';
import { plugins, shikiConfig } from './src/course/markdown-options.mjs';

export default defineConfig({
  // Where the site will stand: set by whoever deploys it (`SITE_URL=https://me.github.io BASE_PATH=/dxdx`).
  site: process.env.SITE_URL ?? 'http://localhost:4321',
  base: process.env.BASE_PATH ?? '/',
  trailingSlash: 'always',
  // The default would drop the space between a word and an element on the next line.
  compressHTML: true,
  integrations: [mdx()],
  vite: { plugins: [lazyMonacoCss()] },
  markdown: { processor: unified(plugins), shikiConfig },
});
