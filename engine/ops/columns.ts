import { check } from '../errors.ts';
import { numelOf, type Shape, showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { register } from './op.ts';
import { type Course, courses, placesIn } from './patches.ts';
import { definePlanes, type PlaneMap } from './plane_map.ts';
import { refuseBool } from './supported.ts';
import { squeezeDim, unsqueeze } from './view.ts';

// Pictures taken apart into the patches that a kernel sees, each a column, and columns added up to a picture.

/** Calls `add` for each element of each patch, with its place in the picture and in the columns. */
export function eachPlace(
  size: Shape,
  places: Shape,
  moves: readonly Course[],
  add: (inPicture: number, inColumns: number) => void,
): void {
  const walk = (d: number, picture: number, kernel: number, place: number): void => {
    if (d === size.length) {
      add(picture, kernel * numelOf(places) + place);
      return;
    }
    const { kernel: length, stride, padding, dilation } = moves[d];
    for (let k = 0; k < length; k++) {
      for (let i = 0; i < places[d]; i++) {
        const at = i * stride - padding + k * dilation;
        if (at < 0 || at >= size[d]) continue;
        walk(d + 1, picture * size[d] + at, kernel * length + k, place * places[d] + i);
      }
    }
  };
  walk(0, 0, 0, 0);
}

/** What both nodes save. */
const settings = (kernel_size: Shape, dilation: Shape, padding: Shape, stride: Shape) => ({
  kernel_size,
  dilation,
  padding,
  stride,
});

const twice = (values: Shape): Shape => (values.length === 1 ? [values[0], values[0]] : values);

function checkPositive(kernel: Shape, dilation: Shape, padding: Shape, stride: Shape): void {
  for (const [name, values] of [
    ['kernel', kernel],
    ['dilation', dilation],
  ] as const) {
    check(
      values.every((value) => value > 0),
      () =>
        `${name} should be greater than zero, but got ${name}_height: ${values[0]} ${name}_width: ${values[1]}`,
    );
  }
  check(
    padding.every((value) => value >= 0),
    () => `padding should be non-negative, but got pad_height: ${padding[0]} pad_width: ${padding[1]}`,
  );
  check(
    stride.every((value) => value > 0),
    () =>
      `stride should be greater than zero, but got stride_height: ${stride[0]} stride_width: ${stride[1]}`,
  );
}

const im2col = definePlanes<[Shape, Shape, Shape, Shape]>({
  node: 'Im2ColBackward0',
  gradientNode: 'Col2ImBackward0',
  save: ([, , height, width], ...rest) => ({
    ...settings(...rest),
    self_sym_argsize_minus_1: width,
    self_sym_argsize_minus_2: height,
  }),
  saveOfGradient: (_, ...rest) => settings(...rest),
  check: (self: Tensor) => refuseBool('im2col_out_cpu', self),
  map: (shape: Shape, kernel, dilation, padding, stride): PlaneMap => {
    const size = shape.slice(-2);
    const moves = courses(2, kernel, stride, padding, dilation);
    const places = moves.map((course, d) => placesIn(size[d], course, false));
    check(
      places.every((count) => count >= 1),
      () =>
        `Given input with spatial size (${size.join(', ')}), kernel_size=(${kernel.join(', ')}), dilation=(${dilation.join(', ')}), padding=(${padding.join(', ')}), calculated shape of the array of sliding blocks as (${places.join(', ')}), but its components must be at least one.`,
    );
    return {
      from: numelOf(size),
      to: numelOf(kernel) * numelOf(places),
      shape: [shape[0], shape[1] * numelOf(kernel), numelOf(places)],
      each: (add) => eachPlace(size, places, moves, (source, target) => add(source, target, 1)),
    };
  },
});

/** Every patch that a kernel sees as a column. */
register(
  'f nn.functional._im2col(Tensor input, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor',
  (self: Tensor, kernel: Shape, dilation: Shape, padding: Shape, stride: Shape): Tensor => {
    const settings = [kernel, dilation, padding, stride].map(twice) as [Shape, Shape, Shape, Shape];
    checkPositive(...settings);
    check(
      (self.ndim === 3 || self.ndim === 4) && self.shape.slice(self.ndim - 3).every((size) => size !== 0),
      () =>
        `Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but got: ${showShape(self.shape)}`,
    );
    return self.ndim === 3
      ? squeezeDim(im2col(unsqueeze(self, 0), ...settings), 0)
      : im2col(self, ...settings);
  },
);

const col2im = definePlanes<[Shape, Shape, Shape, Shape, Shape]>({
  node: 'Col2ImBackward0',
  gradientNode: 'Im2ColBackward0',
  save: (_, __, ...rest) => settings(...rest),
  saveOfGradient: (_, [height, width], ...rest) => ({
    ...settings(...rest),
    self_sym_argsize_minus_1: width,
    self_sym_argsize_minus_2: height,
  }),
  check: (self: Tensor) => refuseBool('col2im_out_cpu', self),
  map: (shape: Shape, size: Shape, kernel, dilation, padding, stride): PlaneMap => {
    const moves = courses(2, kernel, stride, padding, dilation);
    const places = moves.map((course, d) => placesIn(size[d], course, false));
    const [batch, height, count] = shape;
    check(
      height % numelOf(kernel) === 0,
      () =>
        `Expected size of input's dimension 1 to be divisible by the product of kernel_size, but got input.size(1)=${height} and kernel_size=(${kernel.join(', ')}).`,
    );
    check(
      count === numelOf(places),
      () =>
        `Given output_size=(${size.join(', ')}), kernel_size=(${kernel.join(', ')}), dilation=(${dilation.join(', ')}), padding=(${padding.join(', ')}), stride=(${stride.join(', ')}), expected size of input's dimension 2 to match the calculated number of sliding blocks ${places.join(' * ')} = ${numelOf(places)}, but got input.size(2)=${count}.`,
    );
    return {
      from: numelOf(kernel) * count,
      to: numelOf(size),
      shape: [batch, height / numelOf(kernel), ...size],
      each: (add) => eachPlace(size, places, moves, (target, source) => add(source, target, 1)),
    };
  },
});

/** The columns added up to pictures of `size`. */
register(
  'f nn.functional._col2im(Tensor input, int[2] output_size, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor',
  (self: Tensor, size: Shape, kernel: Shape, dilation: Shape, padding: Shape, stride: Shape): Tensor => {
    const settings = [kernel, dilation, padding, stride].map(twice) as [Shape, Shape, Shape, Shape];
    checkPositive(...settings);
    check(
      (self.ndim === 2 || self.ndim === 3) && self.shape.slice(self.ndim - 2).every((length) => length !== 0),
      () =>
        `Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and non-zero dimensions for input, but got: ${showShape(self.shape)}`,
    );
    return self.ndim === 2
      ? squeezeDim(col2im(unsqueeze(self, 0), twice(size), ...settings), 0)
      : col2im(self, twice(size), ...settings);
  },
);
