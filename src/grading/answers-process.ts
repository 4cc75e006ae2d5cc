import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Ran, World } from '../exercise-kinds/kind.ts';
import { CutShort } from './grader.ts';
import type { GradeReport, GradeRequest } from './records.ts';

const PROGRAM = fileURLToPath(new URL('answers-program.ts', import.meta.url));
const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
/** How many milliseconds a task may take: as in the page. */
const LONGEST = 10_000;

/** What the process is asked for. */
export type Task = { run: string } | { grade: GradeRequest };

/**
 * A process in which answers of others are run: it reads this project and nothing else, writes nothing, starts
 * nothing, and is ended when a program comes to no end.
 */
export class AnswersProcess implements World {
  #child: Promise<ChildProcess> | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  /** @throws CutShort where that came to no end. */
  run(program: string): Promise<Ran> {
    return this.#inTurn({ run: program });
  }

  /** @throws CutShort where that came to no end. */
  grade(request: GradeRequest): Promise<GradeReport> {
    return this.#inTurn({ grade: request });
  }

  /** Ends the process; the next request gets a new one. */
  async end(): Promise<void> {
    const child = await this.#child?.catch(() => undefined);
    this.#child = undefined;
    child?.kill('SIGKILL');
  }

  #inTurn<Answer>(task: Task): Promise<Answer> {
    const answer = this.#turn.then(() => this.#ask<Answer>(task));
    this.#turn = answer.catch(() => {}); // the one who asked is told
    return answer;
  }

  async #ask<Answer>(task: Task): Promise<Answer> {
    this.#child ??= start();
    const child = await this.#child;
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const tooLong = `It was ended after ${LONGEST / 1000} seconds.`;
    const timer = setTimeout(() => reject(new CutShort(tooLong)), LONGEST);
    const breakDown = (): void => reject(new CutShort('Python broke down.'));
    child.once('message', resolve);
    child.once('exit', breakDown);
    child.send(task);
    try {
      return await promise;
    } catch (error) {
      await this.end();
      throw error;
    } finally {
      clearTimeout(timer);
      child.off('message', resolve);
      child.off('exit', breakDown);
    }
  }
}

async function start(): Promise<ChildProcess> {
  const readable = [PROJECT, realpathSync(new URL('../../node_modules', import.meta.url))];
  const child = fork(PROGRAM, {
    env: {},
    execArgv: [
      '--permission',
      ...readable.map((folder) => `--allow-fs-read=${folder}`),
      '--disallow-code-generation-from-strings',
    ],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaints = '';
  child.stderr?.on('data', (text) => {
    complaints += text;
  });
  const [ready] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (ready !== 'ready') throw new Error(`The process that watches answers does not start: ${complaints}`);
  return child;
}
