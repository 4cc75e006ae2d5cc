import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { contiguous } from './copy.ts';
import { asStrided } from './inplace.ts';

// Convolution and pooling look at their input through a small patch that moves over the last dimensions.

/** How a patch moves along one dimension. */
export interface Course {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly dilation: number;
}

/** One course for each of `count` dimensions; a single number counts for all. Steps are as wide as the kernel unless given. */
export const courses = (
  count: number,
  kernel: Shape,
  stride: Shape | null,
  padding: Shape,
  dilation: Shape,
): Course[] => {
  const at = (values: Shape, d: number): number => values[values.length === 1 ? 0 : d];
  return Array.from({ length: count }, (_, d) => ({
    kernel: at(kernel, d),
    stride: at(stride !== null && stride.length > 0 ? stride : kernel, d),
    padding: at(padding, d),
    dilation: at(dilation, d),
  }));
};

/** How far apart the first and the last element of a patch are, both counted. */
export const reach = ({ kernel, dilation }: Course): number => dilation * (kernel - 1) + 1;

/** In how many places a patch fits; rounding up, the last one may begin inside and end outside. */
export function placesIn(size: number, course: Course, roundUp: boolean): number {
  const { stride, padding } = course;
  const room = size + 2 * padding - reach(course);
  const places = Math.floor((room + (roundUp ? stride - 1 : 0)) / stride) + 1;
  return roundUp && (places - 1) * stride >= size + padding ? places - 1 : places;
}

/** A view of `self` that shows every patch: the places in front, then the elements of the patch. */
export function patches(self: Tensor, places: Shape, moves: readonly Course[]): Tensor {
  const source = contiguous(self);
  const lead = self.ndim - moves.length;
  const steps = source.strides.slice(lead);
  return asStrided(
    source,
    [...self.shape.slice(0, lead), ...places, ...moves.map(({ kernel }) => kernel)],
    [
      ...source.strides.slice(0, lead),
      ...moves.map(({ stride }, d) => stride * steps[d]),
      ...moves.map(({ dilation }, d) => dilation * steps[d]),
    ],
  );
}
