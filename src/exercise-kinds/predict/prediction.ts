import type { Ran } from '../kind.ts';
import { namesError, sameError, saysError } from './errors.ts';
import { leavesOf, readValues, sameValues, shapeOf, type Value } from './values.ts';

/** Whether a prediction came true. */
export function cameTrue(prediction: string, ran: Ran): boolean {
  if (ran.error) return namesError(prediction, ran.error);
  return samePrinted(prediction, ran.stdout);
}

/** Whether a prediction says the same as another, which people are known to make. */
export function samePrediction(one: string, known: string): boolean {
  if (saysError(known)) return saysError(one) && sameError(one, known);
  return !saysError(one) && samePrinted(one, known);
}

function samePrinted(typed: string, printed: string): boolean {
  const [mine, theirs] = [readValues(typed), readValues(printed)];
  if (mine && theirs) return sameValues(mine, theirs);
  return plain(typed) === plain(printed);
}

const plain = (text: string): string => text.replaceAll(/[\s'"`]+/g, ' ').trim();

/** What can be said of a prediction that did not come true, and that its author knows nothing of. */
export function difference(prediction: string, { stdout, error }: Ran): string {
  if (error)
    return saysError(prediction)
      ? 'It does end with an error, and another one. Its class or some words of its message are enough.'
      : 'The program does not come that far: it ends with an error. Which one?';
  if (saysError(prediction)) return 'Nothing is raised: the program runs to its end.';
  const [typed, printed] = [readValues(prediction), readValues(stdout)];
  if (!printed) return 'That is not what it prints.';
  if (!typed) return 'Write it as Python would print it, such as 3.0 or tensor([1., 2.]), or name the error.';
  return differenceOf(typed, printed);
}

function differenceOf(typed: Value[], printed: Value[]): string {
  if (printed.length > 1 && typed.length !== printed.length)
    return `It prints ${printed.length} values, one after the other; yours are ${typed.length}.`;
  const mine =
    typed.length === printed.length ? typed : [{ kind: 'list', items: typed, isTuple: true } as const];
  const at = printed.findIndex((value, i) => String(shapeOf(mine[i])) !== String(shapeOf(value)));
  if (at >= 0)
    return `What it prints is ${shapeWords(shapeOf(printed[at]))}; yours is ${shapeWords(shapeOf(mine[at]))}.`;
  const [had, wanted] = [mine.flatMap(leavesOf), printed.flatMap(leavesOf)];
  const right = wanted.filter((leaf, i) => had[i] !== undefined && sameValues([had[i]], [leaf])).length;
  if (wanted.length === 1) return 'That is not what it prints.';
  if (right === wanted.length) return 'The numbers are right. What is written around them is not.';
  return `The shape is right, and so ${right === 1 ? 'is' : 'are'} ${right} of its ${wanted.length} numbers.`;
}

function shapeWords(shape: readonly number[]): string {
  if (shape.length === 0) return 'a single number';
  if (shape.length === 1) return `a row of ${shape[0]}`;
  return `of shape (${shape.join(', ')})`;
}
