import type { CodeEditor, EditorOptions } from './code-editor.ts';
import { KEYBOARD_HELP } from './code-editor.ts';
import { highlighted } from './highlight.ts';
import { indentationAfter } from './indentation.ts';

/**
 * An ordinary text field, its text invisible, over the coloured block: for phones, whose keyboards Monaco does not
 * get on with, and for whoever prefers it.
 */
export function createPlainEditor({ box, code, label, onChange, onRun }: EditorOptions): CodeEditor {
  const colours = document.createElement('div');
  colours.className = 'plain-colours';
  colours.setAttribute('aria-hidden', 'true');
  const field = Object.assign(document.createElement('textarea'), {
    className: 'plain-field',
    value: code,
    spellcheck: false,
    autocapitalize: 'off',
    autocomplete: 'off',
    wrap: 'off',
  });
  field.setAttribute('autocorrect', 'off');
  field.setAttribute('aria-label', `${label}. ${KEYBOARD_HELP}`);

  const paint = (): void => {
    // A last empty line has no height of its own in a block, but has in a field.
    colours.innerHTML = highlighted(field.value.endsWith('\n') ? `${field.value} ` : field.value);
    colours.querySelector('pre')?.removeAttribute('tabindex');
  };
  const changed = (): void => {
    paint();
    onChange(field.value);
  };
  const insert = (text: string): void =>
    field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');

  field.addEventListener('input', changed);
  field.addEventListener('scroll', () => {
    colours.scrollLeft = field.scrollLeft;
  });
  field.addEventListener('keydown', (event) => {
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key === 'Enter') {
      event.preventDefault();
      onRun();
    } else if (command && event.key === ']') {
      event.preventDefault();
      insert('    ');
      changed();
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      insert(`\n${indentationAfter(field.value.slice(0, field.selectionStart))}`);
      changed();
    }
  });

  paint();
  box.classList.add('plain');
  box.replaceChildren(colours, field);

  const lineElement = (line: number): Element | undefined => [...colours.querySelectorAll('.line')][line - 1];
  return {
    getValue: () => field.value,
    setValue: (next) => {
      field.select();
      insert(next);
      changed();
    },
    focus: () => field.focus({ preventScroll: true }),
    markError: (line, message) => {
      lineElement(line)?.classList.add('error-line');
      field.setAttribute('aria-description', `Line ${line}: ${message}`);
    },
    clearMarks: () => {
      for (const marked of colours.querySelectorAll('.error-line')) marked.classList.remove('error-line');
      field.removeAttribute('aria-description');
    },
    goToLine: (line) => {
      const start = field.value.split('\n', line - 1).join('\n').length + (line > 1 ? 1 : 0);
      field.focus();
      field.setSelectionRange(start, start);
    },
    dispose: () => box.classList.remove('plain'),
  };
}
