import { elementOffsets, numelOf, type Shape } from '../shape.ts';
import { empty, fromData, Storage, Tensor } from '../tensor.ts';
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

/**
 * Puts a gradient down where a view looked in memory, and reads it where the tensor it was taken of looks: the adjoint of
 * viewing for views that know nothing of the tensor's own strides. Elements of that tensor that share a place share what
 * lies there.
 */
export const gatherThroughMemory: (grad: Tensor, view: Geometry, self: Geometry) => Tensor = define(
  'AsStridedBackwardBackward0',
  {
    inputs: (grad) => [grad],
    forward: (grad: Tensor, view: Geometry, self: Geometry) => {
      const base = Math.min(view.offset, self.offset);
      const [seen, own] = [placesIn(view, base), placesIn(self, base)];
      const last = (places: Int32Array): number => places.reduce((a, b) => Math.max(a, b), 0);
      const memory = grad.dtype.allocate(1 + Math.max(last(seen), last(own)));
      const data = contiguousData(grad);
      seen.forEach((place, i) => {
        memory[place] += data[i];
      });
      for (const [place, count] of counted(own)) memory[place] /= count;
      return new Tensor(new Storage(memory), self.shape, self.strides, self.offset - base, grad.dtype);
    },
    save: ({ args: [, view, self] }) => ({ view, self }),
    backward: (grad, { view, self }) => seenThroughMemory(grad, self, view),
    forwardMode: 'linear',
  },
);

/** The other way round: what the view shows of a tensor, where elements that share a place have added up. */
const seenThroughMemory: (grad: Tensor, self: Geometry, view: Geometry) => Tensor = define(
  'AsStridedBackward0',
  {
    inputs: (grad) => [grad],
    forward: (grad: Tensor, self: Geometry, view: Geometry) => {
      const base = Math.min(view.offset, self.offset);
      const [seen, own] = [placesIn(view, base), placesIn(self, base)];
      const counts = counted(own);
      const memory = new Map<number, number>();
      const data = contiguousData(grad);
      own.forEach((place, i) => {
        memory.set(place, (memory.get(place) ?? 0) + data[i] / (counts.get(place) as number));
      });
      return fromData(
        grad.dtype.allocate(seen.length).map((_, i) => memory.get(seen[i]) ?? 0),
        view.shape,
        grad.dtype,
      );
    },
    save: ({ args: [, self, view] }) => ({ view, self }),
    backward: (grad, { view, self }) => gatherThroughMemory(grad, view, self),
    forwardMode: 'linear',
  },
);

const placesIn = ({ shape, strides, offset }: Geometry, base: number): Int32Array =>
  elementOffsets(shape, strides).map((place) => place + offset - base);

/** How often each place occurs. */
function counted(places: Int32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const place of places) counts.set(place, (counts.get(place) ?? 0) + 1);
  return counts;
}
