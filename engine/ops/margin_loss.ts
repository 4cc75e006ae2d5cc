import { int64 } from '../dtype.ts';
import { check, fail } from '../errors.ts';
import { numelOf, type Shape, showShape } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { mul } from './arithmetic.ts';
import { contiguousData } from './copy.ts';
import { define, op } from './op.ts';
import { type Reduction, reduced, spread } from './reduction.ts';
import { requireFloating } from './supported.ts';
import { unsqueeze } from './view.ts';

// Losses of scores that should stand a margin above the others. What each score adds to its example's loss, and the
// slope of that, are found in one go.

/** One example: its scores, and where it says how much a score adds to the loss and what the slope there is. */
type Example = (
  scores: ArrayLike<number>,
  at: number,
  note: (loss: number, place: number, slope: number) => void,
) => void;

/** Goes over the examples: what is noted, with the place among all scores. */
function overExamples(
  self: Tensor,
  example: Example,
  note: (at: number, place: number, loss: number, slope: number) => void,
): void {
  const classes = self.shape[self.ndim - 1] ?? 1;
  const data = contiguousData(self);
  for (let i = 0; i < self.numel / classes; i++) {
    const scores = data.subarray(i * classes, (i + 1) * classes);
    example(scores, i, (loss, place, slope) => note(i, i * classes + place, loss, slope));
  }
}

const lead = (self: Tensor): Shape => (self.ndim < 2 ? [] : [self.shape[0]]);

function lossesOf(self: Tensor, example: Example): Tensor {
  const sums = new Float64Array(numelOf(lead(self)));
  overExamples(self, example, (at, _, loss) => {
    sums[at] += loss;
  });
  const losses = empty(lead(self), self.dtype);
  losses.storage.data.set(sums);
  return losses;
}

function slopesOf(self: Tensor, example: Example): Tensor {
  const sums = new Float64Array(self.numel);
  overExamples(self, example, (_, place, __, slope) => {
    sums[place] += slope;
  });
  const slopes = empty(self.shape, self.dtype);
  slopes.storage.data.set(sums);
  return slopes;
}

/** A gradient for each example, such that the slopes of its scores can be multiplied by it. */
const perExample = (grad: Tensor, self: Tensor, reduction: Reduction): Tensor => {
  const each = spread(grad, lead(self), reduction);
  return self.ndim < 2 ? each : unsqueeze(each, -1);
};

/** The backward formula, which PyTorch can't differentiate again. */
const backwardOf = <A extends unknown[]>(name: string, example: (self: Tensor, ...args: A) => Example) =>
  define('NotImplemented', {
    inputs: (grad: Tensor, self: Tensor, _: Reduction, ..._args: A) => [grad, self],
    forward: (grad: Tensor, self: Tensor, reduction: Reduction, ...args: A) =>
      mul(slopesOf(self, example(self, ...args)), perExample(grad, self, reduction)),
    backward: () => fail(`derivative for aten::${name} is not implemented`),
  });

/** max(0, margin - score of the right class + score of another)^p, weighted, over the number of classes. */
const multiMargin =
  (self: Tensor, target: Tensor, p: number, margin: number, weight: Tensor | null): Example =>
  (scores, at, note) => {
    const label = contiguousData(target)[at];
    check(label >= 0 && label < scores.length, () => 'target out of range');
    const scale = (weight === null ? 1 : contiguousData(weight)[label]) / (self.shape[self.ndim - 1] ?? 1);
    for (let other = 0; other < scores.length; other++) {
      const short = margin - scores[label] + scores[other];
      if (other === label || !(short > 0)) continue;
      const slope = p === 1 ? scale : 2 * scale * short;
      note(scale * (p === 1 ? short : short * short), other, slope);
      note(0, label, -slope);
    }
  };
const multiMarginBackward = backwardOf('multi_margin_loss_backward', multiMargin);

op(
  'f nn.functional._multi_margin_loss(Tensor input, Tensor target, Scalar p=1, Scalar margin=1, Tensor? weight=None, int reduction=1) -> Tensor',
  {
    node: 'MultiMarginLossBackward0',
    inputs: (input) => [input],
    forward: (
      self: Tensor,
      target: Tensor,
      p: { value: number },
      margin: { value: number },
      weight: Tensor | null,
      reduction: Reduction,
    ) => {
      check(p.value === 1 || p.value === 2, () => 'only p == 1 and p == 2 supported');
      check(
        (self.ndim === 2 && self.shape[1] !== 0) ||
          (self.ndim === 1 && self.shape[0] !== 0) ||
          self.ndim === 0,
        () =>
          `Expected non-empty vector or matrix with optional 0-dim batch size, but got: ${showShape(self.shape)}`,
      );
      const count = self.ndim < 2 ? 1 : self.shape[0];
      check(
        target.ndim <= 1 && target.numel === count,
        () =>
          `multi_margin_loss: target tensor should be 1-D with size equal to the number of input samples (batch size). Expected target size [${count}], but got ${showShape(target.shape)}. Input has shape ${showShape(self.shape)}.`,
      );
      check(
        weight === null || (weight.ndim <= 1 && weight.numel === self.shape[self.ndim - 1]),
        () =>
          `inconsistent weight size, expected ${self.shape[self.ndim - 1]} but got ${showShape(weight?.shape ?? [])}`,
      );
      requireFloating('multi_margin_loss_cpu_kernel', self);
      check(target.dtype === int64, () => `expected scalar type Long but found ${target.dtype.scalarName}`);
      return reduced(lossesOf(self, multiMargin(self, target, p.value, margin.value, weight)), reduction);
    },
    save: ({ args: [self, target, p, margin, weight, reduction] }) => ({
      self,
      target,
      p: p.value,
      margin: margin.value,
      weight,
      reduction,
    }),
    backward: (grad, { self, target, p, margin, weight, reduction }) =>
      multiMarginBackward(grad, self, reduction, target, p, margin, weight),
    forwardMode: { refused: 'multi_margin_loss' },
  },
);

/** The classes that an example has, listed up to the first -1. */
function labelsOf(target: ArrayLike<number>, at: number, classes: number): number[] {
  const labels: number[] = [];
  for (let i = 0; i < classes && target[at * classes + i] >= 0; i++) labels.push(target[at * classes + i]);
  return labels;
}

/** max(0, 1 - score of a right class + score of a wrong one), over the number of classes. */
const multilabelMargin =
  (_: Tensor, target: Tensor): Example =>
  (scores, at, note) => {
    const labels = labelsOf(contiguousData(target), at, scores.length);
    for (const label of labels) {
      for (let other = 0; other < scores.length; other++) {
        const short = 1 - scores[label] + scores[other];
        if (labels.includes(other) || !(short > 0)) continue;
        note(short / scores.length, other, 1 / scores.length);
        note(0, label, -1 / scores.length);
      }
    }
  };
const multilabelMarginBackward = backwardOf('multilabel_margin_loss_backward', multilabelMargin);

/** Where `target` names a class. */
function isTarget(self: Tensor, target: Tensor): Tensor {
  const out = empty(target.shape, self.dtype);
  const classes = self.shape[self.ndim - 1] ?? 1;
  for (let i = 0; i < target.numel / classes; i++)
    for (const label of labelsOf(contiguousData(target), i, classes))
      out.storage.data[i * classes + label] = 1;
  return out;
}

op('f nn.functional._multilabel_margin_loss(Tensor input, Tensor target, int reduction=1) -> Tensor', {
  node: 'MultilabelMarginLossBackward0',
  inputs: (input) => [input],
  forward: (self: Tensor, target: Tensor, reduction: Reduction) => {
    check(
      (self.ndim === 2 && self.shape[1] !== 0) || (self.ndim === 1 && self.shape[0] !== 0) || self.ndim === 0,
      () =>
        `Expected non-empty vector or matrix with optional 0-dim batch size, but got: ${showShape(self.shape)}`,
    );
    check(
      target.ndim === self.ndim && target.numel === self.numel,
      () =>
        `inconsistent target size: ${showShape(target.shape)} for input of size: ${showShape(self.shape)}`,
    );
    requireFloating('multilabel_margin_loss_forward_out_frame', self);
    check(target.dtype === int64, () => `expected scalar type Long but found ${target.dtype.scalarName}`);
    check(
      contiguousData(target).every((label) => label < (self.shape[self.ndim - 1] ?? 1)),
      () => "argument #3 'target' is out of range",
    );
    return reduced(lossesOf(self, multilabelMargin(self, target)), reduction);
  },
  save: ({ args: [self, target, reduction] }) => ({
    self,
    target,
    reduction,
    is_target: isTarget(self, target),
  }),
  backward: (grad, { self, target, reduction }) => multilabelMarginBackward(grad, self, reduction, target),
  forwardMode: { refused: 'multilabel_margin_loss_forward' },
});
