import { check } from '../errors.ts';
import { numelOf, type Shape, showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { type PlaneMap, planeOp } from './plane_map.ts';

// Channels made into pixels, pixels into channels, and channels dealt out anew.

/** Calls `add` for each place of the picture of `factor`² channels and for where it goes in the large picture. */
function eachPixel(
  [channels, height, width]: Shape,
  factor: number,
  add: (small: number, large: number) => void,
): void {
  let small = 0;
  for (let c = 0; c < channels; c++)
    for (let down = 0; down < factor; down++)
      for (let across = 0; across < factor; across++)
        for (let i = 0; i < height; i++)
          for (let j = 0; j < width; j++) {
            const row = c * height * factor + i * factor + down;
            add(small++, row * width * factor + j * factor + across);
          }
}

function checkPicture(name: string, self: Tensor): void {
  check(
    self.ndim >= 3,
    () => `${name} expects input to have at least 3 dimensions, but got input with ${self.ndim} dimension(s)`,
  );
}

planeOp('fm pixel_shuffle(Tensor input, int upscale_factor) -> Tensor', {
  node: 'PixelShuffleBackward0',
  gradientNode: 'PixelUnshuffleBackward0',
  save: (_: Shape, upscale_factor: number) => ({ upscale_factor }),
  saveOfGradient: (_, downscale_factor) => ({ downscale_factor }),
  check: (self: Tensor, factor: number) => {
    checkPicture('pixel_shuffle', self);
    check(factor > 0, () => `pixel_shuffle expects a positive upscale_factor, but got ${factor}`);
    const channels = self.shape[self.ndim - 3];
    check(
      channels % (factor * factor) === 0,
      () =>
        `pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but input.size(-3)=${channels} is not divisible by ${factor * factor}`,
    );
  },
  map: (shape: Shape, factor: number): PlaneMap => {
    const [channels, height, width] = shape.slice(-3);
    const count = channels / factor ** 2;
    return {
      from: numelOf(shape.slice(-3)),
      to: numelOf(shape.slice(-3)),
      shape: [...shape.slice(0, -3), count, height * factor, width * factor],
      each: (add) => eachPixel([count, height, width], factor, (small, large) => add(small, large, 1)),
    };
  },
});

planeOp('fm pixel_unshuffle(Tensor input, int downscale_factor) -> Tensor', {
  node: 'PixelUnshuffleBackward0',
  gradientNode: 'PixelShuffleBackward0',
  save: (_: Shape, downscale_factor: number) => ({ downscale_factor }),
  saveOfGradient: (_, upscale_factor) => ({ upscale_factor }),
  check: (self: Tensor, factor: number) => {
    checkPicture('pixel_unshuffle', self);
    check(factor > 0, () => `pixel_unshuffle expects a positive downscale_factor, but got ${factor}`);
    for (const [name, at] of [
      ['height', 2],
      ['width', 1],
    ] as const) {
      const size = self.shape[self.ndim - at];
      check(
        size % factor === 0,
        () =>
          `pixel_unshuffle expects ${name} to be divisible by downscale_factor, but input.size(-${at})=${size} is not divisible by ${factor}`,
      );
    }
  },
  map: (shape: Shape, factor: number): PlaneMap => {
    const [channels, height, width] = shape.slice(-3);
    const size = [height / factor, width / factor];
    return {
      from: numelOf(shape.slice(-3)),
      to: numelOf(shape.slice(-3)),
      shape: [...shape.slice(0, -3), channels * factor ** 2, ...size],
      each: (add) => eachPixel([channels, ...size], factor, (small, large) => add(large, small, 1)),
    };
  },
});

planeOp('f channel_shuffle(Tensor input, int groups) -> Tensor', {
  node: 'ChannelShuffleBackward0',
  gradientNode: 'ChannelShuffleBackward0',
  save: (_: Shape, groups: number) => ({ groups }),
  check: (self: Tensor, groups: number) => {
    check(
      self.ndim > 2,
      () => `channel_shuffle expects input with > 2 dims, but got input with sizes ${showShape(self.shape)}`,
    );
    check(
      groups > 0,
      () => `Number of groups to divide channels in must be positive. Value of groups:${groups}`,
    );
    check(
      self.shape[1] % groups === 0,
      () =>
        `Number of channels must be divisible by groups. Got ${self.shape[1]} channels and ${groups} groups.`,
    );
  },
  map: (shape: Shape, groups: number): PlaneMap => {
    const plane = numelOf(shape.slice(2));
    const size = shape[1] / groups;
    return {
      from: shape[1] * plane,
      to: shape[1] * plane,
      shape,
      each: (add) => {
        for (let group = 0; group < groups; group++)
          for (let member = 0; member < size; member++)
            for (let at = 0; at < plane; at++)
              add((group * size + member) * plane + at, (member * groups + group) * plane + at, 1);
      },
    };
  },
});
