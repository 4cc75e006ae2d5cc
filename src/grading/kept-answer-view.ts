import type { ExerciseRecord } from '../progress/record.ts';
import { element } from './dom.ts';
import { codeView } from './solution-view.ts';

const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/** The answer that is kept of an exercise, where the editor holds another; `use` puts it there. */
export function keptAnswerView({ state, answer, when }: ExerciseRecord, use: () => void): HTMLElement {
  const title = `${state === 'solved' ? 'Your answer that solved it' : 'The answer you checked last'}, ${DAY.format(when)}`;
  const button = element('button', 'button', 'Put it into the editor');
  button.type = 'button';
  button.addEventListener('click', use);
  const note = element('p', 'kept-note', button, 'What stands there now is kept, too.');
  const { figure, show } = codeView('');
  const details = element('details', 'disclosure', element('summary', '', title), figure, note);
  details.addEventListener('toggle', () => void show(answer));
  return details;
}
