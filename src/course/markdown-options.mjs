import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import rehypeFormulas from '../maths/rehype-formulas.mjs';
import { codeThemes } from '../styles/code-themes.mjs';
import rehypeBase from './rehype-base.mjs';

/** Where the site is mounted on its host: set by whoever deploys it (`BASE_PATH=/dxdx`). */
export const base = process.env.BASE_PATH || '/';

/** How Markdown becomes HTML everywhere: in lessons, in the goals and hints of exercises. */
export const plugins = {
  remarkPlugins: [remarkMath],
  rehypePlugins: [[rehypeKatex, { output: 'mathml' }], rehypeFormulas, [rehypeBase, base]],
};

export const shikiConfig = { themes: codeThemes, defaultColor: false };
