import type { Num, TensorValue, Value } from './records.ts';
import type { Shown, Table } from './report.ts';

/** Longer tables are read as PyTorch prints them. */
const LONGEST = 12;

/** A number as a reader writes it: six digits at most, and a point where it is no whole number by type. */
export function numberText(value: Num, dtype: string): string {
  if (typeof value === 'string') return value;
  if (dtype === 'torch.bool') return value ? 'True' : 'False';
  if (!dtype.startsWith('torch.float') && !dtype.startsWith('torch.bfloat')) return String(value);
  const text = String(Number(value.toPrecision(6)));
  return /[.e]/.test(text) ? text : `${text}.0`;
}

export function valueText(value: Value): string {
  if (value.kind !== 'list') return value.text;
  const items = value.items.map(valueText).join(', ');
  if (value.type === 'tuple') return value.items.length === 1 ? `(${items},)` : `(${items})`;
  return `[${items}]`;
}

/** What kind of thing it is, in a few words. */
export function about(value: Value): string {
  switch (value.kind) {
    case 'tensor':
      return `a ${value.dtype} tensor of shape ${shapeText(value.shape)}`;
    case 'list':
      return `a ${value.type} of ${value.items.length}`;
    case 'number':
      return `the ${value.type} ${value.text}`;
    case 'plain':
      return value.type === 'NoneType' ? 'None' : `the ${value.type} ${value.text}`;
    case 'other':
      return `an object of class ${value.type}`;
  }
}

export const shapeText = (shape: readonly number[]): string =>
  shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;

/** The index of a place among the values of a tensor. */
export function indexOf(place: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  for (const size of shape.toReversed()) {
    index.unshift(place % size);
    place = Math.floor(place / size);
  }
  return index;
}

/** A value to be shown, with the places marked that differ from another. */
export function shown(value: Value, jacobian: boolean, differing: readonly number[] = []): Shown {
  return {
    text: valueText(value),
    about: about(value),
    table: value.kind === 'tensor' ? tableOf(value, jacobian, new Set(differing)) : undefined,
  };
}

function tableOf(tensor: TensorValue, jacobian: boolean, differing: ReadonlySet<number>): Table | undefined {
  const { values, shape, dtype } = tensor;
  const width = shape.at(-1);
  if (!values || values.length === 0 || !width) return undefined;
  const height = values.length / width;
  if (width > LONGEST || height > LONGEST) return undefined;
  const isMatrix = jacobian && shape.length === 2;
  const outer = shape.slice(0, -1);
  const nameOf = (row: number): string | undefined => {
    if (isMatrix) return `output ${row}`;
    return shape.length > 2 ? `[${indexOf(row, outer).join(', ')}]` : undefined;
  };
  const cells = values.map((value, i) => ({ text: numberText(value, dtype), differs: differing.has(i) }));
  return {
    columns: isMatrix ? Array.from({ length: width }, (_, column) => `input ${column}`) : undefined,
    rows: Array.from({ length: height }, (_, row) => ({
      name: nameOf(row),
      cells: cells.slice(row * width, (row + 1) * width),
    })),
  };
}
