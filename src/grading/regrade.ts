import type { Progress } from '../progress/record.ts';
import type { NodeInterpreter } from '../runtime/node.ts';
import { type ExerciseFolder, exerciseFolders } from './exercise-folder.ts';
import { ANSWER, judge, SOLUTION } from './judge.ts';
import type { GradeReport } from './records.ts';

/** What has become of an answer: `claimed` is one that its file calls solved, and that does not pass. */
export type Outcome = 'solved' | 'not solved' | 'claimed' | 'unknown exercise';

export interface Regraded {
  readonly exercise: string;
  readonly outcome: Outcome;
  /** The mistake it behaves like, or the first check that it fails. */
  readonly because: string;
  /** When it was checked in the page, in milliseconds. */
  readonly when: number;
}

/** Runs answers again, each in a world of its own, with the checks of the course as it is here. */
export class Regrader {
  readonly #python: NodeInterpreter;
  readonly #folders: ReadonlyMap<string, ExerciseFolder>;
  readonly #trusted = new Map<string, Promise<GradeReport>>();

  constructor(python: NodeInterpreter, folders: readonly ExerciseFolder[] = exerciseFolders()) {
    this.#python = python;
    this.#folders = new Map(folders.map((folder) => [folder.key, folder]));
  }

  async regrade(progress: Progress): Promise<Regraded[]> {
    const results: Regraded[] = [];
    for (const [exercise, { answer, state, when }] of Object.entries(progress)) {
      const folder = this.#folders.get(exercise);
      if (folder === undefined) {
        results.push({ exercise, outcome: 'unknown exercise', because: '', when });
        continue;
      }
      const { programs } = await this.#python.grade({ check: folder.check, programs: { [ANSWER]: answer } });
      const report = judge(programs[ANSWER], await this.#watchTrusted(folder));
      const failed = report.checks.find(({ passed }) => !passed);
      const because = report.mistake?.replace(/\.py$/, '') ?? failed?.sentence ?? '';
      const outcome = report.solved ? 'solved' : state === 'solved' ? 'claimed' : 'not solved';
      results.push({ exercise, outcome, because, when });
    }
    return results;
  }

  #watchTrusted({ key, check, solution, mistakes }: ExerciseFolder): Promise<GradeReport> {
    const wrong = Object.entries(mistakes).map(([name, { program }]) => [name, program]);
    const known = this.#trusted.get(key);
    const trusted =
      known ??
      this.#python.grade({ check, programs: { [SOLUTION]: solution, ...Object.fromEntries(wrong) } });
    this.#trusted.set(key, trusted);
    return trusted;
  }
}
