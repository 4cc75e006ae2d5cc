import { bool } from '../dtype.ts';
import { mapUnary } from '../kernels/elementwise.ts';
import type { Tensor } from '../tensor.ts';
import { register } from './op.ts';

/** A test of each number, answering with a bool tensor. */
const predicate = (name: string, test: (x: number) => boolean) =>
  register(`fm ${name}(Tensor input) -> Tensor`, (self: Tensor) =>
    mapUnary(self, bool, (x) => (test(x) ? 1 : 0)),
  );

export const isnan = predicate('isnan', Number.isNaN);
export const isfinite = predicate('isfinite', Number.isFinite);
predicate('isinf', (x) => Math.abs(x) === Number.POSITIVE_INFINITY);
predicate('isposinf', (x) => x === Number.POSITIVE_INFINITY);
predicate('isneginf', (x) => x === Number.NEGATIVE_INFINITY);
predicate('isreal', () => true);
predicate('signbit', (x) => x < 0 || Object.is(x, -0));
export const logicalNot = predicate('logical_not', (x) => x === 0);
