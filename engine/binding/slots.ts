import { type Category, dtypeOfCode, type Scalar } from '../dtype.ts';
import type { IndexItem } from '../ops/getitem.ts';
import { generatorOf } from '../random/generators.ts';
import { wrappedNumber } from '../tensor.ts';
import { tensorOf, tensorOrNull } from './handles.ts';

// Arguments cross one after the other, all of them, as plain values: a tensor as its handle, a list as its length and
// its entries, a Python number as its value and its kind.

export type Raw = number | string | boolean | null | undefined;

/** Reads the slots of a call one after the other. */
export class Slots {
  readonly slots: readonly Raw[];
  at = 0;

  constructor(slots: readonly Raw[]) {
    this.slots = slots;
  }

  next(): Raw {
    return this.slots[this.at++];
  }
}

export type Reader = (slots: Slots) => unknown;

const readTensor: Reader = (slots) => tensorOf(slots.next());
const readScalar: Reader = (slots) => {
  const value = slots.next() as number;
  const category = slots.next() as Category | 0;
  return category === 0 ? null : ({ value, category } satisfies Scalar);
};
export const readList =
  (entry: Reader): Reader =>
  (slots) => {
    const count = slots.next() as number;
    if (count < 0) return null;
    const list: unknown[] = [];
    for (let i = 0; i < count; i++) list.push(entry(slots));
    return list;
  };
export const readPlain: Reader = (slots) => slots.next() ?? null;

/** One item of an index: a tag, then what the tag says. */
const readIndexItem = (slots: Slots): IndexItem => {
  switch (slots.next()) {
    case 0:
      return { kind: 'int', value: slots.next() as number };
    case 1: {
      const bound = (): number | null => (slots.next() as number | null | undefined) ?? null;
      return { kind: 'slice', start: bound(), stop: bound(), step: bound() };
    }
    case 2:
      return { kind: 'none' };
    case 3:
      return { kind: 'ellipsis' };
    case 4:
      return { kind: 'tensor', tensor: tensorOf(slots.next()) };
    default:
      return { kind: 'bool', value: Boolean(slots.next()) };
  }
};

/** How a parameter of each type arrives. */
export function readerFor(type: string): Reader {
  if (/^int\[\d*\]\??$/.test(type)) return readList(readPlain);
  switch (type) {
    case 'Tensor':
      return readTensor;
    case 'Tensor?':
      return (slots) => tensorOrNull(slots.next());
    case 'Tensor|Number':
      return (slots) => {
        const handleOrValue = slots.next() as number;
        const category = slots.next() as Category | 0;
        return category === 0 ? tensorOf(handleOrValue) : wrappedNumber(handleOrValue, category);
      };
    case 'Tensor[]':
      return readList(readTensor);
    case 'Tensor?[]':
      return readList((slots) => tensorOrNull(slots.next()));
    case 'Scalar':
    case 'Scalar?':
      return readScalar;
    case 'Generator?':
      return (slots) => generatorOf(slots.next() as number);
    case 'Index':
      return readList(readIndexItem);
    case 'ScalarType':
    case 'ScalarType?':
      return (slots) => {
        const code = slots.next() as number;
        return code < 0 ? null : dtypeOfCode(code);
      };
    default:
      return readPlain;
  }
}
