import { withGrad } from '../autograd/modes.ts';
import { check } from '../errors.ts';
import { copyInto } from '../kernels/elementwise.ts';
import { sameShape, showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { op, type UnaryWith } from './op.ts';
import { diagonal, select, slice } from './parts.ts';
import { copyOf } from './scatter.ts';
import { zerosFor } from './unary.ts';

// A copy in which what a view would show is replaced: writing through a view, without changing anything.

function replacing<A extends unknown[]>(
  name: string,
  parameters: string,
  view: (self: Tensor, ...args: A) => Tensor,
): void {
  const run: UnaryWith<[Tensor, ...A]> = op(`fm ${name}(Tensor input, Tensor src, ${parameters}) -> Tensor`, {
    inputs: (self: Tensor, source: Tensor, ..._: A) => [self, source],
    forward: (self: Tensor, source: Tensor, ...args: A) => {
      const out = copyOf(self);
      const seen = withGrad(false, () => view(out, ...args));
      check(
        sameShape(seen.shape, source.shape),
        () =>
          `expected src to have a size equal to the slice of self. src size = ${showShape(source.shape)}, slice size = ${showShape(seen.shape)}`,
      );
      copyInto(seen, source);
      return out;
    },
    save: ({ args: [, src, ...args] }) => ({ src, args }),
    backward: (grad, { src, args }, needs) => [
      needs[0] ? run(grad, zerosFor(src), ...args) : null,
      needs[1] ? view(grad, ...args) : null,
    ],
  });
}
replacing('select_scatter', 'int dim, int index', (self, dim: number, index: number) =>
  select(self, dim, index),
);
replacing(
  'slice_scatter',
  'int dim=0, int? start=None, int? end=None, int step=1',
  (self, dim: number, start: number | null, end: number | null, step: number) =>
    slice(self, dim, start ?? 0, end ?? Number.MAX_SAFE_INTEGER, step),
);
replacing(
  'diagonal_scatter',
  'int offset=0, int dim1=0, int dim2=1',
  (self, offset: number, dim1: number, dim2: number) => diagonal(self, offset, dim1, dim2),
);
