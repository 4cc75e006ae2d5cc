import { defaultDevice, init, jacrev, jit, nn, numpy as np, valueAndGrad } from '@jax-js/jax';
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

type Arrays = np.Array[];
type Loss = (inputs: Arrays) => np.Array;
type Transform = <F extends (inputs: Arrays) => unknown>(f: F) => F;

const tensor = (data: ArrayLike<number>, shape: readonly number[]): np.Array =>
  np.array(Float32Array.from(data)).reshape([...shape]);

const flat = (arrays: Arrays): number[] => arrays.flatMap((each) => [...each.dataSync()]);

/** Value and gradient: with the gradient alone the engine would leave out what the value needs. */
function differentiate(compile: Transform, inputs: Arrays, loss: Loss): Workload {
  const both = compile((given: Arrays) => valueAndGrad(loss)(given) as [np.Array, Arrays]);
  const work = (): number[][] => {
    const [value, gradients] = both(inputs.map((each) => each.ref));
    value.dataSync();
    return gradients.map((each) => each.dataSync() as unknown as number[]);
  };
  return { run: work, gradient: () => work().flatMap((each) => [...each]) };
}

function jacobian(compile: Transform, n: number): Workload {
  const x = np.array(numbers(n, 1.1));
  const rows = compile(
    ([given]: Arrays) => jacrev((input: np.Array) => input.ref.mul(input))(given) as np.Array,
  );
  const work = () => rows([x.ref]).dataSync();
  return { run: work, gradient: () => [...work()] };
}

function matmul(compile: Transform, n: number): Workload {
  const inputs = [1.3, 2.1].map((seed) => tensor(numbers(n * n, seed), [n, n]));
  return differentiate(compile, inputs, ([a, b]) => np.matmul(a, b).sum());
}

/** Differentiates and takes a step down: the gradient is that of the first step. */
function train(compile: Transform, initial: Arrays, rate: number, loss: Loss): Workload {
  const first = flat(valueAndGrad(loss)(initial.map((each) => each.ref))[1] as Arrays);
  let parameters = initial;
  const step = compile((given: Arrays) => {
    const [value, gradients] = valueAndGrad(loss)(given.map((each) => each.ref)) as [np.Array, Arrays];
    return [value, given.map((each, i) => each.sub(gradients[i].mul(rate)))] as [np.Array, Arrays];
  });
  const run = (): void => {
    const [value, next] = step(parameters);
    value.dataSync();
    parameters = next;
    for (const each of parameters) each.ref.dataSync();
  };
  return { run, gradient: () => first };
}

function mlp(compile: Transform): Workload {
  const { examples, inputs, hidden, classes, rate } = MLP;
  const given = mlpNumbers();
  const x = tensor(given.x, [examples, inputs]);
  const target = nn.oneHot(np.array(Int32Array.from(given.classes)), classes);
  const initial = [
    tensor(given.w1, [inputs, hidden]),
    np.zeros([hidden]),
    tensor(given.w2, [hidden, classes]),
    np.zeros([classes]),
  ];
  return train(compile, initial, rate, ([w1, b1, w2, b2]) => {
    const scores = np.matmul(nn.relu(np.matmul(x.ref, w1).add(b1)), w2).add(b2);
    return nn
      .logSoftmax(scores, -1)
      .mul(target.ref)
      .sum()
      .mul(-1 / examples);
  });
}

function attention(compile: Transform): Workload {
  const { heads, length, width } = ATTENTION;
  const inputs = [1.3, 1.9, 2.3].map((seed) =>
    tensor(numbers(heads * length * width, seed), [heads, length, width]),
  );
  return differentiate(compile, inputs, ([q, k, v]) => {
    const scores = np.matmul(q, np.transpose(k, [0, 2, 1])).mul(Math.sqrt(1 / width));
    return np.matmul(nn.softmax(scores, -1), v).sum();
  });
}

function training(compile: Transform): Workload {
  const { x, y } = linePoints();
  const points = tensor(x, [x.length, 1]);
  const target = tensor(y, [y.length, 1]);
  return train(compile, [tensor([0.5], [1, 1]), tensor([0.1], [1])], 0.01, ([w, b]) => {
    const difference = np.matmul(points.ref, w).add(b).sub(target.ref);
    return np.square(difference).mean();
  });
}

const square2x2 = (): Arrays => [tensor([1, 2, 3, 4], [2, 2])];

const workloads: Readonly<Record<string, (compile: Transform) => Workload>> = {
  identity: (compile) => differentiate(compile, square2x2(), ([x]) => x.mul(1).sum()),
  square: (compile) => differentiate(compile, square2x2(), ([x]) => np.square(x).sum()),
  jacobian_batched_2: (compile) => jacobian(compile, 2),
  jacobian_batched_64: (compile) => jacobian(compile, 64),
  jacobian_batched_256: (compile) => jacobian(compile, 256),
  chain: (compile) =>
    differentiate(compile, square2x2(), ([x]) => {
      let y = x;
      for (let i = 0; i < CHAIN; i++) y = y.mul(1.001);
      return y.sum();
    }),
  matmul_64: (compile) => matmul(compile, 64),
  matmul_256: (compile) => matmul(compile, 256),
  matmul_512: (compile) => matmul(compile, 512),
  mlp,
  million: (compile) =>
    differentiate(
      compile,
      [1.3, 2.1].map((seed) => np.array(numbers(MILLION, seed))),
      ([a, b]) => a.mul(b).sum(),
    ),
  attention,
  training,
};

let ready: Promise<unknown> | undefined;
/** On WebAssembly; the other devices need a browser, or interpret. */
function device(): Promise<unknown> {
  ready ??= init('cpu', 'wasm').then(() => defaultDevice('wasm'));
  return ready;
}

const compiledBy = (name: string, compile: Transform): Engine => ({
  name,
  version: '0.1.25',
  workloads: Object.fromEntries(
    Object.entries(workloads).map(([key, make]) => [key, () => device().then(() => make(compile))]),
  ),
});

export const eager = compiledBy('jax-js wasm, eager', (f) => f);
export const compiled = compiledBy('jax-js wasm, jit', (f) => jit(f as never) as never);
