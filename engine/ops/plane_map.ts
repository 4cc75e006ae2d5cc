import type { Shape } from '../shape.ts';
import { empty, type Tensor } from '../tensor.ts';
import { contiguousData } from './copy.ts';
import { define, register } from './op.ts';

// What averages, stretches or rearranges pictures is one thing: every number of a plane of the result is a weighted sum
// of numbers in the same plane of the input. Its gradient is the transposed of that, and the gradient of this is itself.

/** A sparse matrix from the planes of an input, which lie one after the other, to those of a result. */
export interface PlaneMap {
  /** How many numbers a plane of the input has. */
  readonly from: number;
  /** How many numbers a plane of the result has. */
  readonly to: number;
  /** The shape of the whole result. */
  readonly shape: Shape;
  /** Calls `add` for every weight that isn't 0. */
  readonly each: (add: (source: number, target: number, weight: number) => void) => void;
}

/** The map applied to every plane. */
function applied(self: Tensor, { from, to, shape, each }: PlaneMap, round?: (x: number) => number): Tensor {
  const out = empty(shape, self.dtype);
  const planes = from === 0 ? 0 : self.numel / from;
  const read = contiguousData(self);
  const sums = new Float64Array(planes * to);
  each((source, target, weight) => {
    for (let p = 0; p < planes; p++) sums[p * to + target] += read[p * from + source] * weight;
  });
  for (let i = 0; i < sums.length; i++) out.storage.data[i] = round ? round(sums[i]) : sums[i];
  return out;
}

/** The transposed map applied to every plane of a gradient. */
const transposed = (grad: Tensor, shape: Shape, { from, to, each }: PlaneMap): Tensor =>
  applied(grad, {
    from: to,
    to: from,
    shape,
    each: (add) => each((source, target, weight) => add(target, source, weight)),
  });

interface PlaneRule<A extends unknown[]> {
  readonly node: string;
  /** The node that its gradient is recorded as. */
  readonly gradientNode: string;
  /** What the nodes save of the arguments and of the input's shape. */
  readonly save: (shape: Shape, ...args: A) => Record<string, unknown>;
  /** Refuses what it doesn't take, and says how planes are mapped. */
  readonly map: (shape: Shape, ...args: A) => PlaneMap;
  readonly check?: (self: Tensor, ...args: A) => void;
  /** What becomes of a sum on its way to the result. */
  readonly round?: (self: Tensor) => ((x: number) => number) | undefined;
  /** What the node, but not that of its gradient, saves of the input beside. */
  readonly keeps?: 'input' | 'shape';
  /** What the gradient's node saves, where it isn't the same. */
  readonly saveOfGradient?: PlaneRule<A>['save'];
}

/** Declares such an operation under `signature`, whose first argument is its only tensor. */
export const planeOp = <A extends unknown[]>(
  signature: string,
  rule: PlaneRule<A>,
): ((self: Tensor, ...args: A) => Tensor) => register(signature, definePlanes(rule));

/** The same for the engine's own use. */
export function definePlanes<A extends unknown[]>({
  node,
  gradientNode,
  map,
  save,
  check,
  round,
  keeps,
  saveOfGradient = save,
}: PlaneRule<A>): (self: Tensor, ...args: A) => Tensor {
  // Where the node keeps the input, its gradient depends on it in form: its derivative there is 0.
  const gradient: (grad: Tensor, self: Tensor | null, shape: Shape, args: A) => Tensor = define(
    gradientNode,
    {
      inputs: (grad: Tensor, self: Tensor | null, _: Shape, __: A) => (self === null ? [grad] : [grad, self]),
      forward: (grad: Tensor, _: Tensor | null, shape: Shape, args: A) =>
        transposed(grad, shape, map(shape, ...args)),
      save: ({ args: [, self, shape, args] }) => ({
        ...saveOfGradient(shape, ...args),
        _like: self === null ? null : { shape: self.shape, dtype: self.dtype },
        _args: args,
      }),
      backward: (grad, { _like, _args }): Tensor | Tensor[] => {
        const back = run(grad, ..._args);
        return _like === null ? back : [back, empty(_like.shape, _like.dtype)];
      },
      forwardMode: ([tangent], { args: [grad, , shape, args] }) =>
        tangent === null ? empty(shape, grad.dtype) : gradient(tangent, null, shape, args),
    },
  );
  const run: (self: Tensor, ...args: A) => Tensor = define(node, {
    inputs: (self: Tensor, ..._: A) => [self],
    forward: (self: Tensor, ...args: A) => {
      check?.(self, ...args);
      return applied(self, map(self.shape, ...args), round?.(self));
    },
    save: ({ args: [self, ...args] }) => ({
      ...(keeps === 'input' ? { self } : {}),
      ...(keeps === 'shape' ? { self_sym_sizes: self.shape } : {}),
      ...save(self.shape, ...(args as unknown as A)),
      _shape: self.shape,
      _args: args as unknown as A,
    }),
    backward: (grad, { self, _shape, _args }) => gradient(grad, self ?? null, _shape, _args),
    forwardMode: 'linear',
  });
  return run;
}
