import type { Data, Scalar } from '../dtype.ts';
import { check, warnings } from '../errors.ts';
import { mapUnary } from '../kernels/elementwise.ts';
import { reduce } from '../kernels/reduce.ts';
import { type Shape, wrapDims } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { add, div, mul, mulScalar, sub } from './arithmetic.ts';
import { sumDims, unsqueezeDims } from './broadcast.ts';
import { maskedFill } from './choose.ts';
import { eqScalar } from './compare.ts';
import { multiOp, op, register, type UnaryWith } from './op.ts';
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
  if (countOf(self.shape, dims) <= freed) {
    warnings.emit(
      `${name}(): degrees of freedom is <= 0. Correction should be strictly less than the reduction factor (input numel divided by output numel).`,
      'UserWarning',
    );
  }
  const result = reduce(self, dims, keepdim, self.dtype, foldVariance(freed));
  return name.startsWith('std') ? mapUnary(result, result.dtype, Math.sqrt) : result;
}

interface VarianceSaved {
  self: Tensor;
  dim: Shape | null;
  correction: number;
  keepdim: boolean;
}

/** d var / dx = 2 (x - mean) / (n - correction) */
function varianceGradient(grad: Tensor, { self, dim, correction, keepdim }: VarianceSaved): Tensor {
  const dims = wrapDims(dim, self.ndim);
  const whole = dim === null || self.ndim === 0;
  const back = keepdim || whole || self.ndim === 1 ? grad : unsqueezeDims(grad, dim, self.ndim);
  const divisor = Math.max(0, countOf(self.shape, dims) - correction);
  const centred = sub(self, whole ? mean(self) : meanDims(self, dim, true));
  return mul(mulScalar(back, { value: 2 / divisor, category: 3 }), centred);
}

/** d √v = dv / (2 √v), and 0 where the root is 0. */
function rootGradient(grad: Tensor, root: Tensor): Tensor {
  const slope = div(grad, mulScalar(root, { value: 2, category: 2 }));
  return maskedFill(slope, eqScalar(root, { value: 0, category: 3 }), { value: 0, category: 3 });
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

export const variance: Variance = inThreeWays('fm', 'var', 'Tensor', (signature) =>
  op(signature, {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: Shape | null, correction?: Scalar | null, keepdim: boolean = false) =>
      spreadOf('var', self, dim, correction, keepdim),
    save: ({ args: [self, dim, correction, keepdim = false] }) => ({
      self,
      dim,
      correction: degreesFreed(correction),
      keepdim,
    }),
    backward: varianceGradient,
    batch: { along: 1 },
  }),
);

export const std: Variance = inThreeWays('fm', 'std', 'Tensor', (signature) =>
  op(signature, {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: Shape | null, correction?: Scalar | null, keepdim: boolean = false) =>
      spreadOf('std', self, dim, correction, keepdim),
    save: ({ args: [self, dim, correction, keepdim = false], result }) => ({
      self,
      dim,
      correction: degreesFreed(correction),
      keepdim,
      result,
    }),
    backward: (grad, saved) => varianceGradient(rootGradient(grad, saved.result), saved),
    forwardMode: ([tangent], { args: [self, dim, correction, keepdim = false], result }) => {
      const dims = wrapDims(dim, self.ndim);
      const centred = sub(self, meanDims(self, dims, true));
      const divisor = countOf(self.shape, dims) - degreesFreed(correction);
      const moved = sumDims(mul(centred, tangent as Tensor), dims, keepdim);
      return rootGradient(mulScalar(moved, { value: 2 / divisor, category: 3 }), result);
    },
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
        correction: degreesFreed(correction),
        keepdim,
        result0: result[0],
      }),
      backward: ([spread, average], saved) => {
        const { self, dim, keepdim } = saved;
        const ofVariance = spread && name === 'std_mean' ? rootGradient(spread, saved.result0) : spread;
        const parts = [
          ofVariance && varianceGradient(ofVariance, saved),
          average && meanGradient(average, self.shape, dim, keepdim),
        ].filter((part) => part !== null);
        return parts.length === 0 ? null : parts.reduce((total, part) => add(total, part));
      },
    }),
  );
}
