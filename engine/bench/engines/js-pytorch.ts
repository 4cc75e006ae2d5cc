import { torch } from 'js-pytorch';
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

type Tensor = ReturnType<typeof torch.tensor>;
type Nested = number | Nested[];

/** Numbers in nested lists, as this engine holds them. */
function nested(data: ArrayLike<number>, shape: readonly number[], at = 0): Nested[] {
  const [size, ...inner] = shape;
  const step = inner.reduce((n, each) => n * each, 1);
  return Array.from({ length: size }, (_, i) =>
    inner.length === 0 ? data[at + i] : nested(data, inner, at + i * step),
  );
}

const flat = (entry: Nested): number[] => (typeof entry === 'number' ? [entry] : entry.flatMap(flat));
const leaf = (data: ArrayLike<number>, shape: readonly number[]): Tensor =>
  torch.tensor(nested(data, shape), true);
const constant = (data: ArrayLike<number>, shape: readonly number[]): Tensor =>
  torch.tensor(nested(data, shape), false);

/** `sum()` sums the last dimension only; `backward()` sends ones into the rest, which comes to the same. */
function differentiate(leaves: readonly Tensor[], loss: () => Tensor): Workload {
  const run = (): void => {
    for (const each of leaves) each.zero_grad();
    loss().backward();
  };
  return {
    run,
    gradient: () => {
      run();
      return leaves.flatMap((each) => flat(each.grad));
    },
  };
}

/** No graph can be run through twice: every row is a forward pass of its own. */
function jacobianByRows(n: number): Workload {
  const input = numbers(n, 1.1);
  let rows: number[] = [];
  const run = (): void => {
    rows = [];
    const x = leaf(input, [n]);
    for (let i = 0; i < n; i++) {
      const row = new Float32Array(n);
      row[i] = 1;
      x.zero_grad();
      torch
        .mul(torch.mul(x, x), constant(row, [n]))
        .sum()
        .backward();
      rows.push(...flat(x.grad));
    }
  };
  return {
    run,
    gradient: () => {
      run();
      return rows;
    },
  };
}

function matmul(n: number): Workload {
  const a = leaf(numbers(n * n, 1.3), [n, n]);
  const b = leaf(numbers(n * n, 2.1), [n, n]);
  return differentiate([a, b], () => torch.matmul(a, b).sum());
}

const step = (entry: Nested): Nested => (typeof entry === 'number' ? Number(entry > 0) : entry.map(step));
/** The engine's own ReLU has a slope of 0.001 below zero. */
const relu = (x: Tensor): Tensor => x.mul(torch.tensor(step(x.data) as Nested[]));

function descend(data: Nested[], gradient: Nested[], rate: number): void {
  data.forEach((entry, i) => {
    if (typeof entry === 'number') data[i] = entry - rate * (gradient[i] as number);
    else descend(entry, gradient[i] as Nested[], rate);
  });
}

/** Differentiates, then takes a step down: the gradient is that of the first step. */
function train(parameters: readonly Tensor[], rate: number, loss: () => Tensor): Workload {
  const { run, gradient } = differentiate(parameters, loss);
  const first = gradient();
  return {
    run: () => {
      run();
      for (const each of parameters) descend(each.data, each.grad, rate);
    },
    gradient: () => first,
  };
}

function mlp(): Workload {
  const { examples, inputs, hidden, classes, rate } = MLP;
  const given = mlpNumbers();
  const x = constant(given.x, [examples, inputs]);
  const target = torch.tensor(given.classes);
  const w1 = leaf(given.w1, [inputs, hidden]);
  const b1 = leaf(new Float32Array(hidden), [hidden]);
  const w2 = leaf(given.w2, [hidden, classes]);
  const b2 = leaf(new Float32Array(classes), [classes]);
  const loss = new torch.nn.CrossEntropyLoss();
  return train([w1, b1, w2, b2], rate, () =>
    loss.forward(torch.matmul(relu(torch.matmul(x, w1).add(b1)), w2).add(b2), target),
  );
}

function attention(): Workload {
  const { heads, length, width } = ATTENTION;
  const [q, k, v] = [1.3, 1.9, 2.3].map((seed) =>
    leaf(numbers(heads * length * width, seed), [heads, length, width]),
  );
  const softmax = new torch.nn.Softmax();
  return differentiate([q, k, v], () => {
    const scores = torch.matmul(q, torch.transpose(k, 1, 2)).mul(Math.sqrt(1 / width));
    return torch.matmul(softmax.forward(scores, -1), v).sum();
  });
}

function training(): Workload {
  const { x, y } = linePoints();
  const points = constant(x, [x.length, 1]);
  const target = constant(y, [y.length, 1]);
  const w = leaf([0.5], [1, 1]);
  const b = leaf([0.1], [1]);
  return train([w, b], 0.01, () => {
    const difference = torch.matmul(points, w).add(b).sub(target);
    return difference.mul(difference).div(y.length);
  });
}

const square2x2 = (): Tensor => leaf([1, 2, 3, 4], [2, 2]);

export const engine: Engine = {
  name: 'js-pytorch',
  version: '0.7.2',
  workloads: {
    identity: () => {
      const x = square2x2();
      return differentiate([x], () => torch.mul(x, 1).sum());
    },
    square: () => {
      const x = square2x2();
      return differentiate([x], () => torch.pow(x, 2).sum());
    },
    jacobian_rows_2: () => jacobianByRows(2),
    jacobian_rows_64: () => jacobianByRows(64),
    jacobian_rows_256: () => jacobianByRows(256),
    chain: () => {
      const x = square2x2();
      return differentiate([x], () => {
        let y: Tensor = x;
        for (let i = 0; i < CHAIN; i++) y = torch.mul(y, 1.001);
        return y.sum();
      });
    },
    matmul_64: () => matmul(64),
    matmul_256: () => matmul(256),
    matmul_512: () => matmul(512),
    mlp,
    million: () => {
      const a = leaf(numbers(MILLION, 1.3), [MILLION]);
      const b = leaf(numbers(MILLION, 2.1), [MILLION]);
      return differentiate([a, b], () => torch.mul(a, b).sum());
    },
    attention,
    training,
  },
};
