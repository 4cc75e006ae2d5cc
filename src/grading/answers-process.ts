import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FinishedRun, NodeInterpreter } from '../runtime/node.ts';
import { nodeDistribution } from '../runtime/node-distribution.ts';
import { nodeSnapshot } from '../runtime/node-snapshot.ts';
import { CutShort } from './grader.ts';
import type { GradeReport, GradeRequest } from './records.ts';

const PROGRAM = fileURLToPath(new URL('answers-program.ts', import.meta.url));
const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
/** What the process is asked for. */
export type Task = { run: Parameters<NodeInterpreter['run']> } | { grade: GradeRequest };

/** What all processes start from, and none may write. */
let snapshot: Promise<unknown> | undefined;

/**
 * A process in which answers of others are run: it reads this project and nothing else, writes nothing, starts
 * nothing, and is ended when a program comes to no end.
 */
export class AnswersProcess implements NodeInterpreter {
  #child: Promise<ChildProcess> | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #longest: number;

  /** `longest`: how many seconds a task may take. */
  constructor(longest: number) {
    this.#longest = longest;
  }

  /** @throws CutShort where that came to no end. */
  run(...run: Parameters<NodeInterpreter['run']>): Promise<FinishedRun> {
    return this.#inTurn({ run });
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
    const tooLong = `It was ended after ${this.#longest} seconds.`;
    const timer = setTimeout(() => reject(new CutShort(tooLong)), this.#longest * 1000);
    const breakDown = (): void => reject(new CutShort('Python broke down.'));
    child.once('message', (answer: { done: Answer } | { failed: string }) => {
      if ('done' in answer) resolve(answer.done);
      else reject(new Error(answer.failed));
    });
    child.once('exit', breakDown);
    child.send(task);
    try {
      return await promise;
    } catch (error) {
      await this.end();
      throw error;
    } finally {
      clearTimeout(timer);
      child.removeAllListeners();
    }
  }
}

async function start(): Promise<ChildProcess> {
  snapshot ??= nodeDistribution().then(nodeSnapshot);
  await snapshot;
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
