import { readdirSync, readFileSync } from 'node:fs';
import { expect, type Locator } from '@playwright/test';
import { parse } from 'yaml';
import { Example } from './example.ts';

const LESSONS = 'content/lessons';

/** A programming exercise as it lies in the course. */
export interface Folder {
  lesson: string;
  id: string;
  title: string;
  hints: string[];
  path: string;
}

function namesIn(path: string): string[] {
  return readdirSync(path, { withFileTypes: true }).map(({ name }) => name);
}

function has(path: string, name: string): boolean {
  return namesIn(path).includes(name);
}

/** All exercises in which a program is written or repaired. */
export function exercises(): Folder[] {
  const lessons = namesIn(LESSONS).filter((lesson) => has(`${LESSONS}/${lesson}`, 'exercises'));
  return lessons.flatMap((lesson) =>
    programming(`${LESSONS}/${lesson}/exercises`).map((id) => {
      const path = `${LESSONS}/${lesson}/exercises/${id}`;
      const { title, hints } = parse(readFileSync(`${path}/exercise.yaml`, 'utf8'));
      return { lesson, id, title, hints, path };
    }),
  );
}

function programming(folder: string): string[] {
  return namesIn(folder).filter((id) => has(`${folder}/${id}`, 'starter.py'));
}

export function programsIn({ path }: Folder, kind: 'mistakes' | 'alternatives'): string[] {
  if (!has(path, kind)) return [];
  return namesIn(`${path}/${kind}`)
    .filter((name) => name.endsWith('.py'))
    .map((name) => readFileSync(`${path}/${kind}/${name}`, 'utf8'));
}

export function solutionOf({ path }: Folder): string {
  return readFileSync(`${path}/solution.py`, 'utf8');
}

/** A mistake says in its docstring what its author is told; its program is the rest. */
export function splitMistake(source: string): { message: string; program: string } {
  const [, message, program] = /^\s*(?:"""|''')([\s\S]*?)(?:"""|''')\s*([\s\S]*)$/.exec(source) ?? [];
  return { message, program };
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
