import { bool, int64, scalar } from '../dtype.ts';
import { check } from '../errors.ts';
import { mapBinary, mapUnary } from '../kernels/elementwise.ts';
import { numelOf, type Shape, showShape } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { add, addScalar, asTensor, mul, mulScalar, sub } from './arithmetic.ts';
import { expand } from './broadcast.ts';
import { clamp, maskedFill } from './choose.ts';
import { fused } from './fused.ts';
import { bmm } from './matmul.ts';
import { register } from './op.ts';
import { select } from './parts.ts';
import { factor } from './reduction.ts';
import { gather } from './scatter.ts';
import { abs, floor } from './unary.ts';
import { reshape, transpose, view } from './view.ts';

// Pictures looked at through a grid: each place of the result says where, from -1 to 1, in the input it looks.

const FILL = ['zeros', 'border', 'reflection'] as const;
type Fill = (typeof FILL)[number];

/** A place that would be outside, folded back between `low` and `high`; the gradient is turned with it. */
function reflected(x: Tensor, low: number, high: number): Tensor {
  if (low === high) return mulScalar(x, factor(0));
  const span = high - low;
  const away = abs(addScalar(x, factor(-low)));
  const folds = mapUnary(away, away.dtype, (v) => Math.floor(v / span));
  const rest = sub(away, mulScalar(folds, factor(span)));
  const turned = mapUnary(folds, bool, (v) => (v % 2 === 0 ? 0 : 1));
  const sign = mapUnary(turned, x.dtype, (v) => (v ? -1 : 1));
  const start = mapUnary(turned, x.dtype, (v) => (v ? high : low));
  return add(mul(rest, sign), start);
}

/** Brings a place of the grid into the picture, as the padding says. */
function placed(x: Tensor, size: number, fill: Fill, corners: boolean): Tensor {
  if (fill === 'zeros') return x;
  const folded = fill === 'border' ? x : corners ? reflected(x, 0, size - 1) : reflected(x, -0.5, size - 0.5);
  return clamp(folded, scalar(0), scalar(size - 1));
}

/** From the grid's -1 … 1 to places of a dimension; corners aligned, the ends are the centres of the last places. */
const unnormalized = (x: Tensor, size: number, corners: boolean): Tensor =>
  corners
    ? mulScalar(addScalar(x, factor(1)), factor((size - 1) / 2))
    : mulScalar(addScalar(mulScalar(addScalar(x, factor(1)), factor(size)), factor(-1)), factor(0.5));

/** The input's numbers at whole places, 0 outside: one number for each channel and each place of the grid. */
function looked(input: Tensor, places: readonly Tensor[]): Tensor {
  const [batch, channels, ...size] = input.shape;
  const flags = places.map((place, d) => mapUnary(place, bool, (x) => (x >= 0 && x < size[d] ? 0 : 1)));
  const outside = flags.reduce((all, own) => mapBinary(all, own, bool, (x, y) => x | y));
  const inside = places.map((place, d) => mapUnary(place, int64, (x) => (x >= 0 && x < size[d] ? x : 0)));
  const at = inside.reduce((offset, own, d) => mapBinary(offset, own, int64, (x, y) => x * size[d] + y));
  const flat = reshape(input, [batch, channels, numelOf(size)]);
  const wide = [batch, channels, at.shape[2]];
  return maskedFill(gather(flat, 2, expand(at, wide)), outside, scalar(0));
}

/** Where a place looks along one dimension, and how much each of these counts. */
type Taps = readonly { readonly place: Tensor; readonly weight: Tensor | null }[];

function linearTaps(x: Tensor): Taps {
  const left = floor(x);
  const share = sub(x, left);
  return [
    { place: left, weight: sub(asTensor(1), share) },
    { place: addScalar(left, factor(1)), weight: share },
  ];
}

const roundHalfToEven = (x: number): number => {
  const nearest = Math.round(x);
  return nearest - x === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest;
};
const nearestTap = (x: Tensor): Taps => [{ place: mapUnary(x, x.dtype, roundHalfToEven), weight: null }];

/** Keys' cubic convolution with a = -0.75. */
function cubicTaps(x: Tensor, bring: (place: Tensor) => Tensor): Taps {
  const left = floor(x);
  const t = sub(x, left);
  const a = -0.75;
  const near = (v: Tensor): Tensor =>
    addScalar(mul(mul(addScalar(mulScalar(v, factor(a + 2)), factor(-(a + 3))), v), v), factor(1));
  const far = (v: Tensor): Tensor =>
    addScalar(
      mul(addScalar(mul(addScalar(mulScalar(v, factor(a)), factor(-5 * a)), v), factor(8 * a)), v),
      factor(-4 * a),
    );
  const weights = [
    far(addScalar(t, factor(1))),
    near(t),
    near(sub(asTensor(1), t)),
    far(sub(asTensor(2), t)),
  ];
  return weights.map((weight, k) => ({ place: bring(addScalar(left, factor(k - 1))), weight }));
}

const sampler = (count: 2 | 3) =>
  fused(
    `f grid_sampler_${count}d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor`,
    {
      node: `GridSampler${count}DBackward0`,
      gradientNode: `GridSampler${count}DBackwardBackward0`,
      names: ['input', 'grid', 'interpolation_mode', 'padding_mode', 'align_corners'],
      // Where the nearest number is taken, its gradient is the same whatever the numbers are.
      gradientInputs: (input, grid, mode) => [mode === 1 ? null : input, grid],
      forwardMode: { refused: `grid_sampler_${count}d` },
      compose: (input: Tensor, grid: Tensor, mode: number, filling: number, corners: boolean) => {
        const [batch, channels, ...size] = input.shape;
        const fill = FILL[filling];
        const shape = [batch, 1, numelOf(grid.shape.slice(1, -1))];
        const taps = size.map((length, d) => {
          const at = select(grid, -1, count - 1 - d);
          const x = unnormalized(reshape(at, shape), length, corners);
          if (mode === 2) return cubicTaps(x, (place) => placed(place, length, fill, corners));
          const inside = placed(x, length, fill, corners);
          return mode === 1 ? nearestTap(inside) : linearTaps(inside);
        });
        const combined = taps.reduce<{ places: Tensor[]; weight: Tensor | null }[]>(
          (all, own) =>
            all.flatMap(({ places, weight }) =>
              own.map((tap) => ({
                places: [...places, tap.place],
                weight:
                  weight === null || tap.weight === null ? (weight ?? tap.weight) : mul(weight, tap.weight),
              })),
            ),
          [{ places: [], weight: null }],
        );
        const parts = combined.map(({ places, weight }) => {
          const seen = looked(input, places);
          return weight === null ? seen : mul(seen, weight);
        });
        return reshape(
          parts.reduce((sum, part) => add(sum, part)),
          [batch, channels, ...grid.shape.slice(1, -1)],
        );
      },
    },
  );
const samplers = { 2: sampler(2), 3: sampler(3) };

register(
  'f grid_sampler(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor',
  (input: Tensor, grid: Tensor, mode: number, filling: number, corners: boolean): Tensor => {
    const shapes = () =>
      `but got input with sizes ${showShape(input.shape)} and grid with sizes ${showShape(grid.shape)}`;
    check(
      input.shape[0] === grid.shape[0],
      () => `grid_sampler(): expected grid and input to have same batch size, ${shapes()}`,
    );
    check(
      grid.shape[grid.ndim - 1] === input.ndim - 2,
      () =>
        `grid_sampler(): expected grid to have size ${input.ndim - 2} in last dimension, but got grid with sizes ${showShape(grid.shape)}`,
    );
    check(
      (input.ndim === 4 || input.ndim === 5) && input.ndim === grid.ndim,
      () => `grid_sampler(): expected 4D or 5D input and grid with same number of dimensions, ${shapes()}`,
    );
    check(
      !(input.ndim === 5 && mode === 2),
      () => 'grid_sampler(): bicubic interpolation only supports 4D input',
    );
    return samplers[(input.ndim - 2) as 2 | 3](input, grid, mode, filling, corners);
  },
);

/** The places of a grid's dimension, from -1 to 1. */
function ticks(count: number, corners: boolean): number[] {
  if (count <= 1) return new Array<number>(count).fill(0);
  return Array.from({ length: count }, (_, i) => {
    const tick = (2 * i) / (count - 1) - 1;
    return corners ? tick : (tick * (count - 1)) / count;
  });
}

/** The grid that an affine map makes of the plain one. */
fused('f affine_grid_generator(Tensor theta, int[] size, bool align_corners) -> Tensor', {
  node: 'AffineGridGeneratorBackward0',
  names: ['_theta', 'size', 'align_corners'],
  compose: (theta: Tensor, size: Shape, corners: boolean) => {
    const [batch, , ...places] = size;
    const count = places.length;
    const along = places.map((length) => ticks(length, corners));
    const plain = empty([numelOf(places), count + 1], theta.dtype);
    for (let i = 0; i < numelOf(places); i++) {
      let rest = i;
      for (let d = count - 1; d >= 0; d--) {
        plain.storage.data[i * (count + 1) + (count - 1 - d)] = along[d][rest % places[d]];
        rest = Math.floor(rest / places[d]);
      }
      plain.storage.data[i * (count + 1) + count] = 1;
    }
    const grid = bmm(expand(plain, [batch, ...plain.shape]), transpose(theta, 1, 2));
    return view(grid, [batch, ...places, count]);
  },
});
