import { type Data, float64, int64, isFloating } from '../dtype.ts';
import { check, fail } from '../errors.ts';
import { copyInto, mapBinary } from '../kernels/elementwise.ts';
import { gammaSlope } from '../random/gamma_slope.ts';
import type { Generator } from '../random/generator.ts';
import { binomialNumber, gammaNumber, poissonNumber } from '../random/samples.ts';
import { empty, full, type Tensor } from '../tensor.ts';
import { mul } from './arithmetic.ts';
import { contiguousData } from './copy.ts';
import { constantOp, define, op } from './op.ts';
import { exponentialLike, filled, isSingle, randomFill } from './random.ts';
import { zerosFor } from './unary.ts';

const requireProbability = (p: number): void =>
  check(
    p >= 0 && p <= 1,
    () =>
      'Expected p_in >= 0 && p_in <= 1 to be true, but got false.  (Could this error message be improved?  If so, please report an enhancement request to PyTorch.)',
  );

const checkChance = (p: number): void =>
  check(p >= 0 && p <= 1, () => `bernoulli_ expects p to be in [0, 1], but got p=${p}`);

/** 1 with the probability that `probabilities` says for each element, else 0. */
function bernoulliBy(out: Tensor, probabilities: Tensor, generator: Generator): void {
  // Drawn in the order of `out` in memory.
  const ordered = empty(out.shape, probabilities.dtype, out.strides);
  copyInto(ordered, probabilities);
  const p = ordered.storage.data;
  p.forEach(requireProbability);
  const single = isSingle(probabilities.dtype);
  const { data } = out.storage;
  for (let i = 0; i < data.length; i++) data[i] = Number(generator.uniform(single) < p[i]);
}

/** As many numbers as `self` has elements, each 1 with probability `p`. */
constantOp('fm bernoulli(Tensor input, float p, *, Generator? generator=None) -> Tensor', {
  forward: (self: Tensor, p: number, generator: Generator) => {
    checkChance(p);
    return filled(self.shape, self.dtype, () => Number(generator.uniform53() < p));
  },
  batch: 'elementwise',
  random: 'anew',
});

op('fm bernoulli(Tensor input, *, Generator? generator=None) -> Tensor', {
  node: 'BernoulliBackward0',
  inputs: (self) => [self],
  forward: (self: Tensor, generator: Generator) => {
    check(
      isFloating(self.dtype),
      () => `"bernoulli_tensor_cpu_p_" not implemented for '${self.dtype.scalarName}'`,
      'NotImplementedError',
    );
    const out = filled(self.shape, self.dtype, () => 0);
    bernoulliBy(out, self, generator);
    return out;
  },
  backward: zerosFor,
  batch: 'elementwise',
  random: 'given',
});

randomFill(
  'm bernoulli_(Tensor input, Tensor p, *, Generator? generator=None) -> Tensor(input)',
  'BernoulliBackward1',
  (out, p: Tensor, generator: Generator) => bernoulliBy(out, p, generator),
);

randomFill(
  'm bernoulli_(Tensor input, float p=0.5, *, Generator? generator=None) -> Tensor(input)',
  'BernoulliBackward2',
  (out, p: number, generator: Generator) => {
    checkChance(p);
    const { data } = out.storage;
    for (let i = 0; i < data.length; i++) data[i] = Number(generator.uniform53() < p);
  },
);

const multinomial: (...args: [Tensor, number, boolean, Generator]) => Tensor = constantOp(
  'fm multinomial(Tensor input, int num_samples, bool replacement=False, *, Generator? generator=None) -> Tensor',
  {
    batch: (_, ...args) => multinomial(...args),
    random: 'given',
    forward: (self: Tensor, count: number, replacement: boolean, generator: Generator): Tensor => {
      check(self.ndim > 0 && self.ndim <= 2, () => 'prob_dist must be 1 or 2 dim');
      check(
        isFloating(self.dtype),
        () => `multinomial only supports floating-point dtypes for input, got: ${self.dtype.scalarName}`,
      );
      const categories = self.shape[self.ndim - 1];
      check(count > 0, () => 'cannot sample n_sample <= 0 samples');
      check(
        replacement || count <= categories,
        () => 'cannot sample n_sample > prob_dist.size(-1) samples without replacement',
      );
      const out = empty([...self.shape.slice(0, -1), count], int64);
      const draw = replacement && count > 1 ? drawAgain : drawDistinct;
      draw(self, categories, count, generator, out.storage.data);
      return out;
    },
  },
);

/** Rows of `self` as parts of one flat array. */
function rowsOf(self: Tensor, length: number): Data[] {
  const data = contiguousData(self);
  return Array.from({ length: self.numel / length }, (_, row) =>
    data.subarray(row * length, (row + 1) * length),
  );
}

/** The winners of a race in which each category arrives after an exponential time of its own rate. */
function drawDistinct(self: Tensor, length: number, count: number, generator: Generator, out: Data): void {
  const rows = rowsOf(self, length);
  check(
    rows.every((row) => row.every((p) => p >= 0 && p < Number.POSITIVE_INFINITY)),
    () => 'probability tensor contains either `inf`, `nan` or element < 0',
  );
  check(
    rows.every((row) => row.some((p) => p > 0)),
    () => 'invalid multinomial distribution (sum of probabilities <= 0)',
  );
  const times = exponentialLike(self, generator).storage.data;
  rows.forEach((row, r) => {
    const speeds = row.map((p, i) => p / times[r * length + i]);
    const order = Array.from(speeds, (_, i) => i).sort((a, b) => speeds[b] - speeds[a] || a - b);
    for (let i = 0; i < count; i++) out[r * count + i] = order[i];
  });
}

/** For each sample a number from 0 to 1, looked up among the cumulated probabilities. */
function drawAgain(self: Tensor, length: number, count: number, generator: Generator, out: Data): void {
  const round = isSingle(self.dtype) ? Math.fround : (x: number): number => x;
  const invalid = (why: string): never => fail(`invalid multinomial distribution (${why})`);
  rowsOf(self, length).forEach((row, r) => {
    let sum = 0;
    const cumulated = row.map((p) => {
      if (!(p >= 0)) invalid('encountering probability entry < 0');
      if (p === Number.POSITIVE_INFINITY) invalid('encountering probability entry = infinity or NaN');
      sum = round(sum + p);
      return sum;
    });
    if (!(sum > 0)) invalid('sum of probabilities <= 0');
    for (let i = 0; i < length; i++) cumulated[i] = cumulated[i] / sum;
    cumulated[length - 1] = 1;
    for (let i = 0; i < count; i++) {
      const u = generator.uniform53();
      out[r * count + i] = cumulated.findIndex((p) => p >= u);
    }
  });
}

op('f poisson(Tensor input, Generator? generator=None) -> Tensor', {
  inputs: (self) => [self],
  forward: (self: Tensor, generator: Generator) => {
    const rates = contiguousData(self);
    check(!rates.some((rate) => rate < 0), () => 'invalid Poisson rate, expected rate to be non-negative');
    let at = 0;
    return filled(self.shape, self.dtype, () => poissonNumber(rates[at++], generator));
  },
  backward: zerosFor,
  batch: 'elementwise',
  random: 'given',
});

/** The smallest positive number that a float dtype holds without losing digits, and its rounding step. */
const limits = (single: boolean) =>
  single ? { tiny: 2 ** -126, eps: 2 ** -23 } : { tiny: 2 ** -1022, eps: Number.EPSILON };

op('f _standard_gamma(Tensor input, Generator? generator=None) -> Tensor', {
  node: 'StandardGammaBackward0',
  inputs: (self) => [self],
  batch: 'elementwise',
  random: 'given',
  forward: (self: Tensor, generator: Generator) => {
    const shapes = contiguousData(self);
    const { tiny } = limits(isSingle(self.dtype));
    let at = 0;
    return filled(self.shape, self.dtype, () => Math.max(tiny, gammaNumber(shapes[at++], generator)));
  },
  save: ({ args: [self], result }) => ({ self, result }),
  backward: (grad, { self, result }) => mul(grad, standardGammaGrad(self, result)),
});

/** How a gamma number moves when the shape of the distribution does; PyTorch can't differentiate this again. */
const standardGammaGrad = define('NotImplemented', {
  forward: (self: Tensor, sample: Tensor) => mapBinary(self, sample, self.dtype, gammaSlope),
  backward: () => fail('derivative for aten::_standard_gamma_grad is not implemented'),
});

op('f binomial(Tensor count, Tensor prob, Generator? generator=None) -> Tensor', {
  inputs: (count, prob) => [count, prob],
  forward: (count: Tensor, prob: Tensor, generator: Generator) => {
    check(
      count.isFloating,
      () => `binomial only supports floating-point dtypes for count, got: ${count.dtype.scalarName}`,
    );
    check(
      prob.isFloating,
      () => `binomial only supports floating-point dtypes for prob, got: ${prob.dtype.scalarName}`,
    );
    check(
      count.dtype === prob.dtype,
      () => `Found dtype ${prob.dtype.scalarName} but expected ${count.dtype.scalarName}`,
    );
    return mapBinary(count, prob, count.dtype, (n, p) => binomialNumber(n, p, generator));
  },
  save: ({ args: [count, prob] }) => ({ _count: count.shape, _prob: prob.shape }),
  backward: (grad, { _count, _prob }) => [full(_count, 0, grad.dtype), full(_prob, 0, grad.dtype)],
  batch: 'elementwise',
  random: 'given',
});

constantOp('f _sample_dirichlet(Tensor input, Generator? generator=None) -> Tensor', {
  batch: 'elementwise',
  random: 'given',
  forward: (self: Tensor, generator: Generator) => {
    const { tiny, eps } = limits(isSingle(self.dtype));
    const length = self.shape[self.ndim - 1];
    const gammas = filled(self.shape, float64, () => 0).storage.data;
    contiguousData(self).forEach((shape, i) => {
      gammas[i] = gammaNumber(shape, generator);
    });
    const out = empty(self.shape, self.dtype);
    for (let row = 0; row < gammas.length; row += length) {
      const part = gammas.subarray(row, row + length);
      let sum = 0;
      for (const gamma of part) sum += gamma;
      part.forEach((gamma, i) => {
        out.storage.data[row + i] = Math.max(tiny, Math.min(1 - eps, gamma / sum));
      });
    }
    return out;
  },
});
