import type { DType } from '../dtype.ts';
import { cast } from '../kernels/elementwise.ts';
import { reduce } from '../kernels/reduce.ts';
import { type Shape, wrapDims } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { asTensor, div, mul } from './arithmetic.ts';
import { sumDims, unsqueezeDims } from './broadcast.ts';
import { maskedFill } from './choose.ts';
import { eq, eqScalar, ne } from './compare.ts';
import { op, type UnaryWith } from './op.ts';
import { powScalar } from './power.ts';
import { amax, amin } from './reduce.ts';
import { abs, sgn, zerosFor } from './unary.ts';

/** (Σ |x|ᵖ)^(1/p) along dimensions: the 2-norm unless told otherwise. */
export const vectorNorm: UnaryWith<[number, Shape | null, boolean, (DType | null)?]> = op(
  'f linalg.vector_norm(Tensor x, float ord=2, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor',
  {
    node: 'LinalgVectorNormBackward0',
    inputs: (self) => [self],
    forward: (self: Tensor, ord: number, dim: Shape | null, keepdim: boolean, dtype?: DType | null) => {
      const x = abs(dtype ? cast(self, dtype) : self);
      const dims = wrapDims(dim, self.ndim);
      if (ord === Number.POSITIVE_INFINITY) return amax(x, dims, keepdim);
      if (ord === Number.NEGATIVE_INFINITY) return amin(x, dims, keepdim);
      if (ord === 0) return sumDims(cast(ne(x, asTensor(0)), x.dtype), dims, keepdim);
      return reduce(x, dims, keepdim, x.dtype, (data, start, steps) => {
        let total = 0;
        for (const at of steps) total += ord === 2 ? data[start + at] ** 2 : data[start + at] ** ord;
        return ord === 2 ? Math.sqrt(total) : total ** (1 / ord);
      });
    },
    save: ({ args: [self, ord, dim, keepdim], result }) => ({ self, ord, dim, keepdim, result }),
    backward: (grad, { self, ord, dim, keepdim, result }) => {
      const back = (t: Tensor): Tensor => (keepdim ? t : unsqueezeDims(t, dim, self.ndim));
      return normGradient(back(grad), self, ord, back(result), wrapDims(dim, self.ndim));
    },
  },
);

/** d‖x‖/dx = sign(x) |x|^(p-1) / ‖x‖^(p-1), and 0 where the norm is 0. */
function normGradient(grad: Tensor, x: Tensor, ord: number, norm: Tensor, dims: readonly number[]): Tensor {
  const atZero = eqScalar(norm, { value: 0, category: 3 });
  const zeroed = (t: Tensor): Tensor => maskedFill(t, atZero, { value: 0, category: 3 });
  if (ord === 0) return mul(grad, zerosFor(x));
  if (ord === 1) return mul(sgn(x), grad);
  if (ord === 2) return mul(x, zeroed(div(grad, norm)));
  if (Math.abs(ord) === Number.POSITIVE_INFINITY) {
    const isExtreme = eq(abs(x), norm);
    return mul(mul(sgn(x), div(grad, sumDims(isExtreme, dims, true))), isExtreme);
  }
  const power = { value: ord - 1, category: 3 as const };
  return mul(mul(sgn(x), powScalar(abs(x), power)), zeroed(div(grad, powScalar(norm, power))));
}
