import { isFloating } from '../dtype.ts';
import { fail } from '../errors.ts';
import type { Tensor } from '../tensor.ts';

// PyTorch's kernels exist for some dtypes, and it names the kernel when it refuses the others.

const refuse = (kernel: string, { dtype }: Tensor): never =>
  fail(`"${kernel}" not implemented for '${dtype.scalarName}'`, 'NotImplementedError');

/** @throws NotImplementedError naming `kernel`, where `self` holds whole numbers or bools. */
export function requireFloating(kernel: string, self: Tensor): void {
  if (!isFloating(self.dtype)) refuse(kernel, self);
}

/** @throws NotImplementedError naming `kernel`, where `self` holds bools. */
export function refuseBool(kernel: string, self: Tensor): void {
  if (self.dtype.name === 'bool') refuse(kernel, self);
}
