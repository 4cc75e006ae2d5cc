import { check, fail } from '../errors.ts';
import { type Shape, showShape } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { mul } from './arithmetic.ts';
import { contiguousData } from './copy.ts';
import { define, multiOp } from './op.ts';
import { requireFloating } from './supported.ts';
import { unsqueeze } from './view.ts';

// Connectionist temporal classification: the probability that a sequence of frames spells a target, summed over all
// alignments (Graves et al. 2006, https://www.cs.toronto.edu/~graves/icml_2006.pdf). Blanks stand between the labels.

const NEVER = Number.NEGATIVE_INFINITY;

function logSum(...terms: number[]): number {
  const largest = Math.max(...terms);
  if (largest === NEVER) return NEVER;
  return largest + Math.log(terms.reduce((total, term) => total + Math.exp(term - largest), 0));
}

/** One example of the batch: its frames, and its labels with blanks before, between and after. */
interface Example {
  readonly frames: number;
  readonly labels: readonly number[];
  readonly logAt: (frame: number, label: number) => number;
}

function examplesOf(logs: Tensor, targets: Tensor, frames: Shape, lengths: Shape, blank: number): Example[] {
  const [, batch, classes] = logs.shape;
  const data = contiguousData(logs);
  const labels = contiguousData(targets);
  let next = 0;
  return lengths.map((length, n) => {
    const start = targets.ndim === 1 ? next : n * targets.shape[1];
    next += length;
    const spelled = Array.from({ length: 2 * length + 1 }, (_, s) =>
      s % 2 === 0 ? blank : labels[start + (s - 1) / 2],
    );
    return {
      frames: frames[n],
      labels: spelled,
      logAt: (frame, label) => data[(frame * batch + n) * classes + label],
    };
  });
}

/** May the label before the blank before this one come right before it? */
const mayJump = (labels: readonly number[], s: number): boolean => s >= 2 && labels[s] !== labels[s - 2];

/** The log-probability of all beginnings that end at label s in frame t. */
function forwards({ frames, labels, logAt }: Example): number[][] {
  const rows: number[][] = [];
  for (let t = 0; t < frames; t++) {
    rows.push(
      labels.map((label, s) => {
        if (t === 0) return s < 2 ? logAt(0, label) : NEVER;
        const before = rows[t - 1];
        return (
          logSum(before[s], before[s - 1] ?? NEVER, mayJump(labels, s) ? before[s - 2] : NEVER) +
          logAt(t, label)
        );
      }),
    );
  }
  return rows;
}

/** The same from the end: of all ends that begin at label s in frame t. */
function backwards({ frames, labels, logAt }: Example): number[][] {
  const rows: number[][] = new Array(frames);
  const last = labels.length - 1;
  for (let t = frames - 1; t >= 0; t--) {
    rows[t] = labels.map((label, s) => {
      if (t === frames - 1) return s >= last - 1 ? logAt(t, label) : NEVER;
      const after = rows[t + 1];
      const jump = s + 2 <= last && mayJump(labels, s + 2) ? after[s + 2] : NEVER;
      return logSum(after[s], after[s + 1] ?? NEVER, jump) + logAt(t, label);
    });
  }
  return rows;
}

function lossOf(example: Example, alpha: number[][]): number {
  const { frames, labels } = example;
  if (frames === 0) return labels.length === 1 ? 0 : Number.POSITIVE_INFINITY;
  const end = alpha[frames - 1];
  return -logSum(end[labels.length - 1], labels.length > 1 ? end[labels.length - 2] : NEVER);
}

/** What every log-probability adds to the loss of its example, which PyTorch can't differentiate again. */
const ctcBackward = define('NotImplemented', {
  inputs: (grad: Tensor, logs: Tensor, ..._: unknown[]) => [grad, logs],
  forward: (
    grad: Tensor,
    logs: Tensor,
    targets: Tensor,
    frames: Shape,
    lengths: Shape,
    blank: number,
    zeroInfinity: boolean,
  ) => {
    const slopes = empty(logs.shape, logs.dtype);
    const [, batch, classes] = logs.shape;
    examplesOf(logs, targets, frames, lengths, blank).forEach((example, n) => {
      const alpha = forwards(example);
      const beta = backwards(example);
      const loss = lossOf(example, alpha);
      if (zeroInfinity && loss === Number.POSITIVE_INFINITY) return;
      for (let t = 0; t < example.frames; t++) {
        const through = new Array<number>(classes).fill(NEVER);
        example.labels.forEach((label, s) => {
          through[label] = logSum(through[label], alpha[t][s] + beta[t][s]);
        });
        for (let c = 0; c < classes; c++) {
          const log = example.logAt(t, c);
          slopes.storage.data[(t * batch + n) * classes + c] =
            Math.exp(log) - Math.exp(through[c] + loss - log);
        }
      }
    });
    return mul(slopes, unsqueeze(grad, -1));
  },
  backward: () => fail('derivative for aten::_ctc_loss_backward is not implemented'),
});

multiOp(
  'f nn.functional._ctc_loss(Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, int blank, bool zero_infinity) -> (Tensor, Tensor)',
  {
    node: 'CtcLossBackward0',
    inputs: (logs) => [logs],
    forward: (
      logs: Tensor,
      targets: Tensor,
      frames: Shape,
      lengths: Shape,
      blank: number,
      zeroInfinity: boolean,
    ) => {
      requireFloating('ctc_loss_cpu', logs);
      const [most, batch, classes] = logs.shape;
      check(blank >= 0 && blank < classes, () => 'blank must be in label range');
      check(frames.length === batch, () => 'input_lengths must be of size batch_size');
      check(lengths.length === batch, () => 'target_lengths must be of size batch_size');
      check(
        frames.every((length) => length <= most),
        () => {
          const n = frames.findIndex((length) => length > most);
          return `Expected input_lengths to have value at most ${most}, but got value ${frames[n]} (while checking arguments for ctc_loss_cpu)`;
        },
      );
      const longest = Math.max(0, ...lengths);
      check(
        targets.ndim === 1 || (targets.shape[0] === batch && targets.shape[1] >= longest),
        () =>
          `Expected tensor to have size at least ${longest} at dimension 1, but got size ${showShape(targets.shape)} for argument #2 'targets' (while checking arguments for ctc_loss_cpu)`,
      );
      const losses = empty([batch], logs.dtype);
      const alphas = empty([batch, most, 2 * longest + 1], logs.dtype);
      alphas.storage.data.fill(NEVER);
      examplesOf(logs, targets, frames, lengths, blank).forEach((example, n) => {
        const alpha = forwards(example);
        alpha.forEach((row, t) => {
          alphas.storage.data.set(row, (n * most + t) * (2 * longest + 1));
        });
        const loss = lossOf(example, alpha);
        losses.storage.data[n] = zeroInfinity && loss === Number.POSITIVE_INFINITY ? 0 : loss;
      });
      return [losses, alphas];
    },
    save: ({ args: [log_probs, targets, input_lengths, target_lengths, blank, zero_infinity], result }) => ({
      log_probs,
      targets,
      input_lengths,
      target_lengths,
      blank,
      zero_infinity,
      result0: result[0],
      result1: result[1],
    }),
    backward: ([grad], { log_probs, targets, input_lengths, target_lengths, blank, zero_infinity }) =>
      grad && ctcBackward(grad, log_probs, targets, input_lengths, target_lengths, blank, zero_infinity),
    forwardMode: { refused: '_ctc_loss' },
  },
);
