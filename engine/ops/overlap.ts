import { fail } from '../errors.ts';
import type { Tensor } from '../tensor.ts';

/**
 * Refuses to write into `self` where several of its elements share one place, or where one of the tensors to be read
 * shares some of them. The whole of `self` may be read: an element is read before it is written.
 */
export function checkWritable(self: Tensor, read: readonly Tensor[]): void {
  if (self.shape.some((size, d) => size > 1 && self.strides[d] === 0)) {
    fail(
      'unsupported operation: more than one element of the written-to tensor refers to a single memory location. Please clone() the tensor before performing the operation.',
    );
  }
  if (read.some((other) => overlapInPart(self, other))) {
    fail(
      'unsupported operation: some elements of the input tensor and the written-to tensor refer to a single memory location. Please clone() the tensor before performing the operation.',
    );
  }
}

/** As PyTorch decides it: only where both lie in memory without gaps. */
function overlapInPart(a: Tensor, b: Tensor): boolean {
  if (a === b || a.storage !== b.storage || a.numel === 0 || b.numel === 0) return false;
  if (!isDense(a) || !isDense(b)) return false;
  const [endA, endB] = [a.offset + a.numel, b.offset + b.numel];
  if (a.offset === b.offset && endA === endB) return a.strides.some((stride, d) => stride !== b.strides[d]);
  return a.offset < endB && b.offset < endA;
}

/** Does the tensor fill its stretch of memory, in whatever order of dimensions? */
function isDense({ shape, strides }: Tensor): boolean {
  let step = 1;
  const dims = shape.map((_, d) => d).filter((d) => shape[d] > 1);
  for (const d of dims.sort((x, y) => strides[x] - strides[y])) {
    if (strides[d] !== step) return false;
    step *= shape[d];
  }
  return true;
}
