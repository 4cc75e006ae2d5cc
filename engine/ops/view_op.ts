import { setView } from '../autograd/history.ts';
import { modes } from '../autograd/modes.ts';
import type { Grads, SavedValues } from '../autograd/node.ts';
import { contiguousStrides } from '../shape.ts';
import { NOT_COUNTED, Tensor } from '../tensor.ts';
import { levels } from '../transforms/levels.ts';
import { embed, type Geometry } from './embed.ts';
import {
  type Backward,
  type Gradients,
  hasTangent,
  nodeName,
  type Operation,
  type RuleBase,
  record,
  recordOne,
  register,
  transforms,
} from './op.ts';

export type { Geometry } from './embed.ts';

/**
 * An operation whose result looks at its input's memory. Its gradient is put back, among zeros, where the view looked:
 * the geometry says where, so most views need no formula of their own.
 */
export interface ViewRule<A extends unknown[], S extends object> extends RuleBase<[Tensor, ...A], Tensor, S> {
  readonly geometry: (self: Tensor, ...args: A) => Geometry;
  readonly backward?: (grad: Tensor, saved: S) => Tensor;
}

/** The same, for an operation that gives several views. */
export interface MultiViewRule<A extends unknown[], S extends object>
  extends RuleBase<[Tensor, ...A], Tensor[], S> {
  readonly geometries: (self: Tensor, ...args: A) => Geometry[];
}

export function viewOp<A extends unknown[], S extends object>(
  signature: string,
  rule: ViewRule<A, S>,
): (self: Tensor, ...args: A) => Tensor {
  return register(signature, defineView(rule.node ?? nodeName(signature), rule));
}

/** A view for the engine's own use, recorded as a node called `name`. */
export function defineView<A extends unknown[], S extends object>(
  name: string,
  rule: ViewRule<A, S>,
): (self: Tensor, ...args: A) => Tensor {
  const { geometry, save, backward } = rule;
  const byRule = (grads: Grads, saved: SavedValues): Gradients =>
    grads[0] === null ? null : (backward as NonNullable<typeof backward>)(grads[0], saved as S);
  const byPlace = (args: [Tensor, ...A]): Backward => {
    const [self, ...rest] = args;
    return (grads) =>
      grads[0] === null
        ? null
        : embed(adjointName(name), grads, self.shape, [geometry(rowMajor(self), ...(rest as A))]);
  };
  const finish = (args: [Tensor, ...A], result: Tensor): Tensor => {
    const self = args[0];
    if (!self.isInference) setView(result, self, 'none');
    if (modes.grad) {
      const node = recordOne(name, [self], result, backward ? byRule : byPlace(args));
      if (node !== null && save) node.keep(save({ args, result, needs: node.needs }));
    }
    if (modes.forward && hasTangent(self)) transforms.pushForward(operation, args, [self], result);
    return result;
  };
  const run = (self: Tensor, ...args: A): Tensor =>
    levels.top === null
      ? finish([self, ...args], viewOf(self, geometry(self, ...args)))
      : (transforms.call(operation, [self, ...args]) as Tensor);
  const operation = { name, rule: { ...rule, forwardMode: 'linear' }, run, finish } as unknown as Operation;
  return run;
}

export function multiViewOp<A extends unknown[], S extends object>(
  signature: string,
  rule: MultiViewRule<A, S>,
): (self: Tensor, ...args: A) => Tensor[] {
  return register(signature, defineMultiView(rule.node ?? nodeName(signature), rule));
}

export function defineMultiView<A extends unknown[], S extends object>(
  name: string,
  rule: MultiViewRule<A, S>,
): (self: Tensor, ...args: A) => Tensor[] {
  const finish = (args: [Tensor, ...A], results: Tensor[]): Tensor[] => {
    const [self, ...rest] = args;
    if (!self.isInference) for (const result of results) setView(result, self, 'multiple outputs');
    const backward: Backward = (grads: Grads): Gradients =>
      grads.every((grad) => grad === null)
        ? null
        : embed(adjointName(name), grads, self.shape, rule.geometries(rowMajor(self), ...(rest as A)));
    const node = record(name, [self], results, backward);
    if (node !== null && rule.save) node.keep(rule.save({ args, result: results, needs: node.needs }));
    if (modes.forward && hasTangent(self)) transforms.pushForward(operation, args, [self], results);
    return results;
  };
  const run = (self: Tensor, ...args: A): Tensor[] =>
    levels.top === null
      ? finish(
          [self, ...args],
          rule.geometries(self, ...args).map((place) => viewOf(self, place)),
        )
      : (transforms.call(operation, [self, ...args]) as Tensor[]);
  const operation = { name, rule: { ...rule, forwardMode: 'linear' }, run, finish } as unknown as Operation;
  return run;
}

/** Another look at `self`'s memory. */
function viewOf(self: Tensor, place: Geometry): Tensor {
  const version = self.isInference ? NOT_COUNTED : self.version;
  const view = new Tensor(self.storage, place.shape, place.strides, place.offset, self.dtype, version);
  view.isInference = self.isInference;
  return view;
}

/** A tensor like `self` but laid out row-major from the start of its memory, as its gradient will be. */
function rowMajor(self: Tensor): Tensor {
  const result = new Tensor(self.storage, self.shape, contiguousStrides(self.shape), 0, self.dtype);
  result.wrapped = self.wrapped;
  return result;
}

const adjointName = (node: string): string => node.replace('Backward', 'BackwardBackward');
