import { int64 } from '../dtype.ts';
import { check } from '../errors.ts';
import { numelOf, type Shape, sameShape, showShape } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { contiguous, contiguousData } from './copy.ts';
import { op } from './op.ts';
import { gather } from './scatter.ts';
import { view } from './view.ts';

/** Puts each number where pooling found the largest one of its patch; elsewhere there are zeros. */
for (const count of [2, 3]) {
  op(`f nn.functional._max_unpool${count}d(Tensor input, Tensor indices, int[] output_size) -> Tensor`, {
    node: `MaxUnpool${count}DBackward0`,
    inputs: (input) => [input],
    forward: (input: Tensor, indices: Tensor, size: Shape) => {
      check(
        indices.dtype === int64,
        () => `elements in indices should be type int64 but got: ${indices.dtype.scalarName}`,
      );
      check(
        input.ndim === count + 1 || input.ndim === count + 2,
        () =>
          `Input to max_unpooling${count}d should be a ${count + 1}d or ${count + 2}d Tensor, but got a tensor with dim ${input.ndim}.`,
      );
      check(
        sameShape(input.shape, indices.shape),
        () =>
          `Expected shape of indices to be same as that of the input tensor (${showShape(input.shape)}) but got indices tensor with shape: ${showShape(indices.shape)}`,
      );
      const out = empty([...input.shape.slice(0, -count), ...size], input.dtype);
      const inner = numelOf(input.shape.slice(-count));
      const plane = numelOf(size);
      const values = contiguousData(input);
      contiguousData(indices).forEach((at, i) => {
        check(
          at >= 0 && at < plane,
          () => `Found an invalid max index: ${at} (output volumes are of size ${size.join('x')}`,
        );
        out.storage.data[Math.floor(i / inner) * plane + at] = values[i];
      });
      return out;
    },
    save: ({ args: [, indices] }) => ({ indices }),
    backward: (grad, { indices }) => {
      const lead = grad.shape.slice(0, -count);
      const flat = view(contiguous(grad), [...lead, -1]);
      return view(gather(flat, -1, view(contiguous(indices), [...lead, -1])), indices.shape);
    },
    forwardMode: 'linear',
  });
}
