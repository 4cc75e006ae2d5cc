import { unified } from '@astrojs/markdown-remark';
import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import lazyMonacoCss from './scripts/monaco-css-plugin.mjs';
import rehypeFormulas from './src/maths/rehype-formulas.mjs';
import { codeThemes } from './src/styles/code-themes.mjs';

export default defineConfig({
  // Where the site will stand: set by whoever deploys it (`SITE_URL=https://me.github.io BASE_PATH=/dxdx`).
  site: process.env.SITE_URL ?? 'http://localhost:4321',
  base: process.env.BASE_PATH ?? '/',
  trailingSlash: 'always',
  integrations: [mdx()],
  vite: { plugins: [lazyMonacoCss()] },
  markdown: {
    processor: unified({
      remarkPlugins: [remarkMath],
      rehypePlugins: [[rehypeKatex, { output: 'mathml' }], rehypeFormulas],
    }),
    shikiConfig: { themes: codeThemes, defaultColor: false },
  },
});
