import { BOOL, type DType, isFloating } from './dtype.ts';
import { numelOf, type Shape } from './shape.ts';

/** What `torch.set_printoptions` sets. */
export interface PrintOptions {
  /** Digits after the decimal point. */
  readonly precision: number;
  /** More elements than this are summarised … */
  readonly threshold: number;
  /** … to so many at each end of every dimension. */
  readonly edgeitems: number;
  /** Characters in a line. */
  readonly linewidth: number;
  /** Scientific notation: always, never, or (null) as the numbers demand. */
  readonly sciMode: boolean | null;
}

/** What is printed: a shape and a way to read an element by its coordinates. */
export interface Printable {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly at: (coordinates: readonly number[]) => number;
}

/** The numbers of a tensor as PyTorch prints them, between `tensor(` and what follows. */
export function formatTensor(tensor: Printable, options: PrintOptions, indent: number): string {
  const numel = numelOf(tensor.shape);
  if (numel === 0) return '[]';
  const summarize = numel > options.threshold;
  const format = formatterFor(tensor, options, summarize);
  return formatFrom(tensor, [], indent, summarize, format, options);
}

/** Writes one number, padded to the width of the widest. */
interface Formatter {
  readonly width: number;
  readonly write: (value: number) => string;
}

function formatterFor(tensor: Printable, options: PrintOptions, summarize: boolean): Formatter {
  const values = shownValues(tensor, summarize, options.edgeitems);
  const text = isFloating(tensor.dtype) ? floatText(values, options) : wholeText(tensor.dtype);
  const widest = (isFloating(tensor.dtype) ? values.filter(isPlain) : values).map(
    (value) => text(value).length,
  );
  const width = widest.reduce((most, length) => Math.max(most, length), 1);
  return { width, write: (value) => text(value).padStart(width) };
}

const isPlain = (value: number): boolean => Number.isFinite(value) && value !== 0;

const wholeText = (dtype: DType) =>
  dtype.category === BOOL ? (value: number) => (value ? 'True' : 'False') : (value: number) => String(value);

/** One notation for all numbers of a tensor: whole, decimal or scientific. */
function floatText(
  values: readonly number[],
  { precision, sciMode }: PrintOptions,
): (value: number) => string {
  const plain = values.filter(isPlain);
  const whole = plain.every(Number.isInteger);
  let largest = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (const value of plain) {
    largest = Math.max(largest, Math.abs(value));
    smallest = Math.min(smallest, Math.abs(value));
  }
  const spread = largest / smallest > 1000 || largest > 1e8 || smallest < 1e-4;
  if (plain.length > 0 && (sciMode ?? spread))
    return (value) => special(value) ?? exponential(value, precision);
  if (whole) return (value) => special(value) ?? `${fixed(value, 0)}.`;
  return (value) => special(value) ?? fixed(value, precision);
}

function special(value: number): string | null {
  if (Number.isNaN(value)) return 'nan';
  if (Number.isFinite(value)) return null;
  return value > 0 ? 'inf' : '-inf';
}

/** Python's `format(value, f'.{digits}f')`: the exact binary value, rounded half to even. */
export function fixed(value: number, digits: number): string {
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  if (size >= 1e21) return `${sign}${BigInt(size)}${digits > 0 ? `.${'0'.repeat(digits)}` : ''}`;
  const rounded = size.toFixed(digits);
  if (digits >= 100) return sign + rounded;
  // JavaScript rounds a tie up. It is one if the exact value ends one digit further on, in a 5.
  const longer = size.toFixed(digits + 1);
  const isTie = longer.endsWith('5') && /^0*$/.test(size.toFixed(100).slice(longer.length));
  if (!isTie) return sign + rounded;
  const down = longer.slice(0, -1).replace(/\.$/, '');
  return sign + (Number(down.at(-1)) % 2 === 0 ? down : rounded);
}

/** Python's `format(value, f'.{digits}e')`: at least two digits of exponent, rounded half to even. */
export function exponential(value: number, digits: number): string {
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  const [mantissa, power] = roundedMantissa(size, digits).split('e');
  const exponent = Math.abs(Number(power)).toString().padStart(2, '0');
  return `${sign}${mantissa}e${power.startsWith('-') ? '-' : '+'}${exponent}`;
}

function roundedMantissa(size: number, digits: number): string {
  const rounded = size.toExponential(digits);
  const [longer] = size.toExponential(digits + 1).split('e');
  const [exact, power] = size.toExponential(100).split('e');
  const isTie = longer.endsWith('5') && exact.startsWith(longer) && /^0*$/.test(exact.slice(longer.length));
  if (!isTie) return rounded;
  const down = longer.slice(0, -1).replace(/\.$/, '');
  return Number(down.at(-1)) % 2 === 0 ? `${down}e${power}` : rounded;
}

/** The positions along a dimension that are shown; the gap, where there is one, comes in the middle. */
function shownAlong(size: number, summarize: boolean, edgeitems: number): number[] {
  const all = Array.from({ length: size }, (_, i) => i);
  if (!summarize || size <= 2 * edgeitems) return all;
  return [...all.slice(0, edgeitems), ...(edgeitems > 0 ? all.slice(-edgeitems) : [])];
}

/** The values that decide about widths and notation: those that will be shown. */
function shownValues(tensor: Printable, summarize: boolean, edgeitems: number): number[] {
  const values: number[] = [];
  const visit = (coordinates: number[]): void => {
    if (coordinates.length === tensor.shape.length) {
      values.push(tensor.at(coordinates));
      return;
    }
    for (const i of shownAlong(tensor.shape[coordinates.length], summarize, edgeitems))
      visit([...coordinates, i]);
  };
  visit([]);
  return values;
}

function formatFrom(
  tensor: Printable,
  coordinates: readonly number[],
  indent: number,
  summarize: boolean,
  formatter: Formatter,
  options: PrintOptions,
): string {
  const left = tensor.shape.length - coordinates.length;
  if (left === 0) return formatter.write(tensor.at(coordinates));
  const size = tensor.shape[coordinates.length];
  const shown = shownAlong(size, summarize, options.edgeitems);
  const parts = shown.map((i) =>
    formatFrom(tensor, [...coordinates, i], indent + 1, summarize, formatter, options),
  );
  if (shown.length < size)
    parts.splice(options.edgeitems, 0, left === 1 && options.edgeitems > 0 ? ' ...' : '...');
  if (left > 1) return `[${parts.join(`,${'\n'.repeat(left - 1)}${' '.repeat(indent + 1)}`)}]`;
  const perLine = Math.max(1, Math.floor((options.linewidth - indent) / (formatter.width + 2)));
  const lines: string[] = [];
  for (let i = 0; i < parts.length; i += perLine) lines.push(parts.slice(i, i + perLine).join(', '));
  return `[${lines.join(`,\n${' '.repeat(indent + 1)}`)}]`;
}
