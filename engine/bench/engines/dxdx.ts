import { backward, grad } from '../../autograd/backward.ts';
import { withGrad } from '../../autograd/modes.ts';
import { float32, int64, type Scalar, scalar } from '../../dtype.ts';
import { relu } from '../../ops/activation.ts';
import { addmm } from '../../ops/addmm.ts';
import { asTensor, mul } from '../../ops/arithmetic.ts';
import { sum } from '../../ops/broadcast.ts';
import { mseLoss } from '../../ops/distance_loss.ts';
import { add_ } from '../../ops/inplace_forms.ts';
import { bmm, mm } from '../../ops/matmul.ts';
import { nllLoss } from '../../ops/nll_loss.ts';
import { powScalar } from '../../ops/scalar_power.ts';
import { logSoftmax, softmax } from '../../ops/softmax.ts';
import { transpose } from '../../ops/view.ts';
import { fromData, full, type Tensor } from '../../tensor.ts';
import {
  ATTENTION,
  CHAIN,
  type Engine,
  linePoints,
  MILLION,
  MLP,
  mlpNumbers,
  numbers,
  type Workload,
} from '../workloads.ts';

const MEAN = 1;
const ONCE = { retainGraph: false, createGraph: false };
const KEEP = { retainGraph: true, createGraph: false };

function leaf(data: Float32Array, shape: readonly number[]): Tensor {
  const tensor = fromData(data, shape, float32);
  tensor.requiresGradFlag = true;
  return tensor;
}

/** Differentiates `loss` anew in each run; the gradients of `leaves` are the answer. */
function differentiate(leaves: readonly Tensor[], loss: () => Tensor): Workload {
  const run = (): void => {
    for (const each of leaves) each.grad = null;
    backward([loss()], [null], null, ONCE);
  };
  return { run, gradient: () => gradientsOf(leaves, run) };
}

function gradientsOf(leaves: readonly Tensor[], run: () => void): number[] {
  run();
  return leaves.flatMap(({ grad }) => (grad === null ? [] : Array.from(grad.storage.data)));
}

function jacobianByRows(n: number): Workload {
  const input = numbers(n, 1.1);
  let matrix = new Float32Array();
  const run = (): void => {
    const x = leaf(input, [n]);
    const y = mul(x, x);
    matrix = new Float32Array(n * n);
    for (let i = 0; i < n; i++) {
      const row = full([n], 0, float32);
      row.storage.data[i] = 1;
      const [found] = grad([y], [row], [x], false, KEEP);
      if (found !== null) matrix.set(found.storage.data, i * n);
    }
  };
  return {
    run,
    gradient: () => {
      run();
      return matrix;
    },
  };
}

function mlp(): Workload {
  const { examples, inputs, hidden, classes, rate } = MLP;
  const given = mlpNumbers();
  const x = fromData(given.x, [examples, inputs], float32);
  const target = fromData(Float64Array.from(given.classes), [examples], int64);
  const w1 = leaf(given.w1, [inputs, hidden]);
  const b1 = leaf(new Float32Array(hidden), [hidden]);
  const w2 = leaf(given.w2, [hidden, classes]);
  const b2 = leaf(new Float32Array(classes), [classes]);
  const parameters = [w1, b1, w2, b2];
  const lossGradient = (): void => {
    for (const each of parameters) each.grad = null;
    const scores = addmm(b2, relu(addmm(b1, x, w1)), w2);
    backward([nllLoss(logSoftmax(scores, 1), target, null, MEAN, -100)], [null], null, ONCE);
  };
  const gradient = gradientsOf(parameters, lossGradient);
  const run = (): void => {
    lossGradient();
    descend(parameters, rate);
  };
  return { run, gradient: () => gradient };
}

const addScaled_: (self: Tensor, other: Tensor, alpha: Scalar) => Tensor = add_;

function descend(parameters: readonly Tensor[], rate: number): void {
  withGrad(false, () => {
    for (const each of parameters) if (each.grad !== null) addScaled_(each, each.grad, scalar(-rate));
  });
}

function attention(): Workload {
  const { heads, length, width } = ATTENTION;
  const [q, k, v] = [1.3, 1.9, 2.3].map((seed) =>
    leaf(numbers(heads * length * width, seed), [heads, length, width]),
  );
  const root = asTensor(Math.sqrt(1 / width));
  return differentiate([q, k, v], () => sum(bmm(softmax(mul(bmm(q, transpose(k, 1, 2)), root), 2), v)));
}

function training(): Workload {
  const { x, y } = linePoints();
  const points = fromData(x, [x.length, 1], float32);
  const target = fromData(y, [y.length, 1], float32);
  const w = leaf(Float32Array.of(0.5), [1, 1]);
  const b = leaf(Float32Array.of(0.1), [1]);
  const lossGradient = (): void => {
    w.grad = null;
    b.grad = null;
    backward([mseLoss(addmm(b, points, w), target, MEAN, 1)], [null], null, ONCE);
  };
  const gradient = gradientsOf([w, b], lossGradient);
  const run = (): void => {
    lossGradient();
    descend([w, b], 0.01);
  };
  return { run, gradient: () => gradient };
}

const square2x2 = (): Tensor => leaf(Float32Array.of(1, 2, 3, 4), [2, 2]);

function matmul(n: number): Workload {
  const a = leaf(numbers(n * n, 1.3), [n, n]);
  const b = leaf(numbers(n * n, 2.1), [n, n]);
  return differentiate([a, b], () => sum(mm(a, b)));
}

export const engine: Engine = {
  name: 'dxdx',
  version: 'this repository',
  workloads: {
    identity: () => {
      const x = square2x2();
      return differentiate([x], () => sum(mul(x, asTensor(1))));
    },
    square: () => {
      const x = square2x2();
      return differentiate([x], () => sum(powScalar(x, scalar(2, 2))));
    },
    jacobian_rows_2: () => jacobianByRows(2),
    jacobian_rows_64: () => jacobianByRows(64),
    jacobian_rows_256: () => jacobianByRows(256),
    chain: () => {
      const x = square2x2();
      return differentiate([x], () => {
        let y = x;
        for (let i = 0; i < CHAIN; i++) y = mul(y, asTensor(1.001));
        return sum(y);
      });
    },
    matmul_64: () => matmul(64),
    matmul_256: () => matmul(256),
    matmul_512: () => matmul(512),
    mlp,
    million: () => {
      const a = leaf(numbers(MILLION, 1.3), [MILLION]);
      const b = leaf(numbers(MILLION, 2.1), [MILLION]);
      return differentiate([a, b], () => sum(mul(a, b)));
    },
    attention,
    training,
  },
};
