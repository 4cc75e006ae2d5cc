import { warnings } from '../errors.ts';
import type { Tensor } from '../tensor.ts';
import { isBatched } from './levels.ts';

/** What PyTorch says where it computes one example of a batch after the other. */
export function warnOfExamples(name: string): void {
  warnings.emit(
    `There is a performance drop because we have not yet implemented the batching rule for aten::${name}. Please file us an issue on GitHub so that we can prioritize its implementation.`,
    'UserWarning',
  );
}

/** The same for a composition that is an operation of its own there, where one of the tensors is a batch. */
export function warnIfBatched(name: string, ...tensors: readonly Tensor[]): void {
  if (tensors.some(isBatched)) warnOfExamples(name);
}
