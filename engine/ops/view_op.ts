import { setView } from '../autograd/history.ts';
import { modes } from '../autograd/modes.ts';
import type { Grads } from '../autograd/node.ts';
import { contiguousStrides } from '../shape.ts';
import { Tensor, type ViewRestriction } from '../tensor.ts';
import { embed, type Geometry } from './embed.ts';
import { type Backward, type Gradients, nodeName, type RuleBase, record, register } from './op.ts';

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
  const name = rule.node ?? nodeName(signature);
  const run = (self: Tensor, ...args: A): Tensor => {
    const result = viewOf(self, rule.geometry(self, ...args), 'none');
    const node = record(name, [self], [result], (grads, saved) => {
      if (grads[0] === null) return null;
      if (rule.backward) return rule.backward(grads[0], saved as S);
      return embed(adjointName(name), grads, self.shape, [rule.geometry(rowMajor(self), ...args)]);
    });
    if (node !== null && rule.save)
      node.keep(rule.save({ args: [self, ...args], result, needs: node.needs }));
    if (self.tangent !== null) result.tangent = run(self.tangent, ...args);
    return result;
  };
  return register(signature, run);
}

export function multiViewOp<A extends unknown[], S extends object>(
  signature: string,
  rule: MultiViewRule<A, S>,
): (self: Tensor, ...args: A) => Tensor[] {
  const name = rule.node ?? nodeName(signature);
  const run = (self: Tensor, ...args: A): Tensor[] => {
    const results = rule.geometries(self, ...args).map((place) => viewOf(self, place, 'multiple outputs'));
    const backward: Backward = (grads: Grads): Gradients =>
      embed(adjointName(name), grads, self.shape, rule.geometries(rowMajor(self), ...args));
    const node = record(name, [self], results, backward);
    if (node !== null && rule.save) {
      node.keep(rule.save({ args: [self, ...args], result: results, needs: node.needs }));
    }
    if (self.tangent !== null) {
      const parts = run(self.tangent, ...args);
      results.forEach((result, i) => {
        result.tangent = parts[i];
      });
    }
    return results;
  };
  return register(signature, run);
}

/** Another look at `self`'s memory. */
export function viewOf(self: Tensor, place: Geometry, restriction: ViewRestriction): Tensor {
  const view = new Tensor(self.storage, place.shape, place.strides, place.offset, self.dtype, self.version);
  view.isInference = self.isInference;
  if (!modes.inference) setView(view, self, restriction);
  return view;
}

/** A tensor like `self` but laid out row-major from the start of its memory, as its gradient will be. */
const rowMajor = (self: Tensor): Tensor =>
  new Tensor(self.storage, self.shape, contiguousStrides(self.shape), 0, self.dtype);

const adjointName = (node: string): string => node.replace('Backward', 'BackwardBackward');
