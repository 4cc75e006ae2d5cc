import { agreeValues, differingPlaces, sameShape } from './agree.ts';
import type { Check, TensorValue, Value } from './records.ts';
import type { CheckResult } from './report.ts';
import { about, indexOf, numberText, shapeText, shown } from './show.ts';

type Explanation = Pick<CheckResult, 'why' | 'comparison'>;

/** Why a value is not the one that was expected. */
export function explain(got: Value, expected: Value, check: Check): Explanation {
  if (got.kind === 'tensor' && expected.kind === 'tensor') return explainTensor(got, expected, check);
  if (got.kind === 'list' && expected.kind === 'list' && got.items.length === expected.items.length) {
    const wrong = got.items.findIndex((item, i) => !agreeValues(item, expected.items[i]));
    if (wrong >= 0) {
      const inner = explain(got.items[wrong], expected.items[wrong], check);
      return { ...inner, why: `Of the ${got.items.length} results, number ${wrong + 1}: ${inner.why}` };
    }
  }
  const isNone = got.kind === 'plain' && got.type === 'NoneType';
  const from = isNone
    ? ', as a function does that ends without `return`, and `.grad` where no gradient has come'
    : '';
  return {
    why: `It gives ${about(got)}${from}. Expected: ${about(expected)}.`,
    comparison: compare(got, expected, check),
  };
}

function explainTensor(got: TensorValue, expected: TensorValue, check: Check): Explanation {
  if (!sameShape(got.shape, expected.shape)) {
    const why = `Its shape is ${shapeText(got.shape)}. Expected: ${shapeText(expected.shape)}.`;
    return { why, comparison: compare(got, expected, check) };
  }
  const places =
    got.values && expected.values ? differingPlaces(got.values, expected.values, expected.dtype) : [];
  if (places.length === 0 && got.dtype !== expected.dtype) {
    const why = `The numbers are right, but they are ${got.dtype}. Expected: ${expected.dtype}.`;
    return { why, comparison: compare(got, expected, check) };
  }
  return {
    why: differences(got, expected, places, check),
    comparison: compare(got, expected, check, places),
  };
}

function differences(
  got: TensorValue,
  expected: TensorValue,
  places: readonly number[],
  check: Check,
): string {
  const [first] = places;
  if (first === undefined || !got.values || !expected.values) return 'Its numbers are not the expected ones.';
  const is = numberText(got.values[first], got.dtype);
  const should = numberText(expected.values[first], expected.dtype);
  const index = indexOf(first, got.shape);
  const where =
    check.jacobian && index.length === 2
      ? `The derivative of output ${index[0]} with respect to input ${index[1]} (row ${index[0]}, column ${index[1]})`
      : `The number at [${index.join(', ')}]`;
  const others = places.length - 1;
  const rest = others > 0 ? ` ${others} more ${others === 1 ? 'number differs' : 'numbers differ'}.` : '';
  return `${index.length === 0 ? 'The number' : where} is ${is}. Expected: ${should}.${rest}`;
}

function compare(got: Value, expected: Value, { jacobian }: Check, places: readonly number[] = []) {
  return { expected: shown(expected, jacobian, places), got: shown(got, jacobian, places) };
}
