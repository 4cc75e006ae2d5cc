import { bool, type Scalar } from '../dtype.ts';
import { check } from '../errors.ts';
import { cast, mapBinary, resultType } from '../kernels/elementwise.ts';
import { sameShape } from '../shape.ts';
import { full, type Tensor, wrappedNumber } from '../tensor.ts';
import { warnIfBatched } from '../transforms/examples.ts';
import { isBatched } from '../transforms/levels.ts';
import { inplace } from './inplace.ts';
import { define, register } from './op.ts';

type Test = (x: number, y: number) => boolean;

function comparing(self: Tensor, other: Tensor, test: Test): Tensor {
  const dtype = resultType(self, other);
  return mapBinary(cast(self, dtype), cast(other, dtype), bool, (x, y) => (test(x, y) ? 1 : 0));
}

function comparison(names: readonly string[], test: Test): (self: Tensor, other: Tensor) => Tensor {
  const compare = (self: Tensor, other: Tensor): Tensor => comparing(self, other, test);
  // In place it is recorded: the values before don't matter any more.
  const node = `${names[0][0].toUpperCase()}${names[0].slice(1)}Backward`;
  const [withNumber, withTensor] = [`${node}0`, `${node}1`].map((name) =>
    define(name, {
      inputs: (self: Tensor, other: Tensor): readonly Tensor[] =>
        other.isWrappedNumber ? [self] : [self, other],
      forward: (self: Tensor, other: Tensor) => cast(compare(self, other), self.dtype),
      save: ({ args }) => ({ _args: args.map(({ shape, dtype }) => ({ shape, dtype })) }),
      backward: (_, { _args }, needs) => needs.map((__, i) => full(_args[i].shape, 0, _args[i].dtype)),
      batch: 'elementwise',
    }),
  );
  for (const name of names) {
    register(`fm ${name}(Tensor input, Tensor|Number other) -> Tensor`, compare);
    inplace(`m ${name}_(Tensor input, Tensor|Number other) -> Tensor(input)`, (self, other: Tensor) =>
      (other.isWrappedNumber ? withNumber : withTensor)(self, other),
    );
  }
  return compare;
}

export const eq = comparison(['eq'], (x, y) => x === y);
export const ne = comparison(['ne', 'not_equal'], (x, y) => x !== y);
export const lt = comparison(['lt', 'less'], (x, y) => x < y);
export const le = comparison(['le', 'less_equal'], (x, y) => x <= y);
export const gt = comparison(['gt', 'greater'], (x, y) => x > y);
export const ge = comparison(['ge', 'greater_equal'], (x, y) => x >= y);

export const eqScalar = (self: Tensor, other: Scalar): Tensor =>
  eq(self, wrappedNumber(other.value, other.category));

function logical(name: string, test: Test): (self: Tensor, other: Tensor) => Tensor {
  return register(`fm ${name}(Tensor input, Tensor other) -> Tensor`, (self: Tensor, other: Tensor) =>
    comparing(self, other, test),
  );
}

export const logicalAnd = logical('logical_and', (x, y) => x !== 0 && y !== 0);
export const logicalOr = logical('logical_or', (x, y) => x !== 0 || y !== 0);
logical('logical_xor', (x, y) => (x !== 0) !== (y !== 0));

const refuseBatch = (tensors: readonly Tensor[], text: string): void =>
  check(!tensors.some(isBatched), () => text);

/** Equal shapes and elements, as one bool. */
register('fm equal(Tensor input, Tensor other) -> bool', (self: Tensor, other: Tensor) => {
  refuseBatch(
    [self, other],
    'Batching rule not implemented for aten::equal. We could not generate a fallback.',
  );
  if (!sameShape(self.shape, other.shape)) return false;
  return comparing(self, other, (x, y) => x === y).storage.data.every((same) => same === 1);
});

register(
  'fm isclose(Tensor input, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False) -> Tensor',
  (self: Tensor, other: Tensor, rtol: number, atol: number, equalNan: boolean) => {
    warnIfBatched('isclose', self, other);
    return closeness(self, other, rtol, atol, equalNan);
  },
);
register(
  'fm allclose(Tensor input, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False) -> bool',
  (self: Tensor, other: Tensor, rtol: number, atol: number, equalNan: boolean) => {
    refuseBatch(
      [self, other],
      "vmap over torch.allclose isn't supported yet. Please file an issue at https://github.com/pytorch/pytorch/issues if you need this feature.",
    );
    return closeness(self, other, rtol, atol, equalNan).storage.data.every((close) => close === 1);
  },
);

function closeness(self: Tensor, other: Tensor, rtol: number, atol: number, equalNan: boolean): Tensor {
  check(self.dtype === other.dtype, () => `${self.dtype.scalarName} did not match ${other.dtype.scalarName}`);
  for (const [name, tolerance] of Object.entries({ rtol, atol })) {
    check(tolerance >= 0, () => `${name} must be greater than or equal to zero, but got ${tolerance}`);
  }
  return comparing(
    self,
    other,
    (x, y) =>
      x === y ||
      (equalNan && Number.isNaN(x) && Number.isNaN(y)) ||
      (Number.isFinite(x) && Number.isFinite(y) && Math.abs(x - y) <= atol + rtol * Math.abs(y)),
  );
}
