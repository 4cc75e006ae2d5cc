import { ANSWER, judge, SOLUTION } from './judge.ts';
import type { GradeReport, GradeRequest, Try } from './records.ts';
import type { Report } from './report.ts';

/** What is needed to grade an exercise. */
export interface Material {
  check: string;
  solution: string;
  /** Programs by the mistake's name. */
  mistakes: Readonly<Record<string, string>>;
}

/** Has programs watched, in a world of its own for each call. @throws CutShort where that came to no end. */
export type Watch = (request: GradeRequest, sentence?: string) => Promise<GradeReport>;

/** A check was ended before it had an answer; the message says why, in a sentence for the reader. */
export class CutShort extends Error {}

const NOT_TRIED = 'Not tried, since the check before it came to no end.';

/**
 * Grades answers to one exercise.
 *
 * The programs that we trust and the answer are never in the same world: whatever an answer does to its own, it is
 * compared with what happened in another. In its own, it starts anew for every check.
 */
export class Grader {
  readonly #material: Material;
  #trusted: Promise<GradeReport> | undefined;

  constructor(material: Material) {
    this.#material = material;
  }

  async grade(answer: string, watch: Watch): Promise<Report> {
    const { check } = this.#material;
    const watched = watch({ check, programs: { [ANSWER]: answer } }).then(
      ({ programs }) => programs[ANSWER] ?? [],
      (error) => {
        if (error instanceof CutShort) return null;
        throw error;
      },
    );
    const [record, trusted] = await Promise.all([watched, this.#watchTrusted(watch)]);
    return judge(record ?? (await this.#tryOneByOne(answer, trusted, watch)), trusted);
  }

  /** Some check comes to no end: with a world for each, the reader hears which, and what the ones before it say. */
  async #tryOneByOne(answer: string, { checks }: GradeReport, watch: Watch): Promise<Try[][]> {
    const record: Try[][] = [];
    let ended = false;
    for (const [only, { sentence }] of checks.entries()) {
      const tries: Try[] = ended ? [cutShort(NOT_TRIED)] : await this.#tryOne(answer, only, sentence, watch);
      ended ||= tries.some((each) => each.cutShort !== undefined);
      record.push(tries);
    }
    return record;
  }

  async #tryOne(answer: string, only: number, sentence: string, watch: Watch): Promise<Try[]> {
    try {
      const { check } = this.#material;
      const { programs } = await watch({ check, programs: { [ANSWER]: answer }, only }, sentence);
      return programs[ANSWER]?.[only] ?? [];
    } catch (error) {
      if (error instanceof CutShort) return [cutShort(error.message)];
      throw error;
    }
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

const cutShort = (why: string): Try => ({
  cutShort: why,
  calls: [],
  changes: [],
  printed: '',
  saidMeanwhile: '',
  warnings: [],
  patched: [],
});
