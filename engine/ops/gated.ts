import { check } from '../errors.ts';
import { wrapDim } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { asTensor, mul } from './arithmetic.ts';
import { where } from './choose.ts';
import { gt } from './compare.ts';
import { fused } from './fused.ts';
import { chunk } from './parts.ts';
import { sigmoid } from './unary.ts';

// Activations that take part of their numbers from elsewhere: a learned slope, or the other half of the input.

/** x where it is positive, weight · x elsewhere. */
export const preluKernel = fused('f nn.functional._prelu_kernel(Tensor input, Tensor weight) -> Tensor', {
  node: 'PreluKernelBackward0',
  compose: (input: Tensor, weight: Tensor) => where(gt(input, asTensor(0)), input, mul(weight, input)),
});

/** The first half of the input along `dim`, times the sigmoid of the second. */
export const glu = fused('f nn.functional._glu(Tensor input, int dim) -> Tensor', {
  node: 'GluBackward0',
  compose: (input: Tensor, dim: number) => {
    const at = wrapDim(dim, input.ndim);
    const size = input.shape[at];
    check(size % 2 === 0, () => `Halving dimension must be even, but dimension ${at} is size ${size}`);
    const [values, gates] = chunk(input, 2, at);
    return mul(values, sigmoid(gates));
  },
});
