import { createHighlighterCoreSync } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import python from 'shiki/langs/python.mjs';
import { codeThemes } from '../styles/code-themes.mjs';

/** The colours of the static blocks, for code that changes. */
export const highlighter = createHighlighterCoreSync({
  themes: [codeThemes.light, codeThemes.dark],
  langs: [python],
  engine: createJavaScriptRegexEngine(),
});

/** A coloured block as the build makes it: one `.line` for each line. */
export const highlighted = (code: string): string =>
  highlighter.codeToHtml(code, { lang: 'python', themes: codeThemes, defaultColor: false });
