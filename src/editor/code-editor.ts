/** What the page asks of an editor, whichever one it is. */
export interface CodeEditor {
  getValue(): string;
  /** Replaces the whole program, as one step that can be undone. */
  setValue(code: string): void;
  focus(): void;
  /** Shows where a program failed; the mark goes with the next change. */
  markError(line: number, message: string): void;
  clearMarks(): void;
  goToLine(line: number): void;
  dispose(): void;
}

export interface EditorOptions {
  /** The box of the static block, which the editor takes over. */
  readonly box: HTMLElement;
  readonly code: string;
  /** What the editor is called to a screen reader. */
  readonly label: string;
  readonly onChange: (code: string) => void;
  readonly onRun: () => void;
}

export const KEYBOARD_HELP = 'Tab moves on. Control + right bracket indents, Control + Enter runs.';
