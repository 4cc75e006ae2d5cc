import { isExerciseRecord, type Progress } from './record.ts';

const FORMAT = 'dxdx progress';
const VERSION = 1;

/** A file that is not one of ours; the message is for the reader. */
export class ForeignFile extends Error {}

/** All records as the text of a file. */
export function writeProgressFile(progress: Progress, now: Date): string {
  const content = { format: FORMAT, version: VERSION, written: now.toISOString(), exercises: progress };
  return `${JSON.stringify(content, null, 1)}\n`;
}

/** The records in the text of a file. @throws ForeignFile when there is anything in it that we did not write. */
export function readProgressFile(text: string): Progress {
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\ufeff/, '')); // the mark that some programs put before a text
  } catch {
    throw new ForeignFile('This is not a progress file: it is not even JSON.');
  }
  if (
    typeof content !== 'object' ||
    content === null ||
    !('format' in content) ||
    content.format !== FORMAT
  ) {
    throw new ForeignFile('This file was not written by dxdx.');
  }
  if (!('version' in content) || content.version !== VERSION) {
    throw new ForeignFile('This file is from a newer version of dxdx than this page.');
  }
  const exercises = 'exercises' in content ? content.exercises : undefined;
  if (typeof exercises !== 'object' || exercises === null || Array.isArray(exercises)) {
    throw new ForeignFile('This progress file is damaged: it has no exercises.');
  }
  const damaged = Object.entries(exercises).find(([, record]) => !isExerciseRecord(record));
  if (damaged) {
    throw new ForeignFile(`This progress file is damaged where it speaks of “${damaged[0]}”.`);
  }
  return exercises as Progress;
}
