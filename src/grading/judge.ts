import { agreeTries, agreeValues, likeness } from './agree.ts';
import { explain } from './explain.ts';
import type { Check, GradeReport, InputState, ProgramRecord, RaisedError, Try } from './records.ts';
import type { CheckResult, Report } from './report.ts';
import { valueText } from './show.ts';

/** The name under which the solution is watched; a mistake's name is that of its file. */
export const SOLUTION = 'solution.py';
/** The name under which the reader's answer is watched. */
export const ANSWER = 'answer';

/** Agrees with nothing. */
const NOT_TRIED: Try = { calls: [], changes: [], printed: '', saidMeanwhile: '', warnings: [], patched: [] };

const INPUTS_KEPT = 'What it is given is left as it was';

/**
 * Compares what an answer did with what the solution and the mistakes do.
 *
 * `trusted` comes from a world that the answer has never been in.
 */
export function judge(answer: ProgramRecord, trusted: GradeReport): Report {
  const { checks, programs } = trusted;
  const solution = programs[SOLUTION];
  const results = checks.map((check, i) => checkResult(check, answer[i] ?? [], solution[i]));
  const kept = inputsKept(checks, answer, solution);
  if (kept) results.push(kept);
  const solved = results.every(({ passed }) => passed);
  // Who prints the right value has made no other mistake.
  const recognisable = !solved && !printsInstead(answer, solution);
  return {
    solved,
    checks: results,
    mistake: recognisable ? recognise(answer, programs) : undefined,
    printed: answer[0]?.[0]?.printed ?? '',
  };
}

function checkResult(check: Check, tries: readonly Try[], expected: readonly Try[]): CheckResult {
  const { sentence } = check;
  for (const [turn, wanted] of expected.entries()) {
    const tried = tries[turn];
    if (!tried) return { sentence, passed: false, why: 'The check did not come to its end.' };
    const failure = failureOf(check, tried, wanted);
    if (failure) return { sentence, passed: false, call: tried.calls.at(-1), ...failure };
  }
  return { sentence, passed: true };
}

function failureOf(check: Check, tried: Try, wanted: Try): Partial<CheckResult> | undefined {
  if (tried.cutShort !== undefined) return { why: tried.cutShort };
  if (tried.patched.length > 0)
    return { why: `It replaces ${tried.patched.join(', ')}, which the checks need as it is.` };
  const { startError, missing, error, value } = tried;
  const agrees = value !== undefined && wanted.value !== undefined && agreeValues(value, wanted.value);
  if (startError) {
    const right = agrees ? ' What this check asks for comes out right.' : '';
    return { why: `${raising(startError)}, while it starts.${right}`, error: startError };
  }
  if (missing !== undefined) return { why: missingText(missing, tried.defined) };
  if (error) return { why: `${raising(error)}.`, error };
  if (!value || !wanted.value) return { why: 'The check gave no result.' };
  if (printsIt(tried, wanted))
    return { why: 'It prints the right value and gives back None: `return` the value, as well or instead.' };
  return agrees ? undefined : explain(value, wanted.value, check);
}

function missingText(missing: string, defined: readonly string[] = []): string {
  return `The program has no ${missing}${defined.length > 0 ? `; it defines ${defined.join(', ')}` : ''}.`;
}

/** Whether the very value that should be given back is printed instead. */
function printsIt({ value, saidMeanwhile }: Try, wanted: Try): boolean {
  if (value?.kind !== 'plain' || value.type !== 'NoneType' || !wanted.value) return false;
  return saidMeanwhile.includes(valueText(wanted.value).replace(/^'(.*)'$/, '$1'));
}

const printsInstead = (answer: ProgramRecord, solution: ProgramRecord): boolean =>
  pairs(answer, solution).some(([tried, wanted]) => printsIt(tried, wanted));

function raising({ type, line }: RaisedError): string {
  const where = line ? `, on line ${line}` : '';
  return type === 'SystemExit' ? `The program ends itself${where}` : `The program raises ${type}${where}`;
}

/** The check that is always there, unless the exercise is about changing inputs. */
function inputsKept(
  checks: readonly Check[],
  answer: ProgramRecord,
  solution: ProgramRecord,
): CheckResult | undefined {
  const strict = (record: ProgramRecord) =>
    checks.flatMap((check, i) => (check.mayChangeInputs ? [] : (record[i] ?? [])));
  const isCalled = ({ calls }: Try) => calls.length > 0;
  if (!strict(solution).some(isCalled)) return undefined;
  const tries = strict(answer);
  const changing = tries.find(({ changes }) => changes.length > 0);
  if (!changing) {
    if (tries.some(isCalled)) return { sentence: INPUTS_KEPT, passed: true };
    return { sentence: INPUTS_KEPT, passed: false, why: 'There was nothing yet to give it to.' };
  }
  const [{ before, after }] = changing.changes;
  return {
    sentence: INPUTS_KEPT,
    passed: false,
    why: changeText(before, after),
    call: changing.calls.at(-1),
  };
}

function changeText(before: InputState, after: InputState): string {
  if (before.kind !== 'tensor' || after.kind !== 'tensor') return 'The input is another one afterwards.';
  if (JSON.stringify(before.values) !== JSON.stringify(after.values))
    return `The input was ${before.text} and is ${after.text} afterwards.`;
  if (before.requiresGrad !== after.requiresGrad)
    return after.requiresGrad
      ? 'The input did not require grad before the call, and does so afterwards.'
      : 'The input required grad before the call, and no longer does afterwards.';
  return 'The input has another .grad after the call than before.';
}

/** The mistake that does what the answer does in every check; of several, the one that is most like it otherwise. */
function recognise(answer: ProgramRecord, programs: GradeReport['programs']): string | undefined {
  const alike = Object.entries(programs)
    .filter(
      ([name, record]) => name !== SOLUTION && pairs(answer, record).every(([a, b]) => agreeTries(a, b)),
    )
    .map(([name, record]) => ({
      name,
      likeness: sum(pairs(answer, record).map(([a, b]) => likeness(a, b))),
    }));
  const most = Math.max(...alike.map(({ likeness }) => likeness));
  return alike.find(({ likeness }) => likeness === most)?.name;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Each try of a program that we trust beside that of the answer. */
const pairs = (answer: ProgramRecord, trusted: ProgramRecord): [Try, Try][] =>
  trusted.flatMap((tries, i) =>
    tries.map((tried, turn): [Try, Try] => [answer[i]?.[turn] ?? NOT_TRIED, tried]),
  );
