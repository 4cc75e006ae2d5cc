import { read, write } from '../progress/storage.ts';
import type { CodeEditor, EditorOptions } from './code-editor.ts';

const KEY = 'plain-editor';

/** Phones and tablets have no pointer that can be placed exactly, and keyboards that Monaco loses letters of. */
const isTouch = (): boolean => matchMedia('(pointer: coarse) and (hover: none)').matches;

export const prefersPlain = (): boolean => read(KEY) === true || isTouch();

export const choosePlain = (plain: boolean): void => write(KEY, plain);

/** May the reader choose? On a phone there is only one that works. */
export const hasChoice = (): boolean => !isTouch();

/** The editor for this reader, loaded when it is first needed. */
export async function createEditor(options: EditorOptions): Promise<CodeEditor> {
  if (prefersPlain()) return (await import('./plain-editor.ts')).createPlainEditor(options);
  return (await import('./monaco.ts')).createMonacoEditor(options);
}
