import type { Exercise, World } from '../exercise-kinds/kind.ts';
import { kindOf } from '../exercise-kinds/kinds.ts';
import { exercisesOnDisk } from '../exercise-kinds/on-disk.ts';
import type { Progress } from '../progress/record.ts';

/** What has become of an answer: `claimed` is one that its file calls solved, and that does not pass. */
export type Outcome = 'solved' | 'not solved' | 'claimed' | 'unknown exercise';

export interface Regraded {
  readonly exercise: string;
  readonly outcome: Outcome;
  /** The mistake it is or behaves like, or the first check that it fails. */
  readonly because: string;
  /** When it was checked in the page, in milliseconds. */
  readonly when: number;
}

/** Other inputs are drawn than in the page, where they can be seen: who wrote down what comes out of those, fails. */
const SEED = 'regrade ';

/** Judges answers again, by the course as it is here. */
export class Regrader {
  readonly #world: World;
  readonly #exercises: ReadonlyMap<string, Exercise>;
  readonly #facts = new Map<string, Promise<unknown>>();

  constructor(world: World, exercises: readonly Exercise[] = exercisesOnDisk()) {
    this.#world = {
      run: (program) => world.run(program),
      grade: (request) => world.grade({ ...request, seed: SEED }),
    };
    this.#exercises = new Map(exercises.map((exercise) => [exercise.key, exercise]));
  }

  async regrade(progress: Progress): Promise<Regraded[]> {
    const results: Regraded[] = [];
    for (const [key, { answer, state, when }] of Object.entries(progress)) {
      const exercise = this.#exercises.get(key);
      if (exercise === undefined) {
        results.push({ exercise: key, outcome: 'unknown exercise', because: '', when });
        continue;
      }
      const facts = await this.#factsOf(exercise);
      const { solved, remarks, sentence } = await kindOf(exercise.text).judge(answer, facts, this.#world);
      const because = remarks.map((name) => name.replace(/\.py$/, '')).join('; ') || sentence;
      const outcome = solved ? 'solved' : state === 'solved' ? 'claimed' : 'not solved';
      results.push({ exercise: key, outcome, because: solved ? '' : because, when });
    }
    return results;
  }

  #factsOf(exercise: Exercise): Promise<unknown> {
    const facts =
      this.#facts.get(exercise.key) ?? kindOf(exercise.text).facts(exercise, async (text) => text);
    this.#facts.set(exercise.key, facts);
    return facts;
  }
}
