import type { Data, Scalar } from '../dtype.ts';
import { check, warnings } from '../errors.ts';
import { mapUnary } from '../kernels/elementwise.ts';
import { reduce } from '../kernels/reduce.ts';
import { reducedShape, type Shape, wrapDim, wrapDims } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { add, asTensor, div, mul, mulScalar, sub } from './arithmetic.ts';
import { sumDims, unsqueezeDims } from './broadcast.ts';
import { where, zeroWhere } from './choose.ts';
import { eq, eqScalar } from './compare.ts';
import { define, multiOp, op, type Rule, register, type UnaryWith } from './op.ts';
import { countOf, foldMean, mean, meanDims, meanGradient } from './reduce.ts';

/** How far the divisor of a variance is below the number of elements: Bessel's 1 unless told otherwise. */
const degreesFreed = (correction: Scalar | null | undefined): number => correction?.value ?? 1;
const ofUnbiased = (unbiased: boolean): Scalar => ({ value: unbiased ? 1 : 0, category: 2 });

function foldVariance(correction: number) {
  return (data: Data, start: number, steps: Int32Array): number => {
    const centre = foldMean(data, start, steps);
    let total = 0;
    for (let i = 0; i < steps.length; i++) total += (data[start + steps[i]] - centre) ** 2;
    return total / Math.max(0, steps.length - correction);
  };
}

function spreadOf(
  name: string,
  self: Tensor,
  dim: Shape | null,
  correction: Scalar | null | undefined,
  keepdim: boolean,
): Tensor {
  const what = name.includes('_') ? name : 'std and var';
  check(self.isFloating, () => `${what} only support floating point and complex dtypes`);
  const dims = wrapDims(dim, self.ndim);
  const freed = degreesFreed(correction);
  const someResults = reducedShape(self.shape, dims, false).every((size) => size > 0);
  if ((someResults ? countOf(self.shape, dims) : 0) <= freed) {
    warnings.emit(
      `${name}(): degrees of freedom is <= 0. Correction should be strictly less than the reduction factor (input numel divided by output numel).`,
      'UserWarning',
    );
  }
  const result = varianceAlong(self, dims, freed, keepdim);
  return name.startsWith('std') ? mapUnary(result, result.dtype, Math.sqrt) : result;
}

const varianceAlong = (self: Tensor, dims: readonly number[], freed: number, keepdim: boolean): Tensor =>
  reduce(self, dims, keepdim, self.dtype, foldVariance(freed));

interface VarianceSaved {
  self: Tensor;
  dim: Shape | null;
  correction: Scalar | null;
  keepdim: boolean;
}

/** Twice the distance from the mean divided by nothing: infinite, and no number at the mean itself. */
const withoutFreedom = (self: Tensor): Tensor =>
  where(eq(self, mean(self)), asTensor(Number.NaN), asTensor(Number.POSITIVE_INFINITY));

/** d var / dx = 2 (x - mean) / (n - correction) */
function varianceGradient(grad: Tensor, { self, dim, correction, keepdim }: VarianceSaved): Tensor {
  const scaled = (t: Tensor, divisor: number): Tensor => mulScalar(t, { value: 2 / divisor, category: 3 });
  if (dim === null || self.ndim === 0) {
    const divisor = self.numel - degreesFreed(correction);
    if (divisor <= 0) return mul(grad, withoutFreedom(self));
    return mul(scaled(grad, divisor), sub(self, mean(self)));
  }
  const back = keepdim || self.ndim === 1 ? grad : unsqueezeDims(grad, dim, self.ndim);
  // Unlike the variance itself this takes an empty list for no dimension at all.
  const divisor = dim.reduce((n, d) => n * self.shape[wrapDim(d, self.ndim)], 1) - degreesFreed(correction);
  return mul(scaled(back, divisor), sub(self, meanDims(self, dim, true)));
}

/** How the variance moves with its input: the gradient's formula, pointwise, added up. */
const varianceTangent = (
  tangent: Tensor,
  self: Tensor,
  dim: Shape | null,
  correction: Scalar | null | undefined,
  keepdim: boolean,
): Tensor =>
  sumDims(
    varianceGradient(tangent, { self, dim, correction: correction ?? null, keepdim: true }),
    dim ?? [],
    keepdim,
  );

/** d √v = dv / (2 √v), and 0 where the root is 0. */
function rootGradient(grad: Tensor, root: Tensor): Tensor {
  const slope = div(grad, mulScalar(root, { value: 2, category: 2 }));
  return zeroWhere(slope, eqScalar(root, { value: 0, category: 3 }));
}

type Spread<R> = (self: Tensor, dim: Shape | null, correction?: Scalar | null, keepdim?: boolean) => R;

/** PyTorch's three ways to ask for a spread; the oldest two say `unbiased` for a correction of 1. */
function inThreeWays<R>(
  where: 'fm' | 'f',
  name: string,
  returns: string,
  declare: (main: string) => Spread<R>,
): Spread<R> {
  // Overloads are tried in the order of their registration, and the first of them calls the second.
  const later: { run: Spread<R> | null } = { run: null };
  const run: Spread<R> = (...args) => (later.run as Spread<R>)(...args);
  register(
    `${where} ${name}(Tensor input, int[1]? dim, bool unbiased=True, bool keepdim=False) -> ${returns}`,
    (self: Tensor, dim: Shape | null, unbiased: boolean, keepdim: boolean) =>
      run(self, dim, ofUnbiased(unbiased), keepdim),
  );
  later.run = declare(
    `${where} ${name}(Tensor input, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> ${returns}`,
  );
  register(
    `${where} ${name}(Tensor input, bool unbiased=True) -> ${returns}`,
    (self: Tensor, unbiased: boolean) => run(self, null, ofUnbiased(unbiased)),
  );
  return later.run;
}

type Variance = UnaryWith<[Shape | null, (Scalar | null)?, boolean?]>;

const varianceRule: Omit<Rule<Parameters<Variance>, VarianceSaved>, 'forward'> = {
  inputs: (self) => [self],
  save: ({ args: [self, dim, correction, keepdim = false] }) => ({
    self,
    dim,
    correction: correction ?? null,
    keepdim,
  }),
  backward: varianceGradient,
  forwardMode: ([tangent], { args: [self, dim, correction, keepdim = false] }) =>
    varianceTangent(tangent as Tensor, self, dim, correction, keepdim),
  batch: { along: 1 },
};

export const variance: Variance = inThreeWays('fm', 'var', 'Tensor', (signature) =>
  op(signature, {
    ...varianceRule,
    forward: (self, dim, correction, keepdim = false) => spreadOf('var', self, dim, correction, keepdim),
  }),
);

/** The mean of the squared distances from the mean, as normalisations want it: of nothing, too, without a warning. */
export const populationVariance = (self: Tensor, dims: Shape): Tensor =>
  quietVariance(self, dims, ofUnbiased(false), true);
const quietVariance: Variance = define('VarBackward0', {
  ...varianceRule,
  forward: (self, dim, correction, keepdim = false) =>
    varianceAlong(self, wrapDims(dim, self.ndim), degreesFreed(correction), keepdim),
});

export const std: Variance = inThreeWays('fm', 'std', 'Tensor', (signature) =>
  op(signature, {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: Shape | null, correction?: Scalar | null, keepdim: boolean = false) =>
      spreadOf('std', self, dim, correction, keepdim),
    save: ({ args: [self, dim, correction, keepdim = false], result }) => ({
      self,
      dim,
      correction: correction ?? null,
      keepdim,
      result,
    }),
    backward: (grad, saved) => varianceGradient(rootGradient(grad, saved.result), saved),
    forwardMode: ([tangent], { args: [self, dim, correction, keepdim = false], result }) =>
      rootGradient(varianceTangent(tangent as Tensor, self, dim, correction, keepdim), result),
    batch: { along: 1 },
  }),
);

/** Variance and mean, or standard deviation and mean, in one operation. */
for (const name of ['var_mean', 'std_mean']) {
  inThreeWays('f', name, '(Tensor, Tensor)', (signature) =>
    multiOp(signature, {
      inputs: (self) => [self],
      forward: (self: Tensor, dim: Shape | null, correction?: Scalar | null, keepdim: boolean = false) => [
        spreadOf(name, self, dim, correction, keepdim),
        meanDims(self, dim, keepdim),
      ],
      save: ({ args: [self, dim, correction, keepdim = false], result }) => ({
        self,
        dim,
        correction: correction ?? null,
        keepdim,
        ...(name === 'std_mean' && { result0: result[0] }),
      }),
      backward: ([spread, average], saved) => {
        const { self, dim, keepdim } = saved;
        const ofVariance =
          spread && name === 'std_mean' ? rootGradient(spread, saved.result0 as Tensor) : spread;
        const parts = [
          ofVariance && varianceGradient(ofVariance, saved),
          average && meanGradient(average, self.shape, dim, keepdim),
        ].filter((part) => part !== null);
        return parts.length === 0 ? null : parts.reduce((total, part) => add(total, part));
      },
      forwardMode: ([tangent], { args: [self, dim, correction, keepdim = false], result }) => {
        const moved = varianceTangent(tangent as Tensor, self, dim, correction, keepdim);
        return [
          name === 'std_mean' ? rootGradient(moved, result[0]) : moved,
          meanDims(tangent as Tensor, dim ?? [], keepdim),
        ];
      },
      batch: { along: 1 },
    }),
  );
}
