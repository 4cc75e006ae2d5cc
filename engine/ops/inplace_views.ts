import { gradFn, replaceHistory } from '../autograd/history.ts';
import { check } from '../errors.ts';
import { contiguousStrides, numelOf, type Shape } from '../shape.ts';
import { Tensor } from '../tensor.ts';
import { asStrided, checkInplace, countChange } from './inplace.ts';
import { OpNode, register } from './op.ts';
import { squeeze, squeezeDim, squeezeDims, t, transpose, unsqueeze } from './view.ts';

// `x.squeeze_()` moves no number: from now on x itself looks at its memory as the view does.

const T_IN_PLACE = 't_(Tensor input)';

/** @param node PyTorch numbers the nodes of these forms after those of the views */
function changeLook<A extends unknown[]>(
  signature: string,
  node: string,
  view: (self: Tensor, ...args: A) => Tensor,
): void {
  register(
    `${signature.startsWith('as_strided_') ? 'fm' : 'm'} ${signature} -> Tensor(input)`,
    (self: Tensor, ...args: A) => {
      check(
        signature !== T_IN_PLACE || self.ndim <= 2,
        () => `t_() expects a tensor with <= 2 dimensions, but self is ${self.ndim}D`,
      );
      checkInplace(self, self.requiresGrad);
      const seen = view(asBefore(self), ...args);
      const { shape, strides, offset, recordedFn } = seen;
      countChange(self);
      if (recordedFn instanceof OpNode) {
        Object.assign(recordedFn, { name: node });
        replaceHistory(self, recordedFn, 0);
        // The base has not changed; nor will the view be made anew for what it has itself done.
        if (self.view !== null) self.view.gradFnVersion = self.version.value;
      }
      Object.assign(self, { shape, strides, offset, tangent: seen.tangent });
      // Gradients of the new shape are what arrives from now on.
      if (recordedFn instanceof OpNode) recordedFn.outputs = [{ shape, dtype: self.dtype }];
      return self;
    },
  );
}

/** A tensor like `self` with its memory and history, which stays as `self` was. */
function asBefore(self: Tensor): Tensor {
  const before = new Tensor(self.storage, self.shape, self.strides, self.offset, self.dtype);
  before.recordedFn = gradFn(self);
  before.outputNr = self.outputNr;
  before.tangent = self.tangent;
  return before;
}

changeLook('squeeze_(Tensor input)', 'SqueezeBackward3', squeeze);
changeLook('squeeze_(Tensor input, int dim)', 'SqueezeBackward4', squeezeDim);
changeLook('squeeze_(Tensor input, int[] dim)', 'SqueezeBackward5', squeezeDims);
changeLook('unsqueeze_(Tensor input, int dim)', 'UnsqueezeBackward1', unsqueeze);
changeLook(T_IN_PLACE, 'TBackward1', t);
changeLook('transpose_(Tensor input, int dim0, int dim1)', 'TransposeBackward1', transpose);
changeLook('swapaxes_(Tensor input, int axis0, int axis1)', 'TransposeBackward1', transpose);
changeLook('swapdims_(Tensor input, int dim0, int dim1)', 'TransposeBackward1', transpose);
changeLook(
  'as_strided_(Tensor input, int[] size, int[] stride, int? storage_offset=None)',
  'AsStridedBackward1',
  asStrided,
);

/** Gives `self` another size; what is new in memory is zero here, and anything in PyTorch. */
function resize(self: Tensor, size: Shape): Tensor {
  check(!self.requiresGrad, () => 'cannot resize variables that require grad');
  for (const length of size)
    check(
      length >= 0,
      () => `Trying to create tensor with negative dimension ${length}: [${size.join(', ')}]`,
    );
  const { storage, dtype, offset } = self;
  const wanted = offset + numelOf(size);
  if (wanted > storage.data.length) {
    const data = dtype.allocate(wanted);
    data.set(storage.data);
    Object.assign(storage, { data });
  }
  Object.assign(self, { shape: size, strides: contiguousStrides(size) });
  countChange(self);
  return self;
}
register('m resize_(Tensor input, int[] size, *, MemoryFormat? memory_format=None) -> Tensor(input)', resize);
register(
  'fm resize_as_(Tensor input, Tensor the_template, *, MemoryFormat? memory_format=None) -> Tensor(input)',
  (self: Tensor, template: Tensor) => resize(self, template.shape),
);
