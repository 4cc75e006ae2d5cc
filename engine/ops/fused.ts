import { grad } from '../autograd/backward.ts';
import { modes, withGrad } from '../autograd/modes.ts';
import type { Grads } from '../autograd/node.ts';
import { float32 } from '../dtype.ts';
import { fail } from '../errors.ts';
import { Storage, Tensor } from '../tensor.ts';
import { innerOf, isAt, levels, living, popLevel, pushLevel, wrap } from '../transforms/levels.ts';
import { contiguous } from './copy.ts';
import { detach } from './inplace.ts';
import { define, defineMulti, type Gradients, nodeName, type RuleBase, register } from './op.ts';
import { zerosFor } from './unary.ts';
import { alias } from './view.ts';

/**
 * An operation that PyTorch records as one node, written as a composition of others. It needs no formula for its
 * gradient: backward makes the composition anew from the saved arguments, recorded this time, and differentiates it.
 */
export interface FusedRule<A extends unknown[]>
  extends Pick<RuleBase<A, Tensor, object>, 'node' | 'inputs' | 'forwardMode'> {
  /** The result, in memory of its own. */
  readonly compose: (...args: A) => Tensor;
  /** The node that its gradients are recorded as, all together, where PyTorch computes them in one step. */
  readonly gradientNode?: string;
  /** PyTorch's name of the function that computes its gradients, where these can't be differentiated again. */
  readonly gradientOnce?: string;
  /** What those depend on beside the gradient, where it isn't all inputs. */
  readonly gradientInputs?: (...args: A) => readonly (Tensor | null)[];
  /** Under which names the arguments are saved, where the signature doesn't say it; `_` before one that PyTorch hasn't. */
  readonly names?: readonly string[];
  /** What PyTorch saves beside them. */
  readonly saved?: (result: Tensor, ...args: A) => Record<string, unknown>;
}

export const fused = <A extends unknown[]>(
  signature: string,
  { node = nodeName(signature), inputs = tensorsAmong, compose, forwardMode, ...gradient }: FusedRule<A>,
): ((...args: A) => Tensor) => {
  const {
    gradientNode,
    gradientOnce,
    gradientInputs = inputs,
    names = parameterNames(signature),
    saved,
  } = gradient;
  const gradients =
    gradientNode === undefined
      ? null
      : gradientsOf(gradientNode, names, inputs, gradientInputs, compose, gradientOnce);
  return register(signature, asOneNode(node, names, inputs, compose, forwardMode, gradients, saved));
};

/** The gradients of a composition, recorded as one node, which can be differentiated again. */
function gradientsOf<A extends unknown[]>(
  node: string,
  names: readonly string[],
  inputs: (...args: A) => readonly (Tensor | null)[],
  gradientInputs: (...args: A) => readonly (Tensor | null)[],
  compose: (...args: A) => Tensor,
  once: string | undefined,
) {
  return oneNodeOfMany(
    node,
    ['grad_output', '_output_mask', ...names],
    (gradient: Tensor, needs: readonly boolean[], ...args: A) =>
      throughComposition((...own) => [compose(...own)], inputs, args, [gradient], needs).map(
        (one) => one && contiguous(one),
      ),
    (gradient: Tensor, _: readonly boolean[], ...args: A) => [gradient, ...gradientInputs(...args)],
    once === undefined ? undefined : `derivative for aten::${once} is not implemented`,
  );
}

/**
 * The same for the engine's own use, the arguments saved under `names`. The derivative of an activation or a loss is
 * such a node: PyTorch records it whole, as `EluBackwardBackward0`, where gradients are differentiated again.
 * @param differentiable how many of the arguments have a gradient, counted from the first; all tensors by default
 */
export const oneNode = <A extends unknown[]>(
  node: string,
  names: readonly string[],
  compose: (...args: A) => Tensor,
  differentiable?: number,
): ((...args: A) => Tensor) =>
  asOneNode(node, names, (...args) => tensorsAmong(...args.slice(0, differentiable ?? args.length)), compose);

function asOneNode<A extends unknown[]>(
  node: string,
  names: readonly string[],
  inputs: (...args: A) => readonly (Tensor | null)[],
  compose: (...args: A) => Tensor,
  forwardMode: RuleBase<A, Tensor, object>['forwardMode'] = 'composed',
  gradients: ((gradient: Tensor, needs: readonly boolean[], ...args: A) => Gradients) | null = null,
  more?: (result: Tensor, ...args: A) => Record<string, unknown>,
): (...args: A) => Tensor {
  return define(node, {
    inputs,
    forward: (...args: A) =>
      withGrad(false, () => {
        const result = compose(...args);
        result.view = null;
        return result;
      }),
    save: ({ args, result }): Record<string, unknown> => ({
      ...Object.fromEntries(names.map((name, i) => [name, args[i] ?? null])),
      ...more?.(result, ...args),
    }),
    backward: (gradient, saved, needs) => {
      const args = names.map((name) => saved[name]) as A;
      if (gradients) return gradients(gradient, needs, ...args);
      return throughComposition((...own) => [compose(...own)], inputs, args, [gradient], needs);
    },
    forwardMode,
    compose,
  });
}

/** An operation with several results, some of which may not be wanted (null), in the same way. */
export function oneNodeOfMany<A extends unknown[]>(
  node: string,
  names: readonly string[],
  compose: (...args: A) => (Tensor | null)[],
  inputs: (...args: A) => readonly (Tensor | null)[] = tensorsAmong,
  refusal?: string,
): (...args: A) => (Tensor | null)[] {
  const run = defineMulti(node, {
    inputs,
    forward: (...args: A) =>
      withGrad(false, () => {
        const results = compose(...args);
        for (const result of results) if (result) result.view = null;
        return results.map((result) => result ?? unwanted());
      }),
    save: ({ args }): Record<string, unknown> =>
      Object.fromEntries(names.map((name, i) => [name, args[i] ?? null])),
    backward: (grads, saved, needs) => {
      if (refusal !== undefined) fail(refusal);
      const args = names.map((name) => saved[name]) as A;
      return throughComposition(compose, inputs, args, grads, needs);
    },
    forwardMode: 'composed',
    compose: (...args: A) => compose(...args).map((result) => result ?? unwanted()),
  });
  return (...args: A) => run(...args).map((result) => (result.storage === NOTHING ? null : result));
}

/** What a result that isn't wanted looks at: it only keeps the places of the others. */
const NOTHING = new Storage(float32.allocate(0));
const unwanted = (): Tensor => new Tensor(NOTHING, [0], [1], 0, float32);

const tensorsAmong = (...args: unknown[]): Tensor[] => args.filter((arg) => arg instanceof Tensor);

/** The names by which the arguments are saved; PyTorch calls the first one `self`. */
const parameterNames = (signature: string): string[] =>
  signature
    .slice(signature.indexOf('(') + 1, signature.lastIndexOf(') ->'))
    .split(', ')
    .filter((parameter) => parameter !== '*')
    .map((parameter) => parameter.split(' ')[1].split('=')[0])
    .map((name) => (name === 'input' ? 'self' : name));

/** The gradients of a composition, made anew from stand-ins for its arguments. */
function throughComposition<A extends unknown[]>(
  compose: (...args: A) => (Tensor | null)[],
  inputs: (...args: A) => readonly (Tensor | null)[],
  args: A,
  gradients: Grads,
  needs: readonly boolean[],
): (Tensor | null)[] {
  const slopes = (standIn: (tensor: Tensor) => Tensor, createGraph: boolean): (Tensor | null)[] =>
    withGrad(true, () => {
      const own = args.map((arg) => (arg instanceof Tensor ? standIn(arg) : arg)) as A;
      const results = compose(...own);
      const reached = results.map((result, i) => (result?.requiresGrad ? gradients[i] : null));
      const wanted = inputs(...own).map((input, i) => (needs[i] ? input : null));
      const targets = wanted.filter((input) => input !== null);
      const options = { retainGraph: createGraph, createGraph };
      const roots = results.filter((_, i) => reached[i] !== null) as Tensor[];
      const flowing = reached.filter((gradient) => gradient !== null);
      const found = roots.length > 0 ? grad(roots, flowing, targets, true, options) : [];
      return wanted.map((input) => input && (found[targets.indexOf(input)] ?? zerosFor(input)));
    });
  if (levels.top === null) return slopes(modes.grad ? linked : apart, modes.grad);
  // Inside a transform the composition is differentiated at a level of its own: what lies further out takes part.
  const level = pushLevel('grad');
  try {
    return slopes((tensor) => leaf(wrap(living(tensor), level)), true).map(
      (one) => one && (isAt(one, level) ? innerOf(one) : one),
    );
  } finally {
    popLevel();
  }
}

function leaf(tensor: Tensor): Tensor {
  tensor.requiresGradFlag = tensor.isFloating;
  return tensor;
}

/** `tensor`, apart from its hooks and its other uses. */
function apart(tensor: Tensor): Tensor {
  const own = detach(tensor);
  own.tangent = tensor.tangent;
  return leaf(own);
}

/** The same, with a way back to it, so that the backward pass can be recorded. */
const linked = (tensor: Tensor): Tensor => (tensor.requiresGrad ? alias(tensor) : apart(tensor));
