import type { Num, RaisedError, TensorValue, Try, Value } from './records.ts';

interface Tolerance {
  relative: number;
  absolute: number;
}

/** What `torch.testing.assert_close` allows. */
const tolerances: Record<string, Tolerance> = {
  'torch.float64': { relative: 1e-7, absolute: 1e-7 },
  'torch.float32': { relative: 1.3e-6, absolute: 1e-5 },
  'torch.float16': { relative: 1e-3, absolute: 1e-5 },
  'torch.bfloat16': { relative: 1.6e-2, absolute: 1e-5 },
};
/** A Python number often comes out of a float32 tensor. */
const ofNumbers = tolerances['torch.float32'];

export function agreeNumbers(one: Num, other: Num, tolerance: Tolerance | undefined): boolean {
  if (one === other) return true;
  if (!tolerance || typeof one !== 'number' || typeof other !== 'number') return false;
  return Math.abs(one - other) <= tolerance.absolute + tolerance.relative * Math.abs(other);
}

/** The places at which two tensors of the same shape differ, as indices into their values. */
export function differingPlaces(values: readonly Num[], expected: readonly Num[], dtype: string): number[] {
  return values.flatMap((value, i) => (agreeNumbers(value, expected[i], tolerances[dtype]) ? [] : [i]));
}

export const sameShape = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((size, i) => size === other[i]);

/** Whether two values are the same to somebody who computes with them. */
export function agreeValues(one: Value, other: Value): boolean {
  if (one.kind === 'tensor' && other.kind === 'tensor') {
    if (one.dtype !== other.dtype || !sameShape(one.shape, other.shape)) return false;
    if (!one.values || !other.values) return one.text === other.text;
    return differingPlaces(one.values, other.values, other.dtype).length === 0;
  }
  if (one.kind === 'number' && other.kind === 'number')
    return one.type === other.type && agreeNumbers(one.value, other.value, ofNumbers);
  if (one.kind === 'list' && other.kind === 'list')
    return (
      one.type === other.type &&
      one.items.length === other.items.length &&
      one.items.every((item, i) => agreeValues(item, other.items[i]))
    );
  // A value that says of itself what it likes agrees with nothing.
  if (one.kind === 'plain' && other.kind === 'plain')
    return one.type === other.type && one.text === other.text;
  return false;
}

/** Whether two programs gave the same, and left their inputs the same, when they were tried. */
export function agreeTries(one: Try, other: Try): boolean {
  return sameOutcome(one, other) && same(effects(one), effects(other));
}

/** In how much else than its outcome a try is like another: in warnings, in flags, in the graph behind the value. */
export function likeness(one: Try, other: Try): number {
  const aspects = [
    same(one.warnings, other.warnings),
    same(flags(one.value), flags(other.value)),
    same(graphs(one.value), graphs(other.value)),
  ];
  return aspects.filter(Boolean).length;
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

function sameOutcome(one: Try, other: Try): boolean {
  if (one.value && other.value)
    return agreeValues(one.value, other.value) || sameOther(one.value, other.value);
  if (one.error && other.error) return sameError(one.error, other.error);
  if (one.missing === undefined || one.missing !== other.missing) return false;
  // What is missing may be so because the program did not come that far.
  return !one.startError || !other.startError
    ? one.startError === other.startError
    : sameError(one.startError, other.startError);
}

const sameError = (one: RaisedError, other: RaisedError): boolean =>
  one.type === other.type && one.message === other.message;

/** Mistakes may well give back something odd: of that, the class tells enough. */
const sameOther = (one: Value, other: Value): boolean =>
  one.kind === 'other' && other.kind === 'other' && one.type === other.type;

/** Which inputs changed, and whether in their numbers, their flag or their gradient. */
function effects({ changes }: Try): unknown[] {
  return changes.map(({ before, after }) => [
    before.kind === 'tensor' &&
      after.kind === 'tensor' && [
        JSON.stringify(before.values) !== JSON.stringify(after.values),
        before.requiresGrad !== after.requiresGrad,
      ],
    !before.grad !== !after.grad,
  ]);
}

const flags = (value: Value | undefined): boolean[] =>
  tensorsIn(value).map(({ requiresGrad }) => requiresGrad);

const graphs = (value: Value | undefined): string[][] => tensorsIn(value).map(({ graph }) => graph);

function tensorsIn(value: Value | undefined): TensorValue[] {
  if (value?.kind === 'tensor') return [value];
  return value?.kind === 'list' ? value.items.flatMap(tensorsIn) : [];
}
