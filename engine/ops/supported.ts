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

/** What a rule says of an operation that PyTorch records as a step without any derivative. */
export const withoutDerivative = (name: string) => ({
  node: 'NotImplemented',
  backward: (): never => fail(`derivative for aten::${name} is not implemented`),
  forwardMode: { refused: `aten::${name}` },
});

/** The same of one whose derivative nobody has written; PyTorch calls it `what` when it is asked for. */
export const derivativeMissing = (name: string, what = name) => ({
  backward: (): never => fail(`the derivative for '${what}' is not implemented.`, 'NotImplementedError'),
  forwardMode: { refused: name },
});
