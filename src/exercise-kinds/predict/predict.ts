import { recordingProblems } from '../../course/recording.ts';
import type { Problem } from '../../grading/inspect.ts';
import { lineOf } from '../author.ts';
import type { Control, Exercise, Question, Ran, Verdict, World } from '../kind.ts';
import type { TextOf } from '../schema.ts';
import { cameTrue, difference, samePrediction } from './prediction.ts';

interface Facts {
  program: string;
  /** What PyTorch did with it, for where it cannot be run. */
  recorded: Ran;
  /** The wrong answers that are known. */
  mistakes: string[];
}

type Text = TextOf<'predict'>;

const PROGRAM = 'program.py';

/** A prediction is checked against a run of the very program that is shown. */
export const predict: Question<Text, Facts> = {
  task: () => 'predict',

  facts: async ({ text, files }) => ({
    program: files[PROGRAM],
    recorded: recordedRun(files),
    mistakes: text.mistakes.map(({ answer }) => answer),
  }),

  identity: ({ program, recorded }) => [program, recorded],

  async judge(answer: string, { program, recorded, mistakes }: Facts, world: World): Promise<Verdict> {
    // Where Python cannot be had, what PyTorch did with the same program is as good.
    const ran = await world.run(program).catch(() => recorded);
    if (cameTrue(answer, ran)) return { solved: true, sentence: 'You saw it coming.', remarks: [] };
    const known = mistakes.find((mistake) => samePrediction(answer, mistake));
    if (known !== undefined) return { solved: false, sentence: 'Not this.', remarks: [known] };
    return { solved: false, sentence: `Not this. ${difference(answer, ran)}`, remarks: [] };
  },

  async inspect(exercise, python): Promise<Problem[]> {
    const problems = await recordingProblems('program', exercise.files, python);
    return problems.length > 0 ? problems : answerProblems(exercise);
  },

  control(place, changed): Control {
    const input = place.querySelector('input');
    input?.addEventListener('input', changed);
    return {
      answer: () => input?.value.trim() ?? '',
      put: (answer) => {
        if (input) input.value = answer;
      },
    };
  },
};

/** What PyTorch did with `program.py`. */
export function recordedRun(files: Exercise['files']): Ran {
  const stdout = files['program.out'] ?? '';
  const end = /^(?:[\w.]+\.)?(\w+)(?:: ([\s\S]*))?$/.exec(lastParagraph(files['program.err'] ?? ''));
  if (!end) return { stdout };
  const [, type, message = ''] = end;
  return { stdout, error: { type, message, traceback: files['program.err'], line: undefined } };
}

/** What follows the frames of a traceback; nothing where there is none. */
function lastParagraph(stderr: string): string {
  const traceback = stderr.indexOf('Traceback (most recent call last):');
  if (traceback < 0) return '';
  const lines = stderr.slice(traceback).trimEnd().split('\n');
  return lines.slice(lines.findIndex((line, i) => i > 0 && /^\S/.test(line))).join('\n');
}

/** What is said to be wrong has to be so, and not twice. */
function answerProblems(exercise: Exercise<Text>): Problem[] {
  const recorded = recordedRun(exercise.files);
  const { mistakes } = exercise.text;
  const what = recorded.error ? 'raises' : 'prints';
  return mistakes.flatMap(({ answer }, i) => {
    const place = { file: 'exercise.yaml', line: lineOf(exercise, answer) };
    if (cameTrue(answer, recorded))
      return [{ ...place, sentence: `“${answer}” is called a mistake, and it is what the program ${what}` }];
    const twin = mistakes.slice(0, i).find((other) => samePrediction(answer, other.answer));
    if (twin === undefined) return [];
    return [{ ...place, sentence: `“${answer}” says the same as “${twin.answer}”, which comes before it` }];
  });
}
