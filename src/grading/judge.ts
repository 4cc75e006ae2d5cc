import { agreeTries, agreeValues, type Closeness } from './agree.ts';
import { explain } from './explain.ts';
import type { Check, GradeReport, InputState, ProgramRecord, Try } from './records.ts';
import type { CheckResult, Report } from './report.ts';

/** The name under which the solution is watched; a mistake's name is that of its file. */
export const SOLUTION = 'solution.py';
/** The name under which the reader's answer is watched. */
export const ANSWER = 'answer';

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
  return {
    solved,
    checks: results,
    mistake: solved ? undefined : recognise(answer, programs),
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
  if (tried.missing !== undefined) return { why: `The program has no ${tried.missing}.` };
  if (tried.error) {
    const { type, line } = tried.error;
    const where = line ? `, on line ${line}` : '';
    const why =
      type === 'SystemExit' ? `The program ends itself${where}.` : `The program raises ${type}${where}.`;
    return { why, error: tried.error };
  }
  if (!tried.value || !wanted.value) return { why: 'The check gave no result.' };
  return agreeValues(tried.value, wanted.value) ? undefined : explain(tried.value, wanted.value, check);
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

/** The mistake that behaves like the answer in every check, if there is one. */
function recognise(answer: ProgramRecord, programs: GradeReport['programs']): string | undefined {
  const names = Object.keys(programs).filter((name) => name !== SOLUTION);
  const like = (closeness: Closeness) => names.find((name) => behavesLike(answer, programs[name], closeness));
  return like('exact') ?? like('roughly');
}

function behavesLike(answer: ProgramRecord, mistake: ProgramRecord, closeness: Closeness): boolean {
  return mistake.every((tries, i) =>
    tries.every((tried, turn) => {
      const other = answer[i]?.[turn];
      return other !== undefined && agreeTries(other, tried, closeness);
    }),
  );
}
