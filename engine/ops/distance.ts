import { int64, type Scalar } from '../dtype.ts';
import { check, fail } from '../errors.ts';
import { cast, resultType } from '../kernels/elementwise.ts';
import { broadcastShapes, sameShape, wrapDims } from '../shape.ts';
import { fromData, type Tensor } from '../tensor.ts';
import { isBatched } from '../transforms/levels.ts';
import { addScalar, asTensor, div, mul, neg, sub } from './arithmetic.ts';
import { expand, sumDims, sumToSize } from './broadcast.ts';
import { where } from './choose.ts';
import { lt } from './compare.ts';
import { clone, contiguous } from './copy.ts';
import { indexAdd, indexSelect } from './index_along.ts';
import { dimNorm, normGradient, vectorNorm } from './norm.ts';
import { define, op, register } from './op.ts';
import { factor } from './reduction.ts';
import { zerosFor } from './unary.ts';
import { transpose, unsqueeze } from './view.ts';

/** The norm of the difference of two tensors. */
export const dist = op('fm dist(Tensor input, Tensor other, Scalar p=2) -> Tensor', {
  inputs: (self, other) => [self, other],
  forward: (self: Tensor, other: Tensor, { value: p }: Scalar) => {
    const difference = sub(self, other);
    check(
      difference.isFloating,
      () =>
        `norm(): input dtype should be either floating point or complex. Got ${difference.dtype.scalarName} instead.`,
    );
    return vectorNorm(difference, p, null, false);
  },
  save: ({ args: [self, other, { value }], result }) => ({ self, other, p: value, result }),
  backward: (grad, { self, other, p, result }, needs) => {
    const slope = (): Tensor => {
      const difference = sub(self, other);
      return (
        normGradient(grad, difference, p, result, wrapDims(null, difference.ndim)) ?? zerosFor(difference)
      );
    };
    return [needs[0] ? slope() : null, needs[1] ? neg(slope()) : null];
  },
});

/** The p-norm of x1 - x2 along the last dimension. */
export const pairwiseDistance = register(
  'f pairwise_distance(Tensor x1, Tensor x2, float p=2, float eps=1e-06, bool keepdim=False) -> Tensor',
  (x1: Tensor, x2: Tensor, p: number, eps: number, keepdim: boolean) => {
    const last = Math.max(x1.ndim, x2.ndim) - 1;
    return dimNorm(addScalar(sub(x1, x2), factor(eps)), p, [last], keepdim);
  },
);

/** A length, not below `eps`: where it is raised the gradient still takes it for the length. */
function lengths(x: Tensor, dim: number, eps: number): Tensor {
  const result = clone(vectorNorm(x, 2, [dim], true));
  if (isBatched(result)) return where(lt(result, asTensor(eps)), asTensor(eps), result);
  const { data } = result.storage;
  for (let i = 0; i < data.length; i++) if (data[i] < eps) data[i] = eps;
  return result;
}

/** The cosine of the angle between vectors along `dim`. */
register(
  'f cosine_similarity(Tensor x1, Tensor x2, int dim=1, float eps=1e-08) -> Tensor',
  (x1: Tensor, x2: Tensor, dim: number, eps: number) => {
    const dtype = resultType(x1, x2);
    if (dtype.category !== 3) {
      fail(`expected common dtype to be floating point, yet common dtype is ${dtype.scalarName}`);
    }
    const shape = broadcastShapes(x1.shape, x2.shape);
    const [a, b] = [x1, x2].map((x) => {
      const floating = x.isFloating ? x : cast(x, dtype);
      return sameShape(x.shape, shape) ? floating : expand(floating, shape);
    });
    return sumDims(mul(div(a, lengths(a, dim, eps)), div(b, lengths(b, dim, eps))), [dim]);
  },
);

const rowsApart = (x1: Tensor, x2: Tensor): Tensor => sub(unsqueeze(x1, -2), unsqueeze(x2, -3));

/** The gradient of the distances, which PyTorch can't differentiate again. */
const cdistBackward = define('CdistBackwardBackward0', {
  inputs: (grad: Tensor, x1: Tensor, x2: Tensor, _: number, distances: Tensor) => [grad, x1, x2, distances],
  forward: (grad: Tensor, x1: Tensor, x2: Tensor, p: number, distances: Tensor) => {
    const slopes = normGradient(unsqueeze(grad, -1), rowsApart(x1, x2), p, unsqueeze(distances, -1), [-1]);
    return slopes === null ? zerosFor(x1) : sumToSize(sumDims(slopes, [-2]), x1.shape);
  },
  backward: () => fail("the derivative for '_cdist_backward' is not implemented.", 'NotImplementedError'),
});

const cdistOf = define('CdistBackward0', {
  inputs: (x1: Tensor, x2: Tensor, _: number) => [x1, x2],
  forward: (x1: Tensor, x2: Tensor, p: number) => vectorNorm(rowsApart(x1, x2), p, [-1], false),
  save: ({ args: [x1, x2, p], result }) => ({ x1, x2, p, result }),
  backward: (grad, { x1, x2, p, result }, needs) => [
    needs[0] ? cdistBackward(grad, x1, x2, p, result) : null,
    needs[1] ? cdistBackward(contiguous(mT(grad)), x2, x1, p, contiguous(mT(result))) : null,
  ],
  forwardMode: { refused: '_cdist_forward' },
});
const mT = (x: Tensor): Tensor => transpose(x, -2, -1);

const MODES = [
  'use_mm_for_euclid_dist_if_necessary',
  'use_mm_for_euclid_dist',
  'donot_use_mm_for_euclid_dist',
];

/** The distance of every row of one matrix from every row of another. */
register(
  'f cdist(Tensor x1, Tensor x2, float p=2.0, str compute_mode="use_mm_for_euclid_dist_if_necessary") -> Tensor',
  (x1: Tensor, x2: Tensor, p: number, mode: string) => {
    check(MODES.includes(mode), () => `${mode} is not a valid value for compute_mode`, 'ValueError');
    for (const [name, x] of Object.entries({ X1: x1, X2: x2 })) {
      check(
        x.isFloating,
        () => `cdist only supports floating-point dtypes, ${name} got: ${x.dtype.scalarName}`,
      );
    }
    for (const [name, x] of Object.entries({ X1: x1, X2: x2 }))
      check(x.ndim >= 2, () => `cdist only supports at least 2D tensors, ${name} got: ${x.ndim}D`);
    const [a, b] = [x1.shape[x1.ndim - 1], x2.shape[x2.ndim - 1]];
    check(a === b, () => `X1 and X2 must have the same number of columns. X1: ${a} X2: ${b}`);
    check(
      x1.dtype === x2.dtype,
      () => `expected scalar type ${x1.dtype.scalarName} but found ${x2.dtype.scalarName}`,
    );
    check(p >= 0, () => 'cdist only supports non-negative p values');
    return cdistOf(x1, x2, p);
  },
);

/** The gradient of the distances between rows, which PyTorch can't differentiate again. */
const pdistBackward = define('PdistBackwardBackward0', {
  inputs: (grad: Tensor, self: Tensor, _: number, distances: Tensor) => [grad, self, distances],
  forward: (grad: Tensor, self: Tensor, p: number, distances: Tensor) => {
    const [first, second] = pairs(self.shape[0]);
    const apart = sub(indexSelect(self, 0, first), indexSelect(self, 0, second));
    const slopes = normGradient(unsqueeze(grad, -1), apart, p, unsqueeze(distances, -1), [-1]);
    if (slopes === null) return zerosFor(self);
    return indexAdd(indexAdd(zerosFor(self), 0, first, slopes), 0, second, neg(slopes));
  },
  backward: () => fail("the derivative for '_pdist_backward' is not implemented.", 'NotImplementedError'),
});

/** The numbers of the rows of each pair, the first before the second. */
function pairs(rows: number): [Tensor, Tensor] {
  const [first, second] = [[], []] as [number[], number[]];
  for (let i = 0; i < rows; i++) {
    for (let j = i + 1; j < rows; j++) {
      first.push(i);
      second.push(j);
    }
  }
  const tensors = [first, second].map((list) => fromData(Float64Array.from(list), [list.length], int64));
  return [tensors[0], tensors[1]];
}

const pdistOf = define('PdistBackward0', {
  inputs: (self: Tensor, _: number) => [self],
  forward: (self: Tensor, p: number) => {
    const [first, second] = pairs(self.shape[0]);
    return vectorNorm(sub(indexSelect(self, 0, first), indexSelect(self, 0, second)), p, [-1], false);
  },
  save: ({ args: [self, p], result }) => ({ self, p, result }),
  backward: (grad, { self, p, result }) => pdistBackward(grad, self, p, result),
  forwardMode: { refused: '_pdist_forward' },
});

/** The distance of every row from every later row. */
for (const name of ['pdist', 'nn.functional.pdist']) {
  register(`f ${name}(Tensor input, float p=2) -> Tensor`, (self: Tensor, p: number) => {
    check(self.ndim === 2, () => `pdist only supports 2D tensors, got: ${self.ndim}D`);
    check(self.isFloating, () => 'pdist only supports floating-point dtypes');
    check(p >= 0, () => 'pdist only supports non-negative p values');
    return pdistOf(contiguous(self), p);
  });
}
