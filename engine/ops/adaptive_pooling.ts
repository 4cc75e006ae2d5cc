import { check, fail } from '../errors.ts';
import { showShape } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { fused } from './fused.ts';
import { matmul } from './matmul.ts';
import { register } from './op.ts';
import { meanDims } from './reduce.ts';
import { squeezeDim, transpose, unsqueeze } from './view.ts';

/** A matrix whose rows average the parts of a dimension that the outputs stand for; the parts may overlap. */
function averaging(outputs: number, size: number, like: Tensor): Tensor {
  const matrix = empty([outputs, size], like.dtype);
  const { data } = matrix.storage;
  for (let i = 0; i < outputs; i++) {
    const start = Math.floor((i * size) / outputs);
    const end = Math.ceil(((i + 1) * size) / outputs);
    for (let j = start; j < end; j++) data[i * size + j] = 1 / (end - start);
  }
  return matrix;
}

const averages = fused('f nn.functional._adaptive_averages(Tensor input, int height, int width) -> Tensor', {
  node: 'AdaptiveAvgPool2DBackward0',
  inputs: (input) => [input],
  compose: (input: Tensor, height: number, width: number) => {
    const [rows, columns] = input.shape.slice(-2);
    const across = transpose(averaging(width, columns, input), 0, 1);
    return matmul(averaging(height, rows, input), matmul(input, across));
  },
});

/** The means of as many parts of the last two dimensions as are asked for; -1 leaves a size as it is. */
const adaptiveAvgPool2d = register(
  'f nn.functional._adaptive_avg_pool2d(Tensor input, int[2] output_size) -> Tensor',
  (input: Tensor, size: readonly number[]): Tensor => {
    check(
      size.every((length) => length >= 0),
      () =>
        `adaptive_avg_pool2d: elements of output_size must be greater than or equal to 0 but received {${size.join(', ')}}`,
    );
    if (input.ndim < 3 || input.ndim > 4) {
      fail(`adaptive_avg_pool2d(): Expected 3D or 4D tensor, but got ${showShape(input.shape)}`);
    }
    const [height, width] = size;
    return height === 1 && width === 1 ? meanDims(input, [-1, -2], true) : averages(input, height, width);
  },
);

register(
  'f nn.functional.adaptive_avg_pool1d(Tensor input, int[1] output_size) -> Tensor',
  (input: Tensor, [size]: readonly number[]): Tensor => {
    check(
      input.ndim === 2 || input.ndim === 3,
      () =>
        `Expected 2 to 3 dimensions, but got ${input.ndim}-dimensional tensor for argument #1 'self' (while checking arguments for adaptive_avg_pool1d)`,
    );
    return squeezeDim(adaptiveAvgPool2d(unsqueeze(input, -2), [1, size]), -2);
  },
);
