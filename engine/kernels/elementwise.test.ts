import { describe, expect, test } from 'vitest';
import { float32 } from '../dtype.ts';
import { contiguousStrides, numelOf, type Shape } from '../shape.ts';
import { Storage, Tensor } from '../tensor.ts';
import { mapBinary } from './elementwise.ts';
import { vectors } from './simd.ts';

/** Numbers of many sizes, zeros, infinities and NaN among them, seen with the given strides. */
function numbers(shape: Shape, strides: Shape = contiguousStrides(shape), offset = 0): Tensor {
  const data = new Float32Array(offset + numelOf(shape) * 2 + 1);
  const odd = [0, -0, Number.POSITIVE_INFINITY, Number.NaN, 1e-42];
  for (let i = 0; i < data.length; i++) data[i] = i % 17 < 5 ? odd[i % 17] : Math.tan(i + offset);
  return new Tensor(new Storage(data), shape, strides, offset, float32);
}

const SCALE = Math.fround(-0.01);
const FUNCTIONS = {
  add: (x: number, y: number) => x + y,
  sub: (x: number, y: number) => x - y,
  mul: (x: number, y: number) => x * y,
  div: (x: number, y: number) => x / y,
  addScaled: (x: number, y: number) => x + SCALE * y,
} as const;

describe('elementwise functions in vectors', () => {
  for (const [layout, a, b] of [
    ['of one shape, longer than a block', numbers([20_001]), numbers([20_001], [1], 3)],
    ['a tensor and a number', numbers([1000]), numbers([], [], 7)],
    ['a number and a tensor', numbers([], [], 7), numbers([1000])],
    ['a matrix and a row', numbers([7, 300]), numbers([300], [1], 1)],
    ['a matrix and a column', numbers([7, 300]), numbers([7, 1], [1, 1], 2)],
    ['two transposed matrices', numbers([300, 7], [1, 300]), numbers([300, 7], [1, 300], 5)],
    ['every other element', numbers([500], [2]), numbers([500])],
  ] as const) {
    for (const [name, f] of Object.entries(FUNCTIONS)) {
      test(`${name}, ${layout}: the numbers of the plain loops, to the last bit`, () => {
        const inVectors = mapBinary(a, b, float32, f, vectors(name as keyof typeof FUNCTIONS, SCALE));
        const plain = mapBinary(a, b, float32, f);
        expect(inVectors.strides).toEqual(plain.strides);
        expect(inVectors.storage.data).toEqual(plain.storage.data);
      });
    }
  }
});
