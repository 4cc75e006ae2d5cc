import type { Data } from '../dtype.ts';
import { check } from '../errors.ts';
import { mapUnary } from '../kernels/elementwise.ts';
import { reduce } from '../kernels/reduce.ts';
import { type Shape, wrapDims } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { add, div, mul, mulScalar, sub } from './arithmetic.ts';
import { sumDims, unsqueezeDims } from './broadcast.ts';
import { maskedFill } from './choose.ts';
import { eqScalar } from './compare.ts';
import { multiOp, op, type UnaryWith } from './op.ts';
import { countOf, foldMean, meanDims, meanGradient } from './reduce.ts';

/** How far the divisor of a variance is below the number of elements: Bessel's 1 unless told otherwise. */
const degreesFreed = (correction: number | null | undefined): number => correction ?? 1;

function foldVariance(correction: number) {
  return (data: Data, start: number, steps: Int32Array): number => {
    const centre = foldMean(data, start, steps);
    let total = 0;
    for (let i = 0; i < steps.length; i++) total += (data[start + steps[i]] - centre) ** 2;
    const divisor = Math.max(0, steps.length - correction);
    return divisor === 0 && total === 0 && steps.length <= correction ? Number.NaN : total / divisor;
  };
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
  const back = keepdim ? grad : unsqueezeDims(grad, dim, self.ndim);
  const divisor = countOf(self.shape, dims) - correction;
  const centred = sub(self, meanDims(self, dims, true));
  return mul(mulScalar(back, { value: 2 / divisor, category: 3 }), centred);
}

const varianceOf = (
  self: Tensor,
  dim: Shape | null,
  correction: number | null | undefined,
  keepdim: boolean,
): Tensor =>
  reduce(self, wrapDims(dim, self.ndim), keepdim, self.dtype, foldVariance(degreesFreed(correction)));

type Variance = UnaryWith<[Shape | null, (number | null)?, boolean?]>;

function requireFloats(self: Tensor, name: string): void {
  check(self.isFloating, () => `${name} only support floating point and complex dtypes`);
}

export const variance: Variance = op(
  'fm var(Tensor input, int[1]? dim=None, *, int? correction=None, bool keepdim=False) -> Tensor',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: Shape | null, correction?: number | null, keepdim: boolean = false) => {
      requireFloats(self, 'std and var');
      return varianceOf(self, dim, correction, keepdim);
    },
    save: ({ args: [self, dim, correction, keepdim = false] }) => ({
      self,
      dim,
      correction: degreesFreed(correction),
      keepdim,
    }),
    backward: varianceGradient,
    batch: { along: 1 },
  },
);

export const std: Variance = op(
  'fm std(Tensor input, int[1]? dim=None, *, int? correction=None, bool keepdim=False) -> Tensor',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: Shape | null, correction?: number | null, keepdim: boolean = false) => {
      requireFloats(self, 'std and var');
      const fold = foldVariance(degreesFreed(correction));
      return reduce(self, wrapDims(dim, self.ndim), keepdim, self.dtype, (...run) => Math.sqrt(fold(...run)));
    },
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
  },
);

/** d √v = dv / (2 √v), and 0 where the root is 0. */
function rootGradient(grad: Tensor, root: Tensor): Tensor {
  const slope = div(grad, mulScalar(root, { value: 2, category: 2 }));
  return maskedFill(slope, eqScalar(root, { value: 0, category: 3 }), { value: 0, category: 3 });
}

/** Variance and mean, or standard deviation and mean, in one operation. */
function withMean(name: 'var_mean' | 'std_mean', root: boolean) {
  return multiOp(
    `f ${name}(Tensor input, int[1]? dim=None, *, int? correction=None, bool keepdim=False) -> (Tensor, Tensor)`,
    {
      inputs: (self) => [self],
      forward: (
        self: Tensor,
        dim: Shape | null,
        correction: number | null = null,
        keepdim: boolean = false,
      ) => {
        requireFloats(self, name);
        const spread = varianceOf(self, dim, correction, keepdim);
        return [root ? mapUnary(spread, spread.dtype, Math.sqrt) : spread, meanDims(self, dim, keepdim)];
      },
      save: ({ args: [self, dim, correction, keepdim = false], result }) => ({
        self,
        dim,
        correction: degreesFreed(correction),
        keepdim,
        result0: result[0],
      }),
      backward: ([spread, mean], saved) => {
        const { self, dim, keepdim } = saved;
        const ofVariance = spread && root ? rootGradient(spread, saved.result0) : spread;
        const parts = [
          ofVariance && varianceGradient(ofVariance, saved),
          mean && meanGradient(mean, self.shape, dim, keepdim),
        ].filter((part) => part !== null);
        return parts.length === 0 ? null : parts.reduce((total, part) => add(total, part));
      },
    },
  );
}
withMean('var_mean', false);
withMean('std_mean', true);
