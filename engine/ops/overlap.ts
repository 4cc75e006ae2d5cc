import { fail, warnings } from '../errors.ts';
import { isDense, sameShape } from '../shape.ts';
import { Tensor } from '../tensor.ts';

/** What an in-place operation asks of the memory of the tensor it writes into, and of those it reads. */
export interface MemoryRule {
  readonly check: (self: Tensor, args: readonly unknown[]) => void;
  /** Is that asked last, after everything else that can be wrong? */
  readonly late?: boolean;
}

const tensorsAmong = (args: readonly unknown[]): Tensor[] =>
  args.flat().filter((arg) => arg instanceof Tensor) as Tensor[];

/** Of what reads nothing else. */
export const NOT_EXPANDED: MemoryRule = { check: (self) => checkNotExpanded(self) };

/** Of what goes element by element: an element is read before it is written, so the whole of `self` may be read. */
export const ELEMENTWISE: MemoryRule = { check: (self, args) => checkWritable(self, tensorsAmong(args)) };
export const ELEMENTWISE_LATE: MemoryRule = { ...ELEMENTWISE, late: true };

/** Of what writes to places found by an index: nothing that it reads may be written. */
export const APART: MemoryRule = {
  check: (self, args) => {
    checkNotExpanded(self);
    checkApart(self, tensorsAmong(args));
  },
  late: true,
};

/** Of what doesn't care. */
export const ANY_MEMORY: MemoryRule = { check: () => {} };

/** Of what should care. */
export const expandedWithWarning = (
  name: string,
  example: string,
  then: (self: Tensor, args: readonly unknown[]) => void,
): MemoryRule => ({
  check: (self, args) => {
    if (isExpanded(self)) {
      warnings.emit(
        `Use of ${name} on expanded tensors is deprecated. Please clone() the tensor before performing this operation. This also applies to advanced indexing e.g. ${example}`,
        'UserWarning',
      );
    }
    then(self, args);
  },
});

/** Refuses what `ELEMENTWISE` refuses. */
export function checkWritable(self: Tensor, read: readonly Tensor[]): void {
  checkNotExpanded(self);
  if (read.some((other) => overlap(self, other) === 'partial')) fail(ONE_PLACE);
}

const ONE_PLACE =
  'unsupported operation: some elements of the input tensor and the written-to tensor refer to a single memory location. Please clone() the tensor before performing the operation.';

export function checkApart(self: Tensor, read: readonly Tensor[]): void {
  if (read.some((other) => overlap(self, other) !== 'none')) fail(ONE_PLACE);
}

/** Do several elements share one place, as far as the strides show it? */
export const isExpanded = (self: Tensor): boolean =>
  self.shape.some((size, d) => size > 1 && self.strides[d] === 0) &&
  self.numel > 0 &&
  !isDense(self.shape, self.strides);

function checkNotExpanded(self: Tensor): void {
  if (!isExpanded(self)) return;
  fail(
    'unsupported operation: more than one element of the written-to tensor refers to a single memory location. Please clone() the tensor before performing the operation.',
  );
}

/** As PyTorch decides it: it looks only where both lie in memory without gaps. */
function overlap(a: Tensor, b: Tensor): 'none' | 'partial' | 'full' {
  if (a === b) return 'full';
  if (a.storage !== b.storage || a.numel === 0 || b.numel === 0) return 'none';
  if (!isDense(a.shape, a.strides) || !isDense(b.shape, b.strides)) return 'none';
  const [endA, endB] = [a.offset + a.numel, b.offset + b.numel];
  if (a.offset === b.offset && endA === endB) return sameShape(a.strides, b.strides) ? 'full' : 'partial';
  return a.offset < endB && b.offset < endA ? 'partial' : 'none';
}
