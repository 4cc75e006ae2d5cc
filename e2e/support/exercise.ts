import { expect, type Locator } from '@playwright/test';
import { exercisesOnDisk } from '../../src/exercise-kinds/on-disk.ts';
import { type ExerciseFolder, takenApart } from '../../src/grading/exercise-programs.ts';
import { Example } from './example.ts';

/** An exercise in which a program is written or repaired. */
export interface Folder extends ExerciseFolder {
  lesson: string;
  id: string;
  hints: readonly string[];
}

export function exercises(): Folder[] {
  const programming = exercisesOnDisk().filter(({ files }) => 'starter.py' in files);
  return programming.map((exercise) => {
    const [lesson, id] = exercise.key.split('/');
    return { ...takenApart(exercise), lesson, id, hints: exercise.text.hints };
  });
}

/** The first words of a text in Markdown as they read on the page: up to where setting it changes its letters. */
export function opening(markdown: string): string {
  const [plain] = markdown.trim().split(/\$|```|['"]|\*|\n\n/);
  return plain.replaceAll('`', '').replace(/\s+/g, ' ').trim().slice(0, 40);
}

/** An exercise as it stands on the page. */
export class Exercise {
  readonly block: Locator;
  readonly answer: Example;
  readonly result: Locator;

  constructor(block: Locator) {
    this.block = block;
    this.answer = new Example(block.locator('dxdx-run'));
    this.result = block.locator('.exercise-result');
  }

  async check(program: string): Promise<void> {
    await this.answer.paste(program);
    await this.block.getByRole('button', { name: 'Check', exact: true }).click();
  }

  /** What the result says, with every run of white space as one space. */
  async says(text: string | RegExp): Promise<void> {
    await expect(this.result).toContainText(text);
  }
}
