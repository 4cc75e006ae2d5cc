import { check } from '../errors.ts';
import { numelOf, type Shape, showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { type PlaneMap, planeOp } from './plane_map.ts';
import { requireFloating } from './supported.ts';

// Signals, pictures and volumes stretched to another size: each place of the result looks at a few places of the input.

/** Where a place of the result looks along one dimension, and how much each of these counts. */
type Taps = readonly (readonly [place: number, weight: number])[];

/** How a place of the result finds its taps. */
interface Look {
  readonly size: number;
  readonly target: number;
  /** How far apart, in the input, neighbours of the result are. */
  readonly step: number;
  readonly alignCorners: boolean;
}

const within = (place: number, size: number): number => Math.min(Math.max(place, 0), size - 1);

/** Where the centre of a place is in the input; corners aligned, the first and last places of both coincide. */
const centre = (i: number, { step, alignCorners }: Look): number =>
  alignCorners ? step * i : step * (i + 0.5) - 0.5;

const nearest = (i: number, { size, step }: Look): Taps => [[Math.min(Math.floor(i * step), size - 1), 1]];
const nearestExact = (i: number, { size, step }: Look): Taps => [
  [Math.min(Math.floor((i + 0.5) * step), size - 1), 1],
];

function linear(i: number, look: Look): Taps {
  if (look.size === look.target) return [[i, 1]];
  const at = Math.max(centre(i, look), 0);
  const left = Math.min(Math.floor(at), look.size - 1);
  const share = Math.min(Math.max(at - left, 0), 1);
  return [
    [left, 1 - share],
    [within(left + 1, look.size), share],
  ];
}

/** Keys' cubic convolution with a = -0.75. */
function cubic(i: number, look: Look): Taps {
  const at = centre(i, look);
  const left = Math.floor(at);
  const t = at - left;
  const a = -0.75;
  const near = (x: number): number => ((a + 2) * x - (a + 3)) * x * x + 1;
  const far = (x: number): number => ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
  const weights = [far(t + 1), near(t), near(1 - t), far(2 - t)];
  return weights.map((weight, k) => [within(left - 1 + k, look.size), weight] as const);
}

/** The step between neighbours: from the factor where it is known, else from the two sizes. */
function stepOf(size: number, target: number, alignCorners: boolean, scale: number | null): number {
  if (alignCorners) return target > 1 ? (size - 1) / (target - 1) : 0;
  return scale !== null && scale > 0 ? 1 / scale : size / target;
}

/** The map made of one list of taps for each dimension: their weights multiply. */
function product(shape: Shape, target: Shape, taps: readonly Taps[][]): PlaneMap {
  const lead = shape.slice(0, 2);
  const size = shape.slice(2);
  return {
    from: numelOf(size),
    to: numelOf(target),
    shape: [...lead, ...target],
    each: (add) => {
      const walk = (d: number, source: number, place: number, weight: number): void => {
        if (d === size.length) {
          add(source, place, weight);
          return;
        }
        for (let i = 0; i < target[d]; i++) {
          for (const [tap, share] of taps[d][i]) {
            walk(d + 1, source * size[d] + tap, place * target[d] + i, weight * share);
          }
        }
      };
      walk(0, 0, 0, 1);
    },
  };
}

type Sampling = (i: number, look: Look) => Taps;
type Scale = number | null;

function checkSize(shape: Shape, target: Shape): void {
  const count = target.length;
  const sizes = shape.slice(2);
  check(
    shape.length === count + 2,
    () => `It is expected input_size equals to ${count + 2}, but got size ${shape.length}`,
  );
  const names = (values: Shape): string =>
    count === 1
      ? `${values[0]}`
      : values.map((value, d) => `${'DHW'.slice(3 - count)[d]}: ${value}`).join(', ');
  check(
    [...sizes, ...target].every((size) => size > 0),
    () =>
      `Input and output sizes should be greater than 0, but got input (${names(sizes)}) and output (${names(target)})`,
  );
  check(
    numelOf(shape.slice(1)) !== 0 || shape[0] !== 0,
    () => `Non-empty ${count + 2}D data tensor expected but got a tensor with sizes ${showShape(shape)}`,
  );
}

const mapOf =
  (sampling: Sampling) =>
  (shape: Shape, target: Shape, alignCorners: boolean, scales: readonly Scale[]): PlaneMap => {
    checkSize(shape, target);
    const taps = target.map((length, d) => {
      const size = shape[d + 2];
      const step = stepOf(size, length, alignCorners, scales[d]);
      const look = { size, target: length, step, alignCorners };
      return Array.from({ length }, (_, i) => sampling(i, look));
    });
    return product(shape, target, taps);
  };

/** What the nodes save under PyTorch's names. */
const scalesOf = (scales: readonly Scale[]): Record<string, Scale> =>
  scales.length === 1
    ? { scales: scales[0] }
    : Object.fromEntries(scales.map((scale, d) => [`scales_${'dhw'.slice(3 - scales.length)[d]}`, scale]));

const SCALES = [
  'float? scales',
  'float? scales_h, float? scales_w',
  'float? scales_d, float? scales_h, float? scales_w',
];

const words = (name: string): string =>
  name.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());

/** Each place of the result is a copy of one of the input. */
function repeating(name: string, sampling: Sampling): void {
  const map = mapOf(sampling);
  for (const count of [1, 2, 3]) {
    const node = `Upsample${words(name)}${count}D`;
    planeOp<[Shape, ...Scale[]]>(
      `f nn.functional._upsample_${name}${count}d(Tensor input, int[] output_size, ${SCALES[count - 1]}) -> Tensor`,
      {
        node: `${node}Backward0`,
        gradientNode: `${node}BackwardBackward0`,
        save: (_, target: Shape, ...scales: Scale[]) => ({ output_size: target, ...scalesOf(scales) }),
        keeps: 'shape',
        check: (self: Tensor) => {
          if (self.dtype.name !== 'uint8') requireFloating(`upsample_${name}${count}d_channels_last`, self);
        },
        map: (shape, target, ...scales) => map(shape, target, false, scales),
      },
    );
  }
}
repeating('nearest', nearest);
repeating('nearest_exact', nearestExact);

/** Each place of the result is mixed from several of the input. */
function mixing(name: string, count: number, sampling: Sampling): void {
  const map = mapOf(sampling);
  const node = `Upsample${words(name)}${count}D`;
  planeOp<[Shape, boolean, ...Scale[]]>(
    `f nn.functional._upsample_${name}${count}d(Tensor input, int[] output_size, bool align_corners, ${SCALES[count - 1]}) -> Tensor`,
    {
      node: `${node}Backward0`,
      gradientNode: `${node}BackwardBackward0`,
      save: (_, target: Shape, align_corners: boolean, ...scales: Scale[]) => ({
        output_size: target,
        align_corners,
        ...scalesOf(scales),
      }),
      keeps: 'shape',
      check: (self: Tensor) =>
        requireFloating(`compute_indices_weights_${name.replace(/^bi|^tri/, '')}`, self),
      map: (shape, target, alignCorners, ...scales) => map(shape, target, alignCorners, scales),
    },
  );
}
mixing('linear', 1, linear);
mixing('bilinear', 2, linear);
mixing('trilinear', 3, linear);
mixing('bicubic', 2, cubic);
