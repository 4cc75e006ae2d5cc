import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import rehypeFormulas from '../maths/rehype-formulas.mjs';
import { codeThemes } from '../styles/code-themes.mjs';

/** How Markdown becomes HTML everywhere: in lessons, in the goals and hints of exercises. */
export const plugins = {
  remarkPlugins: [remarkMath],
  rehypePlugins: [[rehypeKatex, { output: 'mathml' }], rehypeFormulas],
};

export const shikiConfig = { themes: codeThemes, defaultColor: false };
