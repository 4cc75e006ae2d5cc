import type { Problem } from '../grading/inspect.ts';
import type { GradeReport, GradeRequest } from '../grading/records.ts';
import type { Report } from '../grading/report.ts';
import type { FinishedRun, NodeInterpreter } from '../runtime/node.ts';
import type { ExerciseText } from './schema.ts';

/** An exercise as it lies in the course. */
export interface Exercise<Text = ExerciseText> {
  /** `lesson/exercise`. */
  readonly key: string;
  readonly text: Text;
  /** The other files of its folder, by their path in it. */
  readonly files: Readonly<Record<string, string>>;
}

/** What a program wrote, and the error it ended with. */
export type Ran = Pick<FinishedRun, 'stdout' | 'error'>;

/** Where answers can be tried: Python in the page, or in Node. */
export interface World {
  run(program: string): Promise<Ran>;
  /** The sentence says which check is tried, where it is one alone. */
  grade(request: GradeRequest, sentence?: string): Promise<GradeReport>;
}

/** What is said of an answer. */
export interface Verdict {
  readonly solved: boolean;
  readonly sentence: string;
  /** The names of the author's remarks that are about this answer. */
  readonly remarks: readonly string[];
  /** What the kind itself knows of a program that fails, where the author does not. */
  readonly reason?: string;
  /** What the checks say, where the answer is a program. */
  readonly report?: Report;
}

/** A kind of exercise. An answer is a text in each of them: that is what is kept, exported and judged again. */
export interface Kind<Text = ExerciseText, Facts = unknown> {
  /** What the reader is to do, in a few words. */
  task(text: Text): string;
  /** All that is needed to judge an answer. The author's Markdown goes through `html`, where somebody will read it. */
  facts(exercise: Exercise<Text>, html: (markdown: string) => Promise<string>): Promise<Facts>;
  /** What is asked and what is right. Where it differs, the exercise has become another one. */
  identity(facts: Facts): unknown;
  judge(answer: string, facts: Facts, world: World): Promise<Verdict>;
  /** What its author should mend. */
  inspect(exercise: Exercise<Text>, python: NodeInterpreter): Promise<Problem[]>;
}

/** How a question is answered in the page. */
export interface Control {
  /** The answer as it stands now; empty where there is none. */
  answer(): string;
  /** Brings an earlier answer back. */
  put(answer: string): void;
  /** Shows in its own place what was said of the answer. */
  mark?(verdict: Verdict): void;
}

/** A kind that is answered by other means than an editor. */
export interface Question<Text = ExerciseText, Facts = unknown> extends Kind<Text, Facts> {
  /** Makes the static block in the page answerable; `changed` is called when the answer does. */
  control(place: HTMLElement, changed: () => void): Control;
}
