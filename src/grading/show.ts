import type { Num, TensorValue, Value } from './records.ts';
import type { Shown } from './report.ts';

const MOST_ROWS = 12;

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
export function shown(value: Value, differing: readonly number[] = []): Shown {
  return {
    text: valueText(value),
    about: about(value),
    rows: value.kind === 'tensor' ? rowsOf(value, new Set(differing)) : undefined,
  };
}

function rowsOf({ values, shape, dtype }: TensorValue, differing: ReadonlySet<number>): Shown['rows'] {
  if (!values || values.length === 0 || shape.length === 0 || shape.length > 2) return undefined;
  const columns = shape[shape.length - 1];
  if (columns > MOST_ROWS || values.length / columns > MOST_ROWS) return undefined;
  const cells = values.map((value, i) => ({ text: numberText(value, dtype), differs: differing.has(i) }));
  return Array.from({ length: cells.length / columns }, (_, row) =>
    cells.slice(row * columns, (row + 1) * columns),
  );
}
