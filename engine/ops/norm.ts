import { type DType, FLOAT, type Scalar, scalar } from '../dtype.ts';
import { check } from '../errors.ts';
import { cast } from '../kernels/elementwise.ts';
import { reduce } from '../kernels/reduce.ts';
import { type Shape, wrapDims } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { asTensor, div, mul } from './arithmetic.ts';
import { sumDims, unsqueezeDims } from './broadcast.ts';
import { zeroWhere } from './choose.ts';
import { eq, eqScalar, ne } from './compare.ts';
import { amax, amin } from './extremes.ts';
import { requireFloatMatrices } from './linalg_checks.ts';
import { op, type UnaryWith } from './op.ts';
import { powScalar } from './scalar_power.ts';
import { abs, sgn, zerosFor } from './unary.ts';

type Norm = UnaryWith<[number, Shape | null, boolean, (DType | null)?]>;

interface Saved {
  readonly self: Tensor;
  readonly result: Tensor;
  readonly dim: Shape | null;
  readonly keepdim: boolean;
  /** The order, under the one name or the other. */
  readonly ord?: number;
  readonly p?: Scalar;
}

/** (Σ |x|ᵖ)^(1/p) along dimensions. */
const norm = (signature: string, node: string, order: 'p' | 'ord'): Norm =>
  op(signature, {
    node,
    inputs: (self) => [self],
    forward: (self: Tensor, ord: number, dim: Shape | null, keepdim: boolean, dtype?: DType | null) => {
      requireFloatMatrices(self, 'linalg.vector_norm');
      check(
        !dtype || dtype.category === FLOAT,
        () => `linalg.vector_norm: dtype should be floating point or complex, but got ${dtype?.scalarName}`,
      );
      const x = abs(dtype ? cast(self, dtype) : self);
      const dims = wrapDims(dim, self.ndim);
      if (ord < 0 || ord === Number.POSITIVE_INFINITY) refuseEmpty(self, ord, dim);
      if (ord === Number.POSITIVE_INFINITY) return amax(x, dims, keepdim);
      if (ord === Number.NEGATIVE_INFINITY) return amin(x, dims, keepdim);
      if (ord === 0) return sumDims(cast(ne(x, asTensor(0)), x.dtype), dims, keepdim);
      return reduce(x, dims, keepdim, x.dtype, (data, start, steps) => {
        let total = 0;
        for (const at of steps) total += ord === 2 ? data[start + at] ** 2 : data[start + at] ** ord;
        return ord === 2 ? Math.sqrt(total) : total ** (1 / ord);
      });
    },
    save: ({ args: [self, ord, dim, keepdim], result }): Saved => ({
      self,
      ...(order === 'p' ? { p: scalar(ord) } : { ord }),
      dim,
      keepdim,
      result,
    }),
    backward: (grad, { self, ord = 0, p, dim, keepdim, result }) => {
      // A norm of all elements is one number, which broadcasts.
      const back = (t: Tensor): Tensor =>
        keepdim || dim === null || dim.length === 0 ? t : unsqueezeDims(t, dim, self.ndim);
      return normGradient(back(grad), self, p?.value ?? ord, back(result), wrapDims(dim, self.ndim));
    },
    forwardMode: ([tangent], { args: [self, ord, dim, keepdim], result }) =>
      normTangent(tangent as Tensor, self, ord, result, dim, keepdim),
  });

/** The largest of no numbers is nothing. */
function refuseEmpty(self: Tensor, ord: number, dim: Shape | null): void {
  if (self.numel > 0) return;
  const order = Math.abs(ord) === Number.POSITIVE_INFINITY ? (ord > 0 ? 'inf' : '-inf') : ord;
  const because = `linalg.vector_norm cannot compute the ${order} norm on`;
  check(
    dim !== null && dim.length > 0,
    () => `${because} an empty tensor because the operation does not have an identity`,
  );
  for (const d of wrapDims(dim, self.ndim)) {
    check(
      self.shape[d] !== 0,
      () =>
        `${because} the dimension ${d}because this dimension is empty and the operation does not have an identity`,
    );
  }
}

export const vectorNorm = norm(
  'f linalg.vector_norm(Tensor x, float ord=2, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor',
  'LinalgVectorNormBackward0',
  'ord',
);
/** The same under an older name, which some of PyTorch's functions still call. */
export const dimNorm = norm(
  'f nn.functional._norm(Tensor x, float p, int[] dim, bool keepdim) -> Tensor',
  'NormBackward1',
  'p',
);

/** How a norm moves: the same slopes, added up along the dimensions. */
function normTangent(
  tangent: Tensor,
  x: Tensor,
  ord: number,
  norm: Tensor,
  dim: Shape | null,
  keepdim: boolean,
): Tensor {
  const total = (t: Tensor): Tensor => sumDims(t, dim, keepdim);
  const scaled = (t: Tensor): Tensor =>
    zeroWhere(div(t, powScalar(norm, scalar(ord - 1))), eqScalar(norm, scalar(0)));
  if (ord === 0) return zerosFor(norm);
  if (ord === 1) return total(mul(sgn(x), tangent));
  if (ord === 2) return zeroWhere(div(total(mul(x, tangent)), norm), eqScalar(norm, scalar(0)));
  if (Math.abs(ord) === Number.POSITIVE_INFINITY) {
    const whole = keepdim || dim === null || dim.length === 0 ? norm : unsqueezeDims(norm, dim, x.ndim);
    const isExtreme = eq(abs(x), whole);
    return div(total(mul(mul(sgn(x), tangent), isExtreme)), total(isExtreme));
  }
  if (ord >= 2) return scaled(total(mul(mul(x, powScalar(abs(x), scalar(ord - 2))), tangent)));
  const steep = mul(powScalar(abs(x), scalar(ord - 1)), mul(sgn(x), tangent));
  if (ord >= 1) return scaled(total(steep));
  return mul(total(zeroWhere(steep, eqScalar(x, scalar(0)))), powScalar(norm, scalar(1 - ord)));
}

/** d‖x‖/dx = sign(x) |x|^(p-1) / ‖x‖^(p-1), and 0 where the norm is 0. */
export function normGradient(
  grad: Tensor,
  x: Tensor,
  ord: number,
  norm: Tensor,
  dims: readonly number[],
): Tensor | null {
  const atZero = eqScalar(norm, scalar(0));
  const zeroed = (t: Tensor): Tensor => zeroWhere(t, atZero);
  // Counting what is not zero has no slope.
  if (ord === 0) return null;
  if (ord === 1) return mul(sgn(x), grad);
  if (ord === 2) return mul(grad, zeroed(div(x, norm)));
  if (Math.abs(ord) === Number.POSITIVE_INFINITY) {
    const isExtreme = eq(abs(x), norm);
    return mul(sgn(x), mul(div(grad, sumDims(isExtreme, dims, true)), isExtreme));
  }
  if (ord < 1) {
    const steep = zeroWhere(powScalar(abs(x), scalar(ord - 1)), eqScalar(x, scalar(0)));
    return mul(mul(mul(sgn(x), steep), grad), powScalar(norm, scalar(1 - ord)));
  }
  const scale = zeroed(div(grad, powScalar(norm, scalar(ord - 1))));
  const steep =
    ord < 2 ? mul(sgn(x), powScalar(abs(x), scalar(ord - 1))) : mul(x, powScalar(abs(x), scalar(ord - 2)));
  return mul(steep, scale);
}
