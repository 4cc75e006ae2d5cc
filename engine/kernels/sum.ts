import type { Data, DType } from '../dtype.ts';
import { contiguousStrides, reducedShape, type Shape } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { simd } from './simd.ts';

// Sums in the order in which PyTorch takes them (its `cascade_sum`), so that they agree to the last bit. The terms of one
// sum are dealt out to several running sums; each of these has four levels: a level that has taken in a number of terms
// is added to the next one and begins anew, which keeps the error of long sums small.

const LEVELS = 4;
/** Into how many running sums (of vectors, where the terms lie side by side) the terms of a sum are dealt out. */
const DEALT = 4;
/** The bytes of the vectors in which PyTorch adds. */
const VECTOR_BYTES = 32;
/** From so many terms on our own vectors are faster; beyond the other bound, their memory would grow too large. */
const MANY = 256;
const TOO_MANY = 2 ** 24;

/** The sums of `self` along `dims`; `self` has the dtype of the result already. `kernels` may be left out. */
export function sumAlong(
  self: Tensor,
  dims: readonly number[],
  keepdim: boolean,
  dtype: DType,
  kernels: Kernels | null = simd,
): Tensor {
  const out = empty(reducedShape(self.shape, dims, keepdim), dtype);
  if (out.numel === 0 || self.numel === 0) return out;
  if (self.numel <= DEALT && out.numel === 1 && self.isContiguous) {
    // The commonest sums are the smallest, and need none of the following: so few terms are added one by one.
    const to = out.storage.data;
    for (let i = 0; i < self.numel; i++) to[0] += self.storage.data[self.offset + i];
    return out;
  }
  const kept = contiguousStrides(reducedShape(self.shape, dims, true));
  const loops = loopsOf(
    self.shape,
    self.strides,
    kept.map((stride, d) => (dims.includes(d) ? 0 : stride)),
  );
  while (loops.length < 2) loops.push({ size: 1, from: 0, to: 0 });
  new Summation(self.storage.data, out.storage.data, VECTOR_BYTES / dtype.bytes, kernels).run(
    loops,
    self.offset,
  );
  return out;
}

type Kernels = Pick<NonNullable<typeof simd>, 'sum'>;

/** A loop over the terms: what a step in it adds to the place that is read and to the one that is written to. */
interface Loop {
  size: number;
  from: number;
  /** 0 where the loop is summed over. */
  to: number;
}

/** The loops over all terms, innermost first: those that are summed over, by their strides, then the others. */
function loopsOf(shape: Shape, from: Shape, to: Shape): Loop[] {
  const ordered: Loop[] = [];
  for (let d = shape.length - 1; d >= 0; d--) {
    const loop = { size: shape[d], from: from[d], to: to[d] };
    let at = ordered.length;
    for (let before = at - 1; before >= 0; before--) {
      const comparison = compare(ordered[before], loop);
      if (comparison < 0) break;
      // Loops that can't be compared stay as they are.
      if (comparison > 0) at = before;
    }
    ordered.splice(at, 0, loop);
  }
  return merged(ordered);
}

function compare(inner: Loop, outer: Loop): number {
  if ((inner.to === 0) !== (outer.to === 0)) return outer.to === 0 ? 1 : -1;
  for (const operand of ['to', 'from'] as const) {
    if (inner[operand] === 0 || outer[operand] === 0) continue;
    if (inner[operand] !== outer[operand]) return inner[operand] - outer[operand];
    if (inner.size > outer.size) return 1;
  }
  return 0;
}

/** Loops that can be walked as one become one. */
function merged(loops: readonly Loop[]): Loop[] {
  const result: Loop[] = [];
  for (const loop of loops) {
    const inner = result.at(-1);
    if (inner === undefined) result.push(loop);
    else if (inner.size === 1) result[result.length - 1] = loop;
    else if (loop.size !== 1) {
      if (loop.from === inner.from * inner.size && loop.to === inner.to * inner.size) inner.size *= loop.size;
      else result.push(loop);
    }
  }
  return result;
}

const scratch = new Map<unknown, Data>();

/** An array of the kind of `out`, the same for all summations. */
function runningSums(out: Data, length: number): Data {
  const kind = out.constructor as new (length: number) => Data;
  let sums = scratch.get(kind);
  if (sums === undefined) {
    sums = new kind(length);
    scratch.set(kind, sums);
  }
  return sums;
}

/** One summation: from `data` into `out`, which begins with zeros. */
class Summation {
  readonly #data: Data;
  readonly #out: Data;
  readonly #lanes: number;
  /** The running sums, level after level; storing into them rounds as the dtype does. */
  readonly #sums: Data;
  readonly #width: number;
  readonly #kernels: Kernels | null;
  readonly #round: (value: number) => number;

  constructor(data: Data, out: Data, lanes: number, kernels: Kernels | null) {
    this.#kernels = kernels;
    this.#data = data;
    this.#out = out;
    this.#lanes = lanes;
    this.#width = DEALT * lanes;
    this.#round = out instanceof Float32Array ? Math.fround : (value) => value;
    this.#sums = runningSums(out, LEVELS * this.#width);
  }

  /** Sums over the two innermost loops at a time; what comes of them is added up. */
  run(loops: readonly Loop[], start: number): void {
    const [inner, next, ...rest] = loops;
    const places = { from: start, to: 0 };
    const counts = rest.map(() => 0);
    for (;;) {
      this.#pair(places.from, places.to, inner, next);
      let loop = 0;
      for (; loop < rest.length; loop++) {
        const { size, from, to } = rest[loop];
        places.from += from;
        places.to += to;
        if (++counts[loop] < size) break;
        places.from -= from * size;
        places.to -= to * size;
        counts[loop] = 0;
      }
      if (loop === rest.length) return;
    }
  }

  #pair(from: number, to: number, inner: Loop, outer: Loop): void {
    const out = this.#out;
    const lanes = this.#lanes;
    if (inner.to !== 0) {
      // Nothing is summed over in here.
      for (let j = 0; j < outer.size; j++) {
        for (let i = 0; i < inner.size; i++) {
          out[to + i * inner.to + j * outer.to] += this.#data[from + i * inner.from + j * outer.from];
        }
      }
    } else if (inner.from === 1 && inner.size >= lanes) {
      for (let j = 0; j < outer.size; j++) {
        out[to + j * outer.to] += this.#ofRow(from + j * outer.from, inner.size);
      }
    } else if (outer.from === 1 && outer.size >= lanes) {
      let j = 0;
      for (; j + this.#width <= outer.size; j += this.#width) {
        this.#cascade(from + j, inner.from, this.#width, 1, this.#width, inner.size);
        for (let c = 0; c < this.#width; c++) out[to + (j + c) * outer.to] += this.#sums[c];
      }
      for (; j + lanes <= outer.size; j += lanes) {
        this.#deal(from + j, inner.from, lanes, inner.size);
        for (let c = 0; c < lanes; c++) out[to + (j + c) * outer.to] += this.#sums[c];
      }
      this.#singly(from, to, inner, outer, j);
    } else if (inner.from < outer.from) {
      this.#singly(from, to, inner, outer, 0);
    } else {
      let j = 0;
      for (; j + DEALT <= outer.size; j += DEALT) {
        this.#cascade(from + j * outer.from, inner.from, 1, outer.from, DEALT, inner.size);
        for (let c = 0; c < DEALT; c++) out[to + (j + c) * outer.to] += this.#sums[c];
      }
      this.#singly(from, to, inner, outer, j);
    }
  }

  #singly(from: number, to: number, inner: Loop, outer: Loop, first: number): void {
    for (let j = first; j < outer.size; j++) {
      this.#deal(from + j * outer.from, inner.from, 1, inner.size);
      this.#out[to + j * outer.to] += this.#sums[0];
    }
  }

  /** The sum of terms that lie side by side: of vectors, and of what is left over. */
  #ofRow(from: number, size: number): number {
    if (size >= MANY && size < TOO_MANY && this.#kernels !== null && this.#data instanceof Float32Array) {
      return this.#kernels.sum(this.#data, from, size) ?? this.#ofVectors(from, size);
    }
    return this.#ofVectors(from, size);
  }

  #ofVectors(from: number, size: number): number {
    const lanes = this.#lanes;
    const vectors = Math.floor(size / lanes);
    this.#deal(from, lanes, lanes, vectors);
    let total = 0;
    for (let i = vectors * lanes; i < size; i++) total = this.#round(total + this.#data[from + i]);
    for (let c = 0; c < lanes; c++) total = this.#round(total + this.#sums[c]);
    return total;
  }

  /** Sums of `unit` neighbouring columns over `size` rows, dealt out to four running sums each. */
  #deal(from: number, step: number, unit: number, size: number): void {
    const sums = this.#sums;
    const rounds = Math.floor(size / DEALT);
    this.#cascade(from, DEALT * step, unit, step, DEALT * unit, rounds);
    for (let row = rounds * DEALT; row < size; row++) {
      for (let c = 0; c < unit; c++) sums[c] += this.#data[from + row * step + c];
    }
    for (let part = 1; part < DEALT; part++) {
      for (let c = 0; c < unit; c++) sums[c] += sums[part * unit + c];
    }
  }

  /**
   * `width` running sums over `size` rounds. Those of a `unit` take their terms side by side, those of the next unit
   * `unitStep` further on. The results are the first `width` entries of the running sums.
   */
  #cascade(from: number, step: number, unit: number, unitStep: number, width: number, size: number): void {
    const data = this.#data;
    const sums = this.#sums.fill(0);
    const levelPower = Math.max(4, Math.floor(ceilLog2(size) / LEVELS));
    const levelStep = 2 ** levelPower;
    const add = (row: number): void => {
      for (let first = 0, at = from + row * step; first < width; first += unit, at += unitStep) {
        for (let c = 0; c < unit; c++) sums[first + c] += data[at + c];
      }
    };
    let row = 0;
    while (row + levelStep <= size) {
      for (const end = row + levelStep; row < end; row++) add(row);
      for (let level = 1; level < LEVELS; level++) {
        const [below, above] = [(level - 1) * this.#width, level * this.#width];
        for (let c = 0; c < width; c++) {
          sums[above + c] += sums[below + c];
          sums[below + c] = 0;
        }
        // A level is passed on when it is full.
        if (Math.floor(row / levelStep ** level) % levelStep !== 0) break;
      }
    }
    for (; row < size; row++) add(row);
    for (let level = 1; level < LEVELS; level++) {
      for (let c = 0; c < width; c++) sums[c] += sums[level * this.#width + c];
    }
  }
}

const ceilLog2 = (n: number): number => (n <= 1 ? 0 : 32 - Math.clz32(n - 1));
