import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
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

setWasmPaths(`${dirname(fileURLToPath(import.meta.resolve('@tensorflow/tfjs-backend-wasm')))}/`);

/** Differentiates `loss` with respect to its arguments; reading the gradients makes sure that they are there. */
function differentiate(inputs: tf.Tensor[], loss: (...inputs: tf.Tensor[]) => tf.Tensor): Workload {
  const gradients = tf.grads(loss);
  const work = (): Float32Array[] =>
    tf.tidy(() => gradients(inputs).map((each) => each.dataSync() as Float32Array));
  return { run: work, gradient: () => work().flatMap((each) => [...each]) };
}

/** A tape is played once: every row is a forward pass of its own. */
function jacobianByRows(n: number): Workload {
  const x = tf.tensor1d(numbers(n, 1.1));
  const gradients = tf.grads((input: tf.Tensor) => tf.mul(input, input));
  const work = (): number[] => {
    const rows: number[] = [];
    for (let i = 0; i < n; i++) {
      tf.tidy(() => {
        const row = new Float32Array(n);
        row[i] = 1;
        rows.push(...gradients([x], tf.tensor1d(row))[0].dataSync());
      });
    }
    return rows;
  };
  return { run: work, gradient: work };
}

function matmul(n: number): Workload {
  const a = tf.tensor2d(numbers(n * n, 1.3), [n, n]);
  const b = tf.tensor2d(numbers(n * n, 2.1), [n, n]);
  return differentiate([a, b], (x, y) => tf.sum(tf.matMul(x, y)));
}

/** Differentiates, then takes a step down: the gradient is that of the first step. */
function train(
  names: readonly string[],
  initial: readonly tf.Tensor[],
  rate: number,
  loss: (parameters: tf.Variable[]) => tf.Scalar,
): Workload {
  const parameters = initial.map((value, i) => tf.variable(value, true, names[i]));
  const gradients = () => tf.variableGrads(() => loss(parameters), parameters).grads;
  const first = tf.tidy(() => names.flatMap((name) => [...gradients()[name].dataSync()]));
  const run = (): void => {
    tf.tidy(() => {
      const found = gradients();
      parameters.forEach((each, i) => {
        each.assign(tf.sub(each, tf.mul(found[names[i]], rate)));
        each.dataSync();
      });
    });
  };
  return { run, gradient: () => first };
}

function mlp(): Workload {
  const { examples, inputs, hidden, classes, rate } = MLP;
  const given = mlpNumbers();
  const x = tf.tensor2d(given.x, [examples, inputs]);
  const target = tf.oneHot(tf.tensor1d(given.classes, 'int32'), classes);
  const initial = [
    tf.tensor2d(given.w1, [inputs, hidden]),
    tf.zeros([hidden]),
    tf.tensor2d(given.w2, [hidden, classes]),
    tf.zeros([classes]),
  ];
  return train(unique(['w1', 'b1', 'w2', 'b2']), initial, rate, ([w1, b1, w2, b2]) => {
    const scores = tf.add(tf.matMul(tf.relu(tf.add(tf.matMul(x as tf.Tensor2D, w1), b1)), w2), b2);
    return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(scores), target), 1))) as tf.Scalar;
  });
}

let made = 0;
/** Variables of all backends live under one roof. */
const unique = (names: readonly string[]): string[] => {
  made++;
  return names.map((name) => `${name}/${made}`);
};

function attention(): Workload {
  const { heads, length, width } = ATTENTION;
  const inputs = [1.3, 1.9, 2.3].map((seed) =>
    tf.tensor3d(numbers(heads * length * width, seed), [heads, length, width]),
  );
  return differentiate(inputs, (q, k, v) => {
    const scores = tf.mul(tf.matMul(q, k, false, true), Math.sqrt(1 / width));
    return tf.sum(tf.matMul(tf.softmax(scores), v));
  });
}

function training(): Workload {
  const { x, y } = linePoints();
  const points = tf.tensor2d(x, [x.length, 1]);
  const target = tf.tensor2d(y, [y.length, 1]);
  return train(unique(['w', 'b']), [tf.tensor2d([[0.5]]), tf.tensor1d([0.1])], 0.01, ([w, b]) =>
    tf.mean(tf.squaredDifference(tf.add(tf.matMul(points, w as tf.Tensor2D), b), target)),
  );
}

const square2x2 = (): tf.Tensor => tf.tensor2d([1, 2, 3, 4], [2, 2]);

const workloads: Engine['workloads'] = {
  identity: () => differentiate([square2x2()], (x) => tf.sum(tf.mul(x, 1))),
  square: () => differentiate([square2x2()], (x) => tf.sum(tf.pow(x, 2))),
  jacobian_rows_2: () => jacobianByRows(2),
  jacobian_rows_64: () => jacobianByRows(64),
  jacobian_rows_256: () => jacobianByRows(256),
  chain: () =>
    differentiate([square2x2()], (x) => {
      let y = x;
      for (let i = 0; i < CHAIN; i++) y = tf.mul(y, 1.001);
      return tf.sum(y);
    }),
  matmul_64: () => matmul(64),
  matmul_256: () => matmul(256),
  matmul_512: () => matmul(512),
  mlp,
  million: () => {
    const inputs = [1.3, 2.1].map((seed) => tf.tensor1d(numbers(MILLION, seed)));
    return differentiate(inputs, (a, b) => tf.sum(tf.mul(a, b)));
  },
  attention,
  training,
};

/** Workloads on one of the library's backends. */
const on = (backend: 'cpu' | 'wasm'): Engine => ({
  name: `tf.js ${backend}`,
  version: tf.version['tfjs-core'],
  workloads: Object.fromEntries(
    Object.entries(workloads).map(([name, make]) => [
      name,
      async () => {
        await tf.setBackend(backend);
        return make();
      },
    ]),
  ),
});

export const cpu = on('cpu');
export const wasm = on('wasm');
