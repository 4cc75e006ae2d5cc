import { ASSEMBLY } from './assembly.wasm.ts';
import type { MatrixView } from './matmul.ts';

type Name = 'add' | 'addScaled' | 'sub' | 'mul' | 'div';

/** An elementwise function of two numbers that the assembly knows; only `addScaled` has a scale. */
export interface Vectors {
  readonly name: Name;
  readonly scale: number;
}
export const vectors = (name: Name, scale = 1): Vectors => ({ name, scale });

/** What engine/kernels/assembly exports: addresses in bytes, strides in elements. */
interface Assembly
  extends Record<Name, (to: number, a: number, b: number, n: number, scale: number) => void> {
  readonly memory: WebAssembly.Memory;
  readonly RESERVED: WebAssembly.Global;
  multiply(...addressesStridesAndSizes: number[]): void;
  sum(from: number, n: number): number;
}

/** A run of float32 numbers; a step of 0 repeats the first. */
export interface Run {
  readonly data: Float32Array;
  readonly at: number;
  readonly step: 0 | 1;
}

const ELEMENT = 4;
const PAGE = 65536;
/** Elements that are worked on at a time: three blocks fit into a processor's nearer cache. */
const BLOCK = 8192;

/**
 * Kernels in WebAssembly SIMD. Tensors live outside its memory: operands are copied in and results out, in blocks
 * for elementwise functions, which costs a fraction of what the lanes gain.
 */
class Simd {
  readonly #assembly: Assembly;
  readonly #start: number;
  #memory: Float32Array;

  constructor(assembly: Assembly) {
    this.#assembly = assembly;
    this.#start = assembly.RESERVED.value;
    this.#memory = new Float32Array(assembly.memory.buffer);
    this.#reserve(3 * BLOCK);
  }

  /** out[outAt + i] = a[i] ∘ b[i] for n elements. */
  pairs({ name, scale }: Vectors, out: Float32Array, outAt: number, a: Run, b: Run, n: number): void {
    const kernel = this.#assembly[name];
    const memory = this.#memory;
    const atA = this.#start / ELEMENT;
    const atB = atA + BLOCK;
    const atOut = atB + BLOCK;
    if (a.step === 0) memory.fill(a.data[a.at], atA, atA + Math.min(n, BLOCK));
    if (b.step === 0) memory.fill(b.data[b.at], atB, atB + Math.min(n, BLOCK));
    for (let i = 0; i < n; i += BLOCK) {
      const size = Math.min(n - i, BLOCK);
      if (a.step === 1) memory.set(a.data.subarray(a.at + i, a.at + i + size), atA);
      if (b.step === 1) memory.set(b.data.subarray(b.at + i, b.at + i + size), atB);
      kernel(atOut * ELEMENT, atA * ELEMENT, atB * ELEMENT, size, scale);
      out.set(memory.subarray(atOut, atOut + size), outAt + i);
    }
  }

  /** The product of an m×k and a k×n matrix, row-major from `at`. False where it does not fit into memory. */
  multiply(
    out: Float32Array,
    at: number,
    a: MatrixView<Float32Array>,
    b: MatrixView<Float32Array>,
    m: number,
    k: number,
    n: number,
  ): boolean {
    const sizeA = spanOf(a, m, k);
    const sizeB = spanOf(b, k, n);
    const packed = (m + n + 16) * k;
    if (!this.#reserve(sizeA + sizeB + m * n + packed)) return false;
    const atA = this.#start / ELEMENT;
    const atB = atA + sizeA;
    const atC = atB + sizeB;
    this.#memory.set(a.data.subarray(a.offset, a.offset + sizeA), atA);
    this.#memory.set(b.data.subarray(b.offset, b.offset + sizeB), atB);
    const [c, left, right, work] = [atC, atA, atB, atC + m * n].map((place) => place * ELEMENT);
    this.#assembly.multiply(c, left, a.row, a.column, right, b.row, b.column, m, k, n, work);
    out.set(this.#memory.subarray(atC, atC + m * n), at);
    return true;
  }

  /** The sum of `n` numbers, in the order of `sum.ts`; null where they do not fit into memory. */
  sum(data: Float32Array, at: number, n: number): number | null {
    if (!this.#reserve(n)) return null;
    this.#memory.set(data.subarray(at, at + n), this.#start / ELEMENT);
    return this.#assembly.sum(this.#start, n);
  }

  /** Makes room for so many elements. */
  #reserve(elements: number): boolean {
    const { memory } = this.#assembly;
    const missing = this.#start + elements * ELEMENT - memory.buffer.byteLength;
    if (missing <= 0) return true;
    try {
      memory.grow(Math.ceil(missing / PAGE));
    } catch {
      return false; // there is no more memory to be had: the caller has a way without it
    }
    this.#memory = new Float32Array(memory.buffer);
    return true;
  }
}

/** How many elements from its offset on a matrix looks at. */
const spanOf = (view: MatrixView, rows: number, columns: number): number =>
  (rows - 1) * view.row + (columns - 1) * view.column + 1;

/** The kernels, or null where WebAssembly or its vectors are missing; all callers have a plain way then. */
export const simd: Simd | null = load();

function load(): Simd | null {
  const bytes = Uint8Array.from(atob(ASSEMBLY), (letter) => letter.charCodeAt(0));
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(bytes)) return null;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  return new Simd(exports as unknown as Assembly);
}
