// What is measured. Every engine is given the same numbers and has to find the same gradients.

/** A piece of work as one engine does it. */
export interface Workload {
  /** Does the work once. */
  run(): void;
  /** The gradient that the work finds, row-major. */
  gradient(): ArrayLike<number>;
}

export interface Engine {
  readonly name: string;
  readonly version: string;
  /** What the engine can do of the workloads; a promise where it has to get ready first. */
  readonly workloads: Readonly<Record<string, () => Workload | Promise<Workload>>>;
}

export interface Description {
  readonly name: string;
  readonly title: string;
  /** How a time in seconds becomes the figure. */
  readonly unit: 'µs' | 'µs an operation' | 'ms' | 'GFLOP/s' | 'ns an element';
  /** Operations, elements or floating-point operations in one run. */
  readonly count?: number;
  /** What we want to reach, from JavaScript and from Python. */
  readonly goal?: { readonly javascript?: number; readonly python?: number };
}

export const CHAIN = 1000;
export const MILLION = 1_000_000;

const jacobian = (n: number, how: 'rows' | 'batched', goal?: number): Description => ({
  name: `jacobian_${how}_${n}`,
  title: `Jacobian of x * x, ${n} elements, ${how === 'rows' ? 'row by row' : 'all rows at once'}`,
  unit: n < 64 ? 'µs' : 'ms',
  goal: goal === undefined ? undefined : { javascript: goal, python: goal },
});
const matmul = (n: number, goal?: number): Description => ({
  name: `matmul_${n}`,
  title: `product of two ${n} × ${n} matrices, forward and backward`,
  unit: 'GFLOP/s',
  // Three products of n³ multiplications and additions.
  count: 6 * n ** 3,
  goal: goal === undefined ? undefined : { javascript: goal },
});

export const DESCRIPTIONS: readonly Description[] = [
  { name: 'identity', title: '(x * 1).sum().backward(), 2 × 2', unit: 'µs' },
  {
    name: 'square',
    title: '(x ** 2).sum().backward(), 2 × 2',
    unit: 'µs',
    goal: { javascript: 1.5, python: 10 },
  },
  jacobian(2, 'rows'),
  jacobian(64, 'rows'),
  jacobian(256, 'rows', 2),
  jacobian(2, 'batched'),
  jacobian(64, 'batched'),
  jacobian(256, 'batched', 0.3),
  {
    name: 'chain',
    title: `chain of ${CHAIN} small operations`,
    unit: 'µs an operation',
    count: CHAIN,
    goal: { javascript: 0.4, python: 2 },
  },
  matmul(64),
  matmul(256, 35),
  matmul(512, 35),
  {
    name: 'mlp',
    title: 'training step of an MLP 784-128-10, 64 examples',
    unit: 'ms',
    goal: { javascript: 1.4 },
  },
  {
    name: 'million',
    title: '(a * b).sum().backward(), a million elements',
    unit: 'ns an element',
    count: MILLION,
    goal: { javascript: 2 },
  },
  { name: 'attention', title: 'softmax attention, 4 heads of 64 × 32', unit: 'ms' },
  { name: 'training', title: 'training step of a line fitted to 8 points', unit: 'µs' },
];

/** The figure of a workload that took `seconds`. */
export function figure({ unit, count = 1 }: Description, seconds: number): number {
  if (unit === 'GFLOP/s') return count / seconds / 1e9;
  const scale = { µs: 1e6, 'µs an operation': 1e6, ms: 1e3, 'ns an element': 1e9 }[unit];
  return (seconds * scale) / count;
}

export const higherIsBetter = ({ unit }: Description): boolean => unit === 'GFLOP/s';

/** `n` numbers between -1 and 1, the same for every engine. */
export function numbers(n: number, seed: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: n }, (_, i) => Math.sin((i + 1) * seed));
}

/** Sizes, inputs and classes of the larger workloads. */
export const MLP = { examples: 64, inputs: 784, hidden: 128, classes: 10, rate: 0.01 };
export const ATTENTION = { heads: 4, length: 64, width: 32 };
export const mlpNumbers = () => ({
  x: numbers(MLP.examples * MLP.inputs, 0.7),
  // Small weights: the first steps must not leave the range of single precision.
  w1: numbers(MLP.inputs * MLP.hidden, 1.3).map((value) => value * 0.05),
  w2: numbers(MLP.hidden * MLP.classes, 2.1).map((value) => value * 0.1),
  classes: Array.from({ length: MLP.examples }, (_, i) => (i * 7) % MLP.classes),
});
export const linePoints = () => ({ x: numbers(8, 0.9), y: numbers(8, 1.7) });
