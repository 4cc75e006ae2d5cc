import { float32Array, float64Array, int32Array, uint8Array } from './blocks.ts';
import { fail } from './errors.ts';

export type Data = Float32Array | Float64Array | Uint8Array | Int8Array | Int16Array | Int32Array;

/** What kind of number a dtype holds; a higher one absorbs a lower one in promotion. */
export const BOOL = 1;
export const INTEGER = 2;
export const FLOAT = 3;
export type Category = typeof BOOL | typeof INTEGER | typeof FLOAT;

export interface DType {
  readonly name: string;
  /** PyTorch's ScalarType number. */
  readonly code: number;
  readonly bytes: number;
  readonly category: Category;
  /** The name in messages: `Float`, `Long`. */
  readonly scalarName: string;
  /** The C++ name in messages: `float`, `long long`. */
  readonly cName: string;
  readonly allocate: (length: number) => Data;
}

const dtype = (
  name: string,
  code: number,
  bytes: number,
  category: Category,
  scalarName: string,
  cName: string,
  allocate: (length: number) => Data,
): DType => ({ name, code, bytes, category, scalarName, cName, allocate });

export const uint8 = dtype('uint8', 0, 1, INTEGER, 'Byte', 'unsigned char', uint8Array);
export const int8 = dtype('int8', 1, 1, INTEGER, 'Char', 'signed char', (n) => new Int8Array(n));
export const int16 = dtype('int16', 2, 2, INTEGER, 'Short', 'short int', (n) => new Int16Array(n));
export const int32 = dtype('int32', 3, 4, INTEGER, 'Int', 'int', int32Array);
// Whole numbers up to 2^53 are exact in a double, and a BigInt64Array would make every kernel slow;
// `wholeNumber` refuses what doesn't fit.
export const int64 = dtype('int64', 4, 8, INTEGER, 'Long', 'long int', float64Array);
export const float32 = dtype('float32', 6, 4, FLOAT, 'Float', 'float', float32Array);
export const float64 = dtype('float64', 7, 8, FLOAT, 'Double', 'double', float64Array);
export const bool = dtype('bool', 11, 1, BOOL, 'Bool', 'bool', uint8Array);

const byCode = new Map(
  [uint8, int8, int16, int32, int64, float32, float64, bool].map((type) => [type.code, type]),
);

export function dtypeOfCode(code: number): DType {
  return byCode.get(code) ?? fail(`dxdx has no dtype with code ${code}`);
}

/** The dtype that Python floats and integer divisions take; `torch.set_default_dtype` changes it. */
export const defaults: { float: DType } = { float: float32 };

export const isFloating = (type: DType): boolean => type.category === FLOAT;
export const isInteger = (type: DType): boolean => type.category !== FLOAT;

/** The dtype of an operation on two tensors of these dtypes (PyTorch's `promote_types`). */
export function promoteTypes(a: DType, b: DType): DType {
  if (a === b) return a;
  if (a.category !== b.category) return a.category > b.category ? a : b;
  if (a.category === FLOAT) return a.bytes > b.bytes ? a : b;
  if (a === uint8 || b === uint8) {
    const other = a === uint8 ? b : a;
    return other === int8 ? int16 : other;
  }
  return a.bytes > b.bytes ? a : b;
}

/** May a result of dtype `from` be written into a tensor of dtype `to`? */
export const canCast = (from: DType, to: DType): boolean =>
  !(from.category === FLOAT && to.category !== FLOAT) && !(from.category !== BOOL && to.category === BOOL);

/** Refuses a dtype that PyTorch's kernel of this name isn't made for. */
export function requireKernel(kernel: string, type: DType, accepts: (type: DType) => boolean): void {
  if (!accepts(type)) fail(`"${kernel}" not implemented for '${type.scalarName}'`, 'NotImplementedError');
}
export const notBool = (type: DType): boolean => type.category !== BOOL;

/** Cuts a number to what `type` holds; for computing in single precision step by step. */
export const rounding = (type: DType): ((x: number) => number) => (type === float32 ? Math.fround : (x) => x);

/** The least and the most that an integer type holds, and its name in C. */
const RANGES = new Map<DType, readonly [number, number, string]>([
  [uint8, [0, 2 ** 8 - 1, 'uint8_t']],
  [int8, [-(2 ** 7), 2 ** 7 - 1, 'int8_t']],
  [int16, [-(2 ** 15), 2 ** 15 - 1, 'int16_t']],
  [int32, [-(2 ** 31), 2 ** 31 - 1, 'int']],
  [int64, [-(2 ** 63), 2 ** 63, 'int64_t']],
  [float32, [-3.4028234663852886e38, 3.4028234663852886e38, 'float']],
]);

/** A Python number as `type` holds it. @throws RuntimeError where it is out of range */
export function fitted(scalar: Scalar, type: DType): number {
  // True and False arrive as such.
  const [value, category] = [Number(scalar.value), scalar.category];
  const range = RANGES.get(type);
  if (range !== undefined && !(type === float32 && Math.abs(value) === Number.POSITIVE_INFINITY)) {
    const [least, most, name] = range;
    // A negative whole number wraps round in an unsigned type, as it does in C.
    const low = type === uint8 && category !== FLOAT ? -most : least;
    if (value < low || value > most || (Number.isNaN(value) && type !== float32))
      fail(`value cannot be converted to type ${name} without overflow`);
  }
  const stored = convert(value, type);
  return type === uint8 && stored < 0 ? stored + 2 ** 8 : stored;
}

/** The number as `type` holds it: C's conversion from a double. */
export function convert(value: number, type: DType): number {
  if (type === float64) return value;
  if (type === float32) return Math.fround(value);
  if (type === bool) return value !== 0 ? 1 : 0;
  if (type === int64) return wholeNumber(value);
  return Math.trunc(value);
}

/** `value` cut to a whole number that the engine's int64 holds exactly. */
export function wholeNumber(value: number): number {
  if (Number.isNaN(value)) return fail('dxdx cannot convert NaN to int64: the result would be meaningless');
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    return fail(
      `dxdx holds int64 values exactly up to 2**53 - 1, and ${Number.isFinite(value) ? BigInt(Math.trunc(value)) : value} is beyond it. Use float64 instead.`,
    );
  }
  return Math.trunc(value) + 0;
}

/** A Python number as an operation receives it: its value and what it was in Python. */
export interface Scalar {
  readonly value: number;
  readonly category: Category;
}

export const scalar = (value: number, category: Category = FLOAT): Scalar => ({ value, category });

/** The dtype a lone Python number takes. */
export const scalarType = (category: Category): DType =>
  category === FLOAT ? defaults.float : category === INTEGER ? int64 : bool;
