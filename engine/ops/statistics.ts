import { bool, type DType, int64, isFloating, notBool, scalar } from '../dtype.ts';
import { check, fail, warnings } from '../errors.ts';
import { mapUnary } from '../kernels/elementwise.ts';
import { type Shape, wrapDim } from '../shape.ts';
import { full, item, type Tensor } from '../tensor.ts';
import { warnIfBatched } from '../transforms/examples.ts';
import { isBatched } from '../transforms/levels.ts';
import { asTensor, div, mul, sub, subScalar } from './arithmetic.ts';
import { expand, sum, sumDims, unsqueezeDims } from './broadcast.ts';
import { clamp, maskedFill } from './choose.ts';
import { lt } from './compare.ts';
import { contiguousData, to } from './copy.ts';
import { mm } from './matmul.ts';
import { op, register } from './op.ts';
import { diag } from './rearrange.ts';
import { gather } from './scatter.ts';
import { sort } from './sort.ts';
import { lerpTensor } from './ternary.ts';
import { ceil, floor, round, sqrt } from './unary.ts';
import { flatten, squeeze, squeezePrivate, t, transpose, unsqueeze, view } from './view.ts';

const isNumber = (self: Tensor): Tensor => mapUnary(self, bool, (x) => (Number.isNaN(x) ? 0 : 1));

/** The sum of what is a number. */
export const nansum = op(
  'fm nansum(Tensor input, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor',
  {
    inputs: (self) => [self],
    forward: (self: Tensor, dim: Shape | null, keepdim: boolean, dtype: DType | null) =>
      sumDims(
        self.isFloating ? maskedFill(self, lt(isNumber(self), asTensor(1)), scalar(0)) : self,
        dim,
        keepdim,
        dtype,
      ),
    save: ({ args: [self, dim, keepdim] }) => ({ self, dim, keepdim }),
    backward: (grad, { self, dim, keepdim }) => {
      const typed = to(grad, self.dtype);
      const back = keepdim ? typed : unsqueezeDims(typed, dim, self.ndim);
      return mul(expand(back, self.shape), isNumber(self));
    },
  },
);

register(
  'fm nanmean(Tensor input, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor',
  (self: Tensor, dim: Shape | null, keepdim: boolean, dtype: DType | null) => {
    check(
      self.isFloating,
      () =>
        `nanmean(): expected input to have floating point or complex dtype but got ${self.dtype.scalarName}`,
    );
    return div(nansum(self, dim, keepdim, dtype), sumDims(isNumber(self), dim, keepdim));
  },
);

const INTERPOLATIONS = ['linear', 'lower', 'higher', 'midpoint', 'nearest'];

/** The values below which the fractions `q` of the elements lie, along `dim` or of all. */
function quantile(
  name: 'quantile' | 'nanquantile',
  self: Tensor,
  q: Tensor,
  dim: number | null,
  keepdim: boolean,
  interpolation: string,
): Tensor {
  check(self.numel > 0, () => `${name}() input tensor must be non-empty`.replace('nanq', 'q'));
  check(q.ndim <= 1, () => 'quantile() q must be a scalar or 1D tensor');
  check(isFloating(self.dtype), () => 'quantile() input tensor must be either float or double dtype');
  check(self.dtype === q.dtype, () => 'quantile() q tensor must be same dtype as the input tensor');
  check(
    INTERPOLATIONS.includes(interpolation),
    () =>
      `quantile() interpolation must be one of linear, lower, higher, midpoint or nearest, but got ${interpolation}`,
  );
  const along = dim === null ? 0 : wrapDim(dim, self.ndim);
  const ordered = sortedLast(self, dim, along);
  const kept =
    dim === null ? (keepdim ? self.shape.map(() => 1) : []) : reducedTo(self.shape, along, keepdim);
  const values = view(ordered, [...kept, ordered.shape[ordered.ndim - 1] ?? 1]);
  const found = between(values, ranksIn(values, q, name), interpolation);
  if (q.ndim === 0) return squeezePrivate(found, -1);
  return squeezePrivate(transpose(unsqueeze(found, 0), 0, -1), -1);
}

const reducedTo = (shape: Shape, dim: number, keepdim: boolean): number[] =>
  shape.flatMap((size, d) => (d !== dim ? [size] : keepdim ? [1] : []));

function sortedLast(self: Tensor, dim: number | null, along: number): Tensor {
  if (dim === null) return sort(flatten(self, 0, -1), -1, false)[0];
  if (along === self.ndim - 1 || self.ndim === 0) return sort(self, -1, false)[0];
  return sort(transpose(unsqueeze(self, -1), along, -1), -1, false)[0];
}

/** At which places among the sorted values the quantiles lie: fractions between two of them. */
function ranksIn(values: Tensor, q: Tensor, name: string): Tensor {
  if (name === 'nanquantile') {
    const last = subScalar(sumDims(isNumber(values), [-1], true), scalar(1, 2));
    const ranks = mul(q, last);
    return maskedFill(ranks, lt(ranks, asTensor(0)), scalar(0));
  }
  const last = values.shape[values.ndim - 1] - 1;
  const anyNaN = lt(sumDims(isNumber(values), [-1], true), asTensor(last + 1));
  return maskedFill(mul(q, asTensor(last)), anyNaN, scalar(last));
}

function between(values: Tensor, exactRanks: Tensor, interpolation: string): Tensor {
  const rounded = { lower: floor, higher: ceil, nearest: round }[interpolation];
  const ranks = rounded === undefined ? exactRanks : rounded(exactRanks);
  const below = to(floor(ranks), int64);
  const lower = gather(values, -1, below);
  if (rounded !== undefined) return lower;
  const weights =
    interpolation === 'midpoint' ? full(ranks.shape, 0.5, ranks.dtype) : sub(ranks, to(below, ranks.dtype));
  return lerpTensor(lower, gather(values, -1, to(ceil(ranks), int64)), weights);
}

for (const name of ['quantile', 'nanquantile'] as const) {
  const rest = "int? dim=None, bool keepdim=False, *, str interpolation='linear') -> Tensor";
  register(
    `fm ${name}(Tensor input, Tensor q, ${rest}`,
    (self: Tensor, q: Tensor, dim: number | null, keepdim: boolean, interpolation: string) => {
      const inRange = isBatched(q) || contiguousData(q).every((x) => x >= 0 && x <= 1);
      check(inRange, () => 'quantile() q values must be in the range [0, 1]');
      warnIfBatched(name, self, q);
      return quantile(name, self, q, dim, keepdim, interpolation);
    },
  );
  register(
    `fm ${name}(Tensor input, float q, ${rest}`,
    (self: Tensor, q: number, dim: number | null, keepdim: boolean, interpolation: string) => {
      check(q >= 0 && q <= 1, () => `quantile() q must be in the range [0, 1] but got ${q}`);
      warnIfBatched(`${name}.scalar`, self);
      return quantile(name, self, full([], q, self.dtype), dim, keepdim, interpolation);
    },
  );
}

/** How variables, one a row, vary together; observations may be counted (fweights) and weighed (aweights). */
const cov = register(
  'fm cov(Tensor input, *, int correction=1, Tensor? fweights=None, Tensor? aweights=None) -> Tensor',
  (self: Tensor, correction: number, fweights: Tensor | null = null, aweights: Tensor | null = null) => {
    check(
      self.ndim <= 2,
      () =>
        `cov(): expected input to have two or fewer dimensions but got an input with ${self.ndim} dimensions`,
    );
    check(notBool(self.dtype), () => 'cov(): bool dtype is not supported for input');
    const rows = self.ndim < 2 ? view(self, [1, -1]) : self;
    const observations = rows.shape[1];
    checkWeights('fweights', fweights, observations);
    checkWeights('aweights', aweights, observations);
    const weights = fweights && aweights ? mul(fweights, aweights) : (fweights ?? aweights);
    const total = weights === null ? full([], observations, int64) : sum(weights);
    check(weights === null || item(total) !== 0, () => "cov(): weights sum to zero, can't be normalized");
    const weighed = (x: Tensor): Tensor => (weights === null ? x : mul(x, weights));
    const average = div(sumDims(weighed(rows), [1]), total);
    let divisor = subScalar(total, scalar(correction, 2));
    if (weights !== null && aweights !== null && correction !== 0) {
      divisor = sub(total, div(mul(asTensor(correction), sum(mul(weights, aweights))), total));
    }
    if (item(divisor) <= 0) {
      warnings.emit(
        'cov(): degrees of freedom is <= 0. Correction should be strictly less than the number of observations.',
        'UserWarning',
      );
      divisor = full([], 0, divisor.dtype);
    }
    const centred = sub(rows, unsqueeze(average, 1));
    return squeeze(div(mm(centred, t(weighed(centred))), divisor));
  },
);

function checkWeights(name: 'fweights' | 'aweights', weights: Tensor | null, observations: number): void {
  if (weights === null) return;
  check(
    weights.ndim <= 1,
    () =>
      `cov(): expected ${name} to have one or fewer dimensions but got ${name} with ${weights.ndim} dimensions`,
  );
  const integral = name === 'fweights';
  check(
    isFloating(weights.dtype) !== integral,
    () =>
      `cov(): expected ${name} to have ${integral ? 'integral' : 'floating point'} dtype but got ${name} with ${weights.dtype.scalarName} dtype`,
  );
  check(
    weights.numel === observations,
    () =>
      `cov(): expected ${name} to have the same numel as there are observations in the input but got ${weights.numel} != ${observations}`,
  );
  if (contiguousData(weights).some((x) => x < 0)) fail(`cov(): ${name} cannot be negative`);
}

register('fm corrcoef(Tensor input) -> Tensor', (self: Tensor) => {
  check(
    self.ndim <= 2,
    () =>
      `corrcoef(): expected input to have two or fewer dimensions but got an input with ${self.ndim} dimensions`,
  );
  const covariance = cov(self, 1);
  if (covariance.ndim === 0) return div(covariance, covariance);
  const spread = sqrt(diag(covariance, 0));
  const scaled = div(div(covariance, view(spread, [-1, 1])), view(spread, [1, -1]));
  return clamp(scaled, scalar(-1, 2), scalar(1, 2));
});
