import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bool, type DType, float32, float64, int64 } from './dtype.ts';
import { exponential, fixed, formatTensor } from './printing.ts';
import { contiguousStrides } from './shape.ts';

interface RecordedOptions {
  precision?: number;
  threshold?: number;
  edgeitems?: number;
  linewidth?: number;
  sci_mode?: boolean;
}
type Recorded = [dtype: string, shape: number[], values: (number | string)[], RecordedOptions, text: string];

const dtypes: Record<string, DType> = { float32, float64, int64, bool };
const recorded: Recorded[] = JSON.parse(
  readFileSync(new URL('./conformance/data/printing.json', import.meta.url), 'utf8'),
);
const number = (value: number | string): number =>
  typeof value === 'number' ? value : Number(value.replace('inf', 'Infinity'));

test('tensors print as PyTorch printed them', () => {
  for (const [dtype, shape, values, options, text] of recorded) {
    const strides = contiguousStrides(shape);
    const printed = formatTensor(
      {
        shape,
        dtype: dtypes[dtype],
        at: (coordinates) => number(values[coordinates.reduce((place, i, d) => place + i * strides[d], 0)]),
      },
      {
        precision: options.precision ?? 4,
        threshold: options.threshold ?? 1000,
        edgeitems: options.edgeitems ?? 3,
        linewidth: options.linewidth ?? 80,
        sciMode: options.sci_mode ?? null,
      },
      'tensor('.length,
    );
    expect(printed).toBe(text);
  }
});

test('decimals are rounded as Python rounds them: ties to even, everything else by its exact value', () => {
  expect(fixed(0.125, 2)).toBe('0.12');
  expect(fixed(0.375, 2)).toBe('0.38');
  expect(fixed(2.5, 0)).toBe('2');
  expect(fixed(1.005, 2)).toBe('1.00');
  expect(fixed(-0, 1)).toBe('-0.0');
  expect(fixed(1e22, 1)).toBe('10000000000000000000000.0');
});

test('exponents have two digits at least', () => {
  expect(exponential(0.00012345, 4)).toBe('1.2345e-04');
  expect(exponential(1e100, 0)).toBe('1e+100');
  expect(exponential(2.5, 0)).toBe('2e+00');
});
