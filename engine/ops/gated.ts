import { bool } from '../dtype.ts';
import { check } from '../errors.ts';
import { mapUnary } from '../kernels/elementwise.ts';
import { wrapDim } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { asTensor, mul, sub } from './arithmetic.ts';
import { where } from './choose.ts';
import { oneNode, oneNodeOfMany } from './fused.ts';
import { cat } from './join.ts';
import { op, register } from './op.ts';
import { chunk } from './parts.ts';
import { requireFloating } from './supported.ts';
import { sigmoid } from './unary.ts';
import { reshape } from './view.ts';

// Activations that take part of their numbers from elsewhere: a learned slope, or the other half of the input.

const positive = (x: Tensor): Tensor => mapUnary(x, bool, (v) => (v > 0 ? 1 : 0));

const preluKernelBackward = oneNodeOfMany(
  'PreluKernelBackwardBackward0',
  ['grad_output', 'self', 'weight'],
  (grad: Tensor, self: Tensor, weight: Tensor) => [
    where(positive(self), grad, mul(weight, grad)),
    where(positive(self), asTensor(0), mul(self, grad)),
  ],
);

/** x where it is positive, weight · x elsewhere. */
const preluKernel = op('f _prelu_kernel(Tensor input, Tensor weight) -> Tensor', {
  forward: (self: Tensor, weight: Tensor) => {
    requireFloating('prelu_cpu', self);
    return where(positive(self), self, mul(weight, self));
  },
  save: ({ args: [self, weight] }) => ({ self, weight }),
  backward: (grad, { self, weight }) => preluKernelBackward(grad, self, weight),
});

/** One slope for all elements, or one for each channel (dimension 1). */
export const prelu = register(
  'fm prelu(Tensor input, Tensor weight) -> Tensor',
  (self: Tensor, weight: Tensor) => {
    check(
      self.dtype === weight.dtype,
      () =>
        `prelu: Type promoting not supported. Got ${self.dtype.scalarName} and ${weight.dtype.scalarName}`,
    );
    if (weight.numel !== 1) {
      check(self.ndim > 0, () => 'Not allow zero-dim input tensor.');
      const channels = self.ndim > 1 ? self.shape[1] : 1;
      check(
        channels === weight.numel,
        () =>
          `Mismatch of parameter numbers and input channel size. Found parameter numbers = ${weight.numel} and channel size = ${channels}.`,
      );
    }
    check(
      weight.ndim <= 1,
      () => `prelu: Expected \`weight\` to be a scalar or 1D tensor, but got: ndim = ${weight.ndim}`,
    );
    if (self.ndim === 0) return preluKernel(self, weight.ndim === 1 ? reshape(weight, []) : weight);
    return preluKernel(
      self,
      reshape(
        weight,
        self.shape.map((_, d) => (d === 1 ? weight.numel : 1)),
      ),
    );
  },
);

const halves = (self: Tensor, at: number): Tensor[] => chunk(self, 2, at);

const gluBackward = oneNode(
  'GluBackwardBackward0',
  ['grad_output', 'self', 'dim'],
  (grad: Tensor, self: Tensor, at: number) => {
    const [values, gates] = halves(self, at);
    const open = sigmoid(gates);
    const toValues = mul(open, grad);
    return cat([toValues, mul(mul(sub(asTensor(1), open), toValues), values)], at);
  },
);

/** The first half of the input along `dim`, times the sigmoid of the second. */
export const glu = op('f nn.functional._glu(Tensor input, int dim=-1) -> Tensor', {
  inputs: (self) => [self],
  forward: (self: Tensor, dim: number) => {
    check(self.ndim > 0, () => 'glu does not support 0-dimensional tensors');
    const at = wrapDim(dim, self.ndim);
    const size = self.shape[at];
    check(size % 2 === 0, () => `Halving dimension must be even, but dimension ${at} is size ${size}`);
    requireFloating('glu_cpu', self);
    const [values, gates] = halves(self, at);
    return mul(values, sigmoid(gates));
  },
  save: ({ args: [self, dim] }) => ({ self, dim: wrapDim(dim, self.ndim) }),
  backward: (grad, { self, dim }) => gluBackward(grad, self, dim),
});
