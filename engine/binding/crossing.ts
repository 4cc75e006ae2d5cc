import type { Category, Scalar } from '../dtype.ts';
import type { RegisteredOp } from '../ops/op.ts';
import { type Tensor, wrappedNumber } from '../tensor.ts';
import { handleOf, tensorOf } from './handles.ts';
import { giveList, giveValue, noteError } from './outcome.ts';
import { type Raw, type Reader, readerFor, Slots } from './slots.ts';

// How an operation's call crosses from Python: slots in, one number out.

/** The parameter types of a signature such as `sum(Tensor input, int[1]? dim, *, ScalarType? dtype=None)`. */
const parameterTypes = (signature: string): string[] =>
  signature
    .slice(signature.indexOf('(') + 1, -1)
    .split(', ')
    .filter((parameter) => parameter !== '' && parameter !== '*')
    .map((parameter) => parameter.split(' ')[0]);

type Call = (...args: unknown[]) => unknown;

/** The function that Python calls for one overload with all slots of its parameters. */
export function crossing(entry: RegisteredOp): (...slots: Raw[]) => number {
  const readers = parameterTypes(entry.signature).map(readerFor);
  const call = entry.call as Call;
  const answer = answerFor(entry.returns);
  return (...raw: Raw[]) => {
    try {
      const slots = new Slots(raw);
      return answer(call(...readers.map((read) => read(slots))));
    } catch (thrown) {
      return noteError(thrown);
    }
  };
}

function answerFor(returns: string): (result: unknown) => number {
  if (returns === 'Tensor') return (result) => handleOf(result as Tensor);
  if (returns === 'Tensor(input)') return () => 0;
  if (['bool', 'int', 'float', 'Scalar'].includes(returns))
    return (result) => giveValue(result as number | boolean);
  return (result) => giveList((result as readonly Tensor[]).map(handleOf));
}

/** Stands, in a template, for a slot that each call fills anew. */
const HOLE = '$';

/** An argument made from what a call brings: at most four values, in the order of the holes. */
type Part = (a: Raw, b: Raw, c: Raw, d: Raw) => unknown;

/**
 * The function for calls of one overload that differ only in the slots that are holes in `template`; what is read from
 * the others is read once. A slot that needn't cross costs nothing.
 */
export function shortCrossing(entry: RegisteredOp, template: readonly Raw[]): (...values: Raw[]) => number {
  const parts = partsOf(entry, template);
  const [p, q, r, s] = parts;
  const call = entry.call as Call;
  const answer = answerFor(entry.returns);
  const run: Part =
    parts.length === 1
      ? (a, b, c, d) => call(p(a, b, c, d))
      : parts.length === 2
        ? (a, b, c, d) => call(p(a, b, c, d), q(a, b, c, d))
        : parts.length === 3
          ? (a, b, c, d) => call(p(a, b, c, d), q(a, b, c, d), r(a, b, c, d))
          : parts.length === 4
            ? (a, b, c, d) => call(p(a, b, c, d), q(a, b, c, d), r(a, b, c, d), s(a, b, c, d))
            : (a, b, c, d) => call(...parts.map((part) => part(a, b, c, d)));
  return (a, b, c, d) => {
    try {
      return answer(run(a, b, c, d));
    } catch (thrown) {
      return noteError(thrown);
    }
  };
}

/** One part for each parameter. */
function partsOf(entry: RegisteredOp, template: readonly Raw[]): Part[] {
  const slots = new Slots(template);
  let holes = 0;
  return parameterTypes(entry.signature).map((type) => {
    const start = slots.at;
    const read = readerFor(type);
    const value = read(slots);
    const own = template.slice(start, slots.at);
    if (!own.includes(HOLE)) return () => value;
    const first = holes;
    for (const slot of own) if (slot === HOLE) holes++;
    const kind = own[1] as Category | 0;
    if (type === 'Tensor' || type === 'Tensor?' || (type === 'Tensor|Number' && kind === 0))
      return take(first, tensorOf);
    if (kind !== 0 && type === 'Tensor|Number')
      return take(first, (raw) => wrappedNumber(raw as number, kind));
    if (type === 'Scalar' || type === 'Scalar?')
      return take(first, (raw): Scalar => ({ value: raw as number, category: kind as Category }));
    return own.length === 1 ? take(first, (raw) => raw) : readAgain(read, own, first);
  });
}

/** What `make` makes of one of the values. */
function take(place: number, make: (raw: Raw) => unknown): Part {
  switch (place) {
    case 0:
      return (a) => make(a);
    case 1:
      return (_a, b) => make(b);
    case 2:
      return (_a, _b, c) => make(c);
    default:
      return (_a, _b, _c, d) => make(d);
  }
}

/** What a parameter of several slots reads once its holes are filled. */
function readAgain(read: Reader, own: readonly Raw[], first: number): Part {
  return (a, b, c, d) => {
    const values = [a, b, c, d];
    let at = first;
    return read(new Slots(own.map((slot) => (slot === HOLE ? values[at++] : slot))));
  };
}
