import { registry } from '../ops/op.ts';
import '../ops/index.ts';
import { crossing, shortCrossing } from './crossing.ts';
import type { Raw } from './slots.ts';

export const operations = {
  signatures: (): string =>
    registry
      .map(({ name, where, signature, returns }) => `${name}|${where}|${signature}|${returns}`)
      .join('\n'),
  /** An overload as a function of all its slots. */
  op: (line: number) => crossing(registry[line]),
  /** The same as a function of up to four slots: the holes, '$', in `template`. */
  short_op: (line: number, ...template: Raw[]) => shortCrossing(registry[line], template),
};
