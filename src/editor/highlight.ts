import { createHighlighterCoreSync, type HighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import python from 'shiki/langs/python.mjs';
import { codeThemes } from '../styles/code-themes.mjs';

/** The colours of the static blocks, for code that changes. It has one theme at a time: who sets that needs one alone. */
export const createHighlighter = (): HighlighterCore =>
  createHighlighterCoreSync({
    themes: [codeThemes.light, codeThemes.dark],
    langs: [python],
    engine: createJavaScriptRegexEngine(),
  });

let highlighter: HighlighterCore | undefined;

/** A coloured block as the build makes it: one `.line` for each line. */
export function highlighted(code: string): string {
  highlighter ??= createHighlighter();
  return highlighter.codeToHtml(code, { lang: 'python', themes: codeThemes, defaultColor: false });
}
