import { grad } from '../autograd/backward.ts';
import { modes, withGrad } from '../autograd/modes.ts';
import { Tensor } from '../tensor.ts';
import { detach } from './inplace.ts';
import { type Gradients, op, type RuleBase } from './op.ts';
import { zerosFor } from './unary.ts';
import { alias } from './view.ts';

/**
 * An operation that PyTorch records as one node, written as a composition of others. It needs no formula for its
 * gradient: backward makes the composition anew from the saved arguments, recorded this time, and differentiates it.
 */
export interface FusedRule<A extends unknown[]> extends Pick<RuleBase<A, Tensor, object>, 'node' | 'inputs'> {
  /** The result, in memory of its own. */
  readonly compose: (...args: A) => Tensor;
}

export function fused<A extends unknown[]>(
  signature: string,
  { node, inputs = tensorsAmong, compose }: FusedRule<A>,
): (...args: A) => Tensor {
  const names = parameterNames(signature);
  return op(signature, {
    node,
    inputs,
    forward: (...args: A) =>
      withGrad(false, () => {
        const result = compose(...args);
        result.view = null;
        return result;
      }),
    save: ({ args }): Record<string, unknown> =>
      Object.fromEntries(names.map((name, i) => [name, args[i] ?? null])),
    backward: (gradient, saved, needs) => {
      const args = names.map((name) => saved[name]) as A;
      return throughComposition(compose, inputs, args, gradient, needs);
    },
    forwardMode: 'composed',
  });
}

const tensorsAmong = (...args: unknown[]): Tensor[] => args.filter((arg) => arg instanceof Tensor);

/** The names by which the arguments are saved; PyTorch calls the first one `self`. */
const parameterNames = (signature: string): string[] =>
  signature
    .slice(signature.indexOf('(') + 1, signature.lastIndexOf(') ->'))
    .split(', ')
    .filter((parameter) => parameter !== '*')
    .map((parameter) => parameter.split(' ')[1].split('=')[0])
    .map((name) => (name === 'input' ? 'self' : name));

function throughComposition<A extends unknown[]>(
  compose: (...args: A) => Tensor,
  inputs: (...args: A) => readonly (Tensor | null)[],
  args: A,
  gradient: Tensor,
  needs: readonly boolean[],
): Gradients {
  const createGraph = modes.grad;
  return withGrad(true, () => {
    const own = args.map((arg) => (arg instanceof Tensor ? standIn(arg, createGraph) : arg)) as A;
    const result = compose(...own);
    const wanted = inputs(...own).map((input, i) => (needs[i] ? input : null));
    const targets = wanted.filter((input) => input !== null);
    const options = { retainGraph: createGraph, createGraph };
    const found = result.requiresGrad ? grad([result], [gradient], targets, true, options) : [];
    return wanted.map((input) => input && (found[targets.indexOf(input)] ?? zerosFor(input)));
  });
}

/** `tensor`, apart from its hooks and its other uses; with a way back to it where the backward pass is recorded. */
function standIn(tensor: Tensor, recorded: boolean): Tensor {
  if (recorded && tensor.requiresGrad) return alias(tensor);
  const own = detach(tensor);
  own.requiresGradFlag = tensor.isFloating;
  return own;
}
