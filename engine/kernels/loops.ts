import type { Shape } from '../shape.ts';

/** Nested loops over the elements of some operands, innermost first; `steps[o][l]` is what loop l adds to operand o. */
export interface Loops {
  readonly sizes: readonly number[];
  readonly steps: readonly (readonly number[])[];
}

/**
 * The fewest loops that visit all elements of operands with these strides, in the memory order of the first one, which
 * is written to: dimensions that can be walked as one are merged. There is at least one loop.
 */
export function loopsOver(shape: Shape, strides: readonly Shape[]): Loops {
  const sizes: number[] = [];
  const steps: number[][] = strides.map(() => []);
  for (const d of dimsInMemoryOrder(shape, strides[0])) {
    const outer = sizes.length - 1;
    if (outer >= 0 && strides.every((own, o) => own[d] === steps[o][outer] * sizes[outer])) {
      sizes[outer] *= shape[d];
    } else {
      sizes.push(shape[d]);
      strides.forEach((own, o) => {
        steps[o].push(own[d]);
      });
    }
  }
  if (sizes.length === 0) {
    sizes.push(1);
    for (const own of steps) own.push(1);
  }
  return { sizes, steps };
}

/** The dimensions that have more than one element, the one with the smallest stride first. */
function dimsInMemoryOrder(shape: Shape, strides: Shape): number[] {
  const dims: number[] = [];
  for (let d = shape.length - 1; d >= 0; d--) if (shape[d] !== 1) dims.push(d);
  return dims.sort((a, b) => strides[a] - strides[b]);
}

/** Calls `row` with the place of each operand for every run of the innermost loop. No size may be 0. */
export function forEachRow(
  { sizes, steps }: Loops,
  starts: readonly number[],
  row: (places: readonly number[]) => void,
): void {
  const places = [...starts];
  const counts = sizes.map(() => 0);
  for (;;) {
    row(places);
    let loop = 1;
    for (; loop < sizes.length; loop++) {
      for (let o = 0; o < places.length; o++) places[o] += steps[o][loop];
      if (++counts[loop] < sizes[loop]) break;
      for (let o = 0; o < places.length; o++) places[o] -= steps[o][loop] * sizes[loop];
      counts[loop] = 0;
    }
    if (loop >= sizes.length) return;
  }
}
