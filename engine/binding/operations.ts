import { type RegisteredOp, registry } from '../ops/op.ts';
import '../ops/index.ts';
import type { Tensor } from '../tensor.ts';
import { handleOf } from './handles.ts';
import { giveList, giveValue, guarded } from './outcome.ts';
import { type Raw, readerFor, Slots } from './slots.ts';

/** The parameter types of a signature such as `sum(Tensor input, int[1]? dim, *, ScalarType? dtype=None)`. */
const parameterTypes = (signature: string): string[] =>
  signature
    .slice(signature.indexOf('(') + 1, -1)
    .split(', ')
    .filter((parameter) => parameter !== '' && parameter !== '*')
    .map((parameter) => parameter.split(' ')[0]);

/** The function that Python calls for one overload. */
function crossing(entry: RegisteredOp): (...slots: Raw[]) => number {
  const readers = parameterTypes(entry.signature).map(readerFor);
  const call = entry.call as (...args: unknown[]) => unknown;
  const answer = answerFor(entry.returns);
  return guarded((...raw: Raw[]) => {
    const slots = new Slots(raw);
    return answer(call(...readers.map((read) => read(slots))));
  });
}

function answerFor(returns: string): (result: unknown) => number {
  if (returns === 'Tensor') return (result) => handleOf(result as Tensor);
  if (returns === 'Tensor(input)') return () => 0;
  if (['bool', 'int', 'float', 'Scalar'].includes(returns))
    return (result) => giveValue(result as number | boolean);
  return (result) => giveList((result as readonly Tensor[]).map(handleOf));
}

export const operations = {
  signatures: (): string =>
    registry
      .map(({ name, where, signature, returns }) => `${name}|${where}|${signature}|${returns}`)
      .join('\n'),
  op: (line: number) => crossing(registry[line]),
};
