import { type Scalar, scalar } from '../dtype.ts';
import { check } from '../errors.ts';
import { mapUnary } from '../kernels/elementwise.ts';
import { wrapDim } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { addScalar, asTensor, mul, mulScalar, sub } from './arithmetic.ts';
import { sumDims } from './broadcast.ts';
import { where } from './choose.ts';
import { gt } from './compare.ts';
import { contiguous } from './copy.ts';
import { inplace } from './inplace.ts';
import { normGradient, vectorNorm } from './norm.ts';
import { define, op } from './op.ts';
import { reciprocal, zerosFor } from './unary.ts';

/** What keeps a length from being divided by nothing. */
const EPSILON = 1e-7;

const allBut = (self: Tensor, dim: number): number[] => {
  const kept = wrapDim(dim, self.ndim);
  return self.shape.map((_, d) => d).filter((d) => d !== kept);
};

function shortened(self: Tensor, p: Scalar, dim: number, maxnorm: Scalar): Tensor {
  check(p.value > 0, () => 'renorm: non-positive-norm not supported');
  check(maxnorm.value >= 0, () => `renorm: expected maxnorm to be >= 0 but got ${maxnorm.value}`);
  check(self.ndim > 1, () => `renorm: input needs at least 2 dimensions, got ${self.ndim} dimensions`);
  const lengths = vectorNorm(self, p.value, allBut(self, dim), true);
  const factors = mapUnary(lengths, lengths.dtype, (length) =>
    length > maxnorm.value ? maxnorm.value / (length + EPSILON) : 1,
  );
  return contiguous(mul(self, factors));
}

/** Each slice along `dim`, shortened to `maxnorm` where it is longer. */
const renormAs = (node: string) => ({
  node,
  unbatched: 'renorm',
  inputs: (self: Tensor): readonly Tensor[] => [self],
  forward: shortened,
  save: ({ args: [self, p, dim, maxnorm] }: { args: [Tensor, Scalar, number, Scalar] }) => ({
    self,
    p,
    dim,
    maxnorm,
  }),
  backward: (
    grad: Tensor,
    { self, p, dim, maxnorm }: { self: Tensor; p: Scalar; dim: number; maxnorm: Scalar },
  ): Tensor => {
    const dims = allBut(self, dim);
    const lengths = vectorNorm(self, p.value, dims, true);
    const along = sumDims(mul(self, grad), dims, true);
    const slope = normGradient(along, self, p.value, lengths, dims) ?? zerosFor(self);
    const inverse = reciprocal(addScalar(lengths, scalar(EPSILON)));
    const turned = mul(mulScalar(inverse, maxnorm), sub(grad, mul(inverse, slope)));
    return where(gt(lengths, asTensor(maxnorm.value)), turned, grad);
  },
});

const PARAMETERS = '(Tensor input, Scalar p, int dim, Scalar maxnorm)';
op(`fm renorm${PARAMETERS} -> Tensor`, renormAs('RenormBackward0'));
inplace(`m renorm_${PARAMETERS} -> Tensor(input)`, define('RenormBackward1', renormAs('RenormBackward1')));
