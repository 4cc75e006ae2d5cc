import { elementOffsets, numelOf, type Shape } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { contiguousData } from './copy.ts';
import { define } from './op.ts';

/** Where a view looks: a shape, and the steps to take from an offset. */
export interface Geometry {
  readonly shape: Shape;
  readonly strides: Shape;
  readonly offset: number;
}

/**
 * Zeros of `shape` (row-major) with each gradient added at the places where its view looked: the adjoint of viewing.
 * A place that is looked at twice receives a sum.
 */
export function embed(
  name: string,
  grads: readonly (Tensor | null)[],
  shape: Shape,
  places: readonly Geometry[],
): Tensor {
  return define(name, {
    inputs: (...given: (Tensor | null)[]) => given,
    forward: (...given: (Tensor | null)[]) => {
      const like = given.find((grad) => grad !== null) as Tensor;
      const out = empty(shape, like.dtype);
      given.forEach((grad, i) => {
        if (grad === null) return;
        const data = contiguousData(grad);
        const at = elementOffsets(places[i].shape, places[i].strides);
        for (let j = 0; j < at.length; j++) out.storage.data[places[i].offset + at[j]] += data[j];
      });
      return out;
    },
    batch: (size, ...given) =>
      embed(
        name,
        given,
        [size, ...shape],
        places.map((place) => ofBatch(place, size, shape)),
      ),
    backward: (grad) =>
      places.map((place) => pick(name.replace('BackwardBackward', 'Backward'), grad, shape, place)),
  })(...grads);
}

/** The same place in each of `size` tensors of `shape` that lie one after the other. */
const ofBatch = ({ shape, strides, offset }: Geometry, size: number, whole: Shape): Geometry => ({
  shape: [size, ...shape],
  strides: [numelOf(whole), ...strides],
  offset,
});

/** A copy of what a view at `place` of a row-major tensor of `shape` would show: the adjoint of `embed`. */
function pick(name: string, source: Tensor, shape: Shape, place: Geometry): Tensor {
  return define(name, {
    forward: (self: Tensor) => {
      const data = contiguousData(self);
      const at = elementOffsets(place.shape, place.strides);
      const out = empty(place.shape, self.dtype);
      for (let j = 0; j < numelOf(place.shape); j++) out.storage.data[j] = data[place.offset + at[j]];
      return out;
    },
    batch: (size, self) => pick(name, self, [size, ...shape], ofBatch(place, size, shape)),
    backward: (grad) => embed(name.replace('Backward', 'BackwardBackward'), [grad], shape, [place]),
    forwardMode: 'linear',
  })(source);
}
