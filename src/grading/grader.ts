import { ANSWER, judge, SOLUTION } from './judge.ts';
import type { GradeReport, GradeRequest } from './records.ts';
import type { Report } from './report.ts';

/** What is needed to grade an exercise. */
export interface Material {
  check: string;
  solution: string;
  /** Programs by the mistake's name. */
  mistakes: Readonly<Record<string, string>>;
}

/** Has programs watched, in a world of its own for each call. */
export type Watch = (request: GradeRequest) => Promise<GradeReport>;

/**
 * Grades answers to one exercise.
 *
 * The programs that we trust and the answer are never in the same world: whatever an answer does to its own, it is
 * compared with what happened in another.
 */
export class Grader {
  readonly #material: Material;
  #trusted: Promise<GradeReport> | undefined;

  constructor(material: Material) {
    this.#material = material;
  }

  async grade(answer: string, watch: Watch): Promise<Report> {
    const { check } = this.#material;
    const watched = watch({ check, programs: { [ANSWER]: answer } });
    const [report, trusted] = await Promise.all([watched, this.#watchTrusted(watch)]);
    return judge(report.programs[ANSWER] ?? [], trusted);
  }

  /** What the solution and the mistakes do does not change: they are watched once. */
  #watchTrusted(watch: Watch): Promise<GradeReport> {
    const { check, solution, mistakes } = this.#material;
    this.#trusted ??= watch({ check, programs: { [SOLUTION]: solution, ...mistakes } }).catch((error) => {
      this.#trusted = undefined;
      throw error;
    });
    return this.#trusted;
  }
}
