import { shikiToMonaco, textmateThemeToMonacoTheme } from '@shikijs/monaco';
import * as monacoModule from 'monaco-editor/editor';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/caretOperations/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/contextmenu/register';
import 'monaco-editor/features/cursorUndo/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/multicursor/register';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/wordOperations/register';
import { codeThemes } from '../styles/code-themes.mjs';
import { currentTheme, onThemeChange, type Theme } from '../theme/theme.ts';
import { type CodeEditor, type EditorOptions, KEYBOARD_HELP } from './code-editor.ts';
import { createHighlighter } from './highlight.ts';

declare global {
  /** Monaco's style sheets, kept out of the pages' heads by scripts/monaco-css-plugin.mjs. */
  var __monacoCss: string[] | undefined;
}

// A plain object, because shikiToMonaco puts functions of its own into it.
const monaco = { ...monacoModule };

/** Height of the bar under a program with a line too long for its box. */
const SCROLLBAR = 6;

/** `--code-bg` of tokens.css: Monaco wants its ground as a number. */
const EDITOR_GROUND = { light: '#FBFBFD', dark: '#171B24' };

function setUp(): void {
  self.MonacoEnvironment = { getWorker: () => new EditorWorker() };
  const style = document.createElement('style');
  style.textContent = (globalThis.__monacoCss ?? []).join('\n');
  style.dataset.monaco = '';
  document.head.append(style);
  // Moving to another page swaps the head: the styles must come along.
  document.addEventListener('astro:after-swap', () => document.head.append(style));
  // Before shikiToMonaco, which colours only the languages it finds.
  monaco.languages.register({ id: 'python' });
  monaco.languages.setLanguageConfiguration('python', {
    comments: { lineComment: '#' },
    brackets: [
      ['(', ')'],
      ['[', ']'],
      ['{', '}'],
    ],
    autoClosingPairs: [
      { open: '(', close: ')' },
      { open: '[', close: ']' },
      { open: '{', close: '}' },
      { open: '"', close: '"', notIn: ['string'] },
      { open: "'", close: "'", notIn: ['string', 'comment'] },
    ],
    onEnterRules: [
      { beforeText: /^.*:\s*(#.*)?$/, action: { indentAction: monaco.languages.IndentAction.Indent } },
      {
        beforeText: /^\s+(return|pass|break|continue|raise)\b.*$/,
        action: { indentAction: monaco.languages.IndentAction.Outdent },
      },
    ],
  });
  // On a slow machine the first line takes long, and half-coloured code is worse than late code.
  const highlighter = createHighlighter();
  shikiToMonaco(highlighter, monaco as never, { tokenizeTimeLimit: 0 });
  for (const theme of ['light', 'dark'] as const) {
    const { name } = codeThemes[theme];
    // Its type comes from a package of Monaco's that is not installed beside Monaco itself.
    const data = textmateThemeToMonacoTheme(
      highlighter.getTheme(name),
    ) as unknown as monacoModule.editor.IStandaloneThemeData;
    const colors = { ...data.colors, 'editor.background': EDITOR_GROUND[theme] };
    monaco.editor.defineTheme(name, { ...data, colors });
  }
  showTheme(currentTheme());
  onThemeChange(showTheme);
}

function showTheme(theme: Theme): void {
  monaco.editor.setTheme(codeThemes[theme].name);
}

/** The letters and margins of the static block. Read before it goes: a style of what is gone is empty. */
function metricsOf(block: Element) {
  const { fontFamily, fontSize, lineHeight, paddingTop, paddingLeft } = getComputedStyle(block);
  return {
    fontFamily,
    fontSize: Number.parseFloat(fontSize),
    lineHeight: Number.parseFloat(lineHeight),
    paddingBlock: Number.parseFloat(paddingTop),
    paddingInline: Number.parseFloat(paddingLeft),
  };
}

/** Colours all of a program at once: left alone, Monaco shows it plain first, where coloured code has just been. */
function colourNow(model: monacoModule.editor.ITextModel): void {
  // Missing from Monaco's published types.
  const { tokenization } = model as unknown as {
    tokenization: { forceTokenization(lineNumber: number): void };
  };
  tokenization.forceTokenization(model.getLineCount());
}

let isSetUp = false;

/** Monaco in the place of a static block: same box, same letters, same colours. */
export function createMonacoEditor({ box, code, label, onChange, onRun }: EditorOptions): CodeEditor {
  if (!isSetUp) setUp();
  isSetUp = true;
  const metrics = metricsOf(box.querySelector('pre') ?? box);
  const place = document.createElement('div');
  place.style.height = `${box.clientHeight}px`;
  box.replaceChildren(place);
  const editor = monaco.editor.create(place, {
    value: code,
    language: 'python',
    automaticLayout: true,
    ariaLabel: `${label}. ${KEYBOARD_HELP}`,
    fontFamily: metrics.fontFamily,
    fontSize: metrics.fontSize,
    lineHeight: metrics.lineHeight,
    padding: { top: metrics.paddingBlock, bottom: metrics.paddingBlock },
    // Tab moves on, as everywhere on a page; Ctrl+] and Enter indent.
    tabFocusMode: true,
    tabSize: 4,
    insertSpaces: true,
    detectIndentation: false,
    // A pasted program must arrive as it is.
    autoIndentOnPaste: false,
    formatOnPaste: false,
    lineNumbers: 'off',
    glyphMargin: false,
    folding: false,
    lineDecorationsWidth: metrics.paddingInline,
    lineNumbersMinChars: 0,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    overviewRulerLanes: 0,
    overviewRulerBorder: false,
    hideCursorInOverviewRuler: true,
    renderLineHighlight: 'none',
    scrollbar: {
      alwaysConsumeMouseWheel: false,
      vertical: 'hidden',
      handleMouseWheel: false,
      horizontalScrollbarSize: SCROLLBAR,
    },
    wordBasedSuggestions: 'off',
    quickSuggestions: false,
    suggestOnTriggerCharacters: false,
    links: false,
    occurrencesHighlight: 'off',
    selectionHighlight: false,
    fixedOverflowWidgets: true,
    stickyScroll: { enabled: false },
    // The static block knows neither of these two.
    bracketPairColorization: { enabled: false },
    guides: { indentation: false },
    unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false, nonBasicASCII: false },
  });
  const model = editor.getModel();
  if (model === null) throw new Error('Monaco made an editor without a text');
  colourNow(model);

  let marks: string[] = [];
  const clearMarks = (): void => {
    marks = model.deltaDecorations(marks, []);
  };
  // Not an option of the editor's alone: the text itself has to be told.
  model.updateOptions({
    bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
  });
  const fitHeight = (): void => {
    place.style.height = `${editor.getContentHeight()}px`;
  };
  // The scroll bar lies in the margin below the text, so that the box is as high as the block without one.
  const makeRoomForScrollbar = (): void => {
    const overflows = editor.getScrollWidth() > editor.getLayoutInfo().contentWidth;
    const bottom = metrics.paddingBlock - (overflows ? SCROLLBAR : 0);
    editor.updateOptions({ padding: { top: metrics.paddingBlock, bottom } });
  };
  makeRoomForScrollbar();
  fitHeight();
  editor.onDidScrollChange((change) => change.scrollWidthChanged && makeRoomForScrollbar());
  editor.onDidLayoutChange(makeRoomForScrollbar);
  editor.onDidContentSizeChange(fitHeight);
  editor.onDidChangeModelContent(() => {
    clearMarks();
    onChange(model.getValue());
  });
  // Not `addCommand`: of several editors on a page only the last made would hear it.
  editor.onKeyDown((event) => {
    if (!(event.ctrlKey || event.metaKey) || event.keyCode !== monaco.KeyCode.Enter) return;
    event.preventDefault();
    event.stopPropagation();
    onRun();
  });

  return {
    getValue: () => model.getValue(),
    setValue: (next) => {
      editor.pushUndoStop();
      editor.executeEdits('reset', [{ range: model.getFullModelRange(), text: next }]);
      editor.pushUndoStop();
    },
    focus: () => editor.focus(),
    markError: (line, message) => {
      const last = model.getLineMaxColumn(Math.min(line, model.getLineCount()));
      marks = model.deltaDecorations(marks, [
        {
          range: new monaco.Range(line, 1, line, last),
          options: { isWholeLine: true, className: 'error-line', hoverMessage: { value: message } },
        },
        {
          range: new monaco.Range(line, model.getLineFirstNonWhitespaceColumn(line) || 1, line, last),
          options: { className: 'squiggly-error' },
        },
      ]);
    },
    clearMarks,
    goToLine: (line) => {
      editor.setPosition({ lineNumber: line, column: 1 });
      editor.focus();
      place.scrollIntoView({ block: 'nearest' });
    },
    dispose: () => {
      editor.dispose();
      model.dispose();
    },
  };
}
