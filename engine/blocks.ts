// V8 keeps arrays of up to 64 bytes with its own objects. Any longer one has a block of memory to itself, and to get it
// takes longer than most operations take on the numbers in it. So arrays that are not long share one.

/** What V8 has a place for, in bytes. */
const TINY = 64;
const SHARED = 2 ** 14;
/** A shared block lives as long as any of its parts, so a part must not be very much smaller. */
const LONGEST_PART = SHARED / 8;
const ALIGNMENT = 8;

let shared = new ArrayBuffer(SHARED);
let taken = 0;
/** Where the part begins that `blockFor` has found last. */
let start = 0;

/** A block of memory in which there are so many bytes, all zero, from `start`. */
function blockFor(bytes: number): ArrayBuffer {
  if (bytes > LONGEST_PART) {
    start = 0;
    return new ArrayBuffer(bytes);
  }
  if (taken + bytes > SHARED) {
    shared = new ArrayBuffer(SHARED);
    taken = 0;
  }
  start = taken;
  taken = Math.ceil((taken + bytes) / ALIGNMENT) * ALIGNMENT;
  return shared;
}

/** `length` zeros. Not one function for all kinds of arrays: each is fast where it makes one kind only. */
export const float32Array = (length: number): Float32Array<ArrayBuffer> =>
  length * 4 <= TINY ? new Float32Array(length) : new Float32Array(blockFor(length * 4), start, length);
export const float64Array = (length: number): Float64Array<ArrayBuffer> =>
  length * 8 <= TINY ? new Float64Array(length) : new Float64Array(blockFor(length * 8), start, length);
export const int32Array = (length: number): Int32Array<ArrayBuffer> =>
  length * 4 <= TINY ? new Int32Array(length) : new Int32Array(blockFor(length * 4), start, length);
export const uint8Array = (length: number): Uint8Array<ArrayBuffer> =>
  length <= TINY ? new Uint8Array(length) : new Uint8Array(blockFor(length), start, length);
