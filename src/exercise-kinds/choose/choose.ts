import { offerChoices } from '../../components/choices.ts';
import { recordingProblems } from '../../course/recording.ts';
import type { Problem } from '../../grading/inspect.ts';
import { lineOf } from '../author.ts';
import type { Control, Exercise, Question, Verdict } from '../kind.ts';
import type { TextOf } from '../schema.ts';

interface Facts {
  several: boolean;
  options: { text: string; right: boolean }[];
}

type Text = TextOf<'choose'>;

/** An answer is the text of what was chosen, an option a line. */
export const choose: Question<Text, Facts> = {
  task: ({ several }) => (several ? 'choose several' : 'choose one'),

  facts: async ({ text: { several, options } }) => ({
    several,
    options: options.map(({ text, right }) => ({ text, right })),
  }),

  identity: (facts) => facts,

  async judge(answer, { several, options }): Promise<Verdict> {
    const chosen = answer.split('\n');
    const right = options.filter((option) => option.right).map(({ text }) => text);
    const wrong = chosen.filter((text) => !right.includes(text));
    const solved = wrong.length === 0 && right.every((text) => chosen.includes(text));
    return { solved, sentence: sentenceOn(solved, several, wrong.length), remarks: chosen };
  },

  async inspect(exercise, python): Promise<Problem[]> {
    const shown = 'program.py' in exercise.files;
    return [
      ...(shown ? await recordingProblems('program', exercise.files, python) : []),
      ...optionProblems(exercise),
    ];
  },

  control(place, changed): Control {
    const list = place.querySelector('.options');
    const type = list?.hasAttribute('data-several') ? 'checkbox' : 'radio';
    const boxes = offerChoices(place, type);
    place.addEventListener('change', changed);
    const textOf = (box: HTMLElement) => box.closest<HTMLElement>('[data-remark]')?.dataset.remark ?? '';
    return {
      answer: () =>
        boxes
          .filter(({ checked }) => checked)
          .map(textOf)
          .join('\n'),
      put: (answer) => {
        const chosen = answer.split('\n');
        for (const box of boxes) box.checked = chosen.includes(textOf(box));
      },
      mark: ({ remarks, solved }) => {
        for (const option of place.querySelectorAll<HTMLElement>('.option')) {
          option.toggleAttribute('data-told', solved || remarks.includes(option.dataset.remark ?? ''));
        }
      },
    };
  },
};

function sentenceOn(solved: boolean, several: boolean, wrong: number): string {
  if (solved) return several ? 'Right, and that is all of them.' : 'Right.';
  if (!several) return 'Not this one.';
  if (wrong === 0) return 'So far right, and not yet all.';
  return wrong === 1 ? 'One of these is not right.' : `${wrong} of these are not right.`;
}

function optionProblems(exercise: Exercise<Text>): Problem[] {
  const { several, options } = exercise.text;
  const file = 'exercise.yaml';
  const line = lineOf(exercise, 'options:');
  const right = options.filter((option) => option.right).length;
  const problems: Problem[] = [];
  if (right === 0) problems.push({ file, line, sentence: 'has no option that is right' });
  if (!several && right > 1)
    problems.push({
      file,
      line,
      sentence: `has ${right} right options, of which one can be chosen: \`several: true\``,
    });
  if (right === options.length) problems.push({ file, line, sentence: 'has no option that is wrong' });
  options.forEach(({ text, why }, i) => {
    for (const twin of options.slice(0, i)) {
      if (twin.text === text)
        problems.push({ file, line: lineOf(exercise, text), sentence: `has “${text}” twice` });
      if (twin.why === why)
        problems.push({
          file,
          line: lineOf(exercise, why),
          sentence: `says of “${text}” what it says of “${twin.text}”`,
        });
    }
  });
  return problems;
}
