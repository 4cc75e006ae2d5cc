import { comparisonView } from './comparison-view.ts';
import { element, heard } from './dom.ts';
import type { CheckResult, Report } from './report.ts';

/** The result in a sentence, and below it the message of the mistake that was recognised (HTML of the course's own). */
export function verdictView({ solved, checks }: Report, message: string | undefined): Node[] {
  const all = checks.length;
  const failed = checks.filter(({ passed }) => !passed).length;
  const words = solved
    ? `Solved: ${all === 1 ? 'the check passes' : `all ${all} checks pass`}.`
    : `Not yet: ${failed === all ? (all === 1 ? 'the check fails' : `all ${all} checks fail`) : `${failed} of ${all} checks ${failed === 1 ? 'fails' : 'fail'}`}.`;
  const verdict = element('p', 'verdict', words);
  verdict.dataset.solved = `${solved}`;
  if (message === undefined) return [verdict];
  const recognised = element('div', 'recognised');
  recognised.innerHTML = message;
  return [verdict, recognised];
}

/** The checks one by one. The first that fails is laid open, the others can be. */
export function checksView({ checks, printed }: Report): Node[] {
  const first = checks.findIndex(({ passed }) => !passed);
  const list = element('ol', 'checks', ...checks.map((check, i) => checkView(check, i === first)));
  if (!printed) return [list];
  const output = element('pre', 'value-text', printed);
  output.tabIndex = 0;
  const box = element('details', 'disclosure', element('summary', '', 'What your program printed'), output);
  return [list, box];
}

function checkView(check: CheckResult, open: boolean): HTMLElement {
  const mark = element('span', 'check-mark', check.passed ? '✓' : '✗');
  mark.ariaHidden = 'true';
  const sentence = [mark, heard(check.passed ? 'Passes: ' : 'Fails: '), check.sentence];
  const item = element('li', 'check');
  item.dataset.passed = `${check.passed}`;
  if (check.passed) {
    item.append(...sentence);
  } else {
    const details = element('details', '', element('summary', '', ...sentence), whyView(check));
    details.open = open;
    item.append(details);
  }
  return item;
}

function whyView({ why, call, comparison, error }: CheckResult): HTMLElement {
  const box = element('div', 'check-why');
  if (call) box.append(element('p', 'check-call', 'Tried: ', element('code', '', call)));
  if (why) box.append(element('p', '', why));
  if (comparison) box.append(comparisonView(comparison));
  if (error?.traceback) {
    const traceback = element('pre', 'value-text stderr', error.traceback.trimEnd());
    traceback.tabIndex = 0;
    box.append(traceback);
  }
  return box;
}
