import { describe, expect, test } from 'vitest';
import { float64 } from '../dtype.ts';
import { add, asTensor, mul } from '../ops/arithmetic.ts';
import { sum } from '../ops/broadcast.ts';
import { contiguousData } from '../ops/copy.ts';
import { add_, mul_ } from '../ops/inplace_forms.ts';
import { stack } from '../ops/join.ts';
import { matmul } from '../ops/matmul.ts';
import { select } from '../ops/parts.ts';
import { prod } from '../ops/product.ts';
import { powScalar } from '../ops/scalar_power.ts';
import { exp, sin, tanh } from '../ops/unary.ts';
import { view } from '../ops/view.ts';
import { numelOf } from '../shape.ts';
import { fromData, type Tensor } from '../tensor.ts';
import { backward, grad, retainGrad } from './backward.ts';
import { gradFn } from './history.ts';
import { withGrad } from './modes.ts';

const once = { retainGraph: false, createGraph: false };
const keep = { retainGraph: true, createGraph: false };

function leaf(values: number[], shape: number[] = [values.length]): Tensor {
  const tensor = fromData(Float64Array.from(values), shape, float64);
  tensor.requiresGradFlag = true;
  return tensor;
}

const constant = (values: number[], shape: number[] = [values.length]): Tensor =>
  fromData(Float64Array.from(values), shape, float64);
const numbers = (tensor: Tensor | null): number[] => Array.from(contiguousData(tensor as Tensor));
const cube = (x: Tensor): Tensor => powScalar(x, { value: 3, category: 2 });

describe('gradients arrive where they should', () => {
  test('the cube at 1 and 2 has slopes 3 and 12', () => {
    const x = leaf([1, 2]);
    backward([sum(cube(x))], [null], null, once);
    expect(numbers(x.grad)).toEqual([3, 12]);
  });

  test('a branch that leads nowhere does not hold the others up', () => {
    const x = leaf([1]);
    const h = mul(x, asTensor(2));
    mul(h, asTensor(7));
    backward([sum(mul(h, asTensor(3)))], [null], null, once);
    expect(numbers(x.grad)).toEqual([6]);
  });

  test('paths that meet again are followed once, however many there are', () => {
    const x = leaf([1]);
    let y = x;
    for (let i = 0; i < 40; i++) y = add(y, y);
    backward([sum(y)], [null], null, once);
    expect(numbers(x.grad)).toEqual([2 ** 40]);
  });

  test('a chain of 200,000 steps neither overflows a stack nor loses its way', () => {
    const x = leaf([1]);
    let y = x;
    for (let i = 0; i < 200_000; i++) y = mul(y, asTensor(1));
    backward([sum(y)], [null], null, once);
    expect(numbers(x.grad)).toEqual([1]);
  });

  test('a zero among the factors of a product keeps its own slope', () => {
    const x = leaf([0, 2, 3]);
    backward([prod(x)], [null], null, once);
    expect(numbers(x.grad)).toEqual([6, 0, 0]);
  });

  test('what was broadcast is summed', () => {
    const column = leaf([1, 2], [2, 1]);
    const row = leaf([1, 2, 3], [1, 3]);
    backward([sum(mul(column, row))], [null], null, once);
    expect(numbers(column.grad)).toEqual([6, 6]);
    expect(numbers(row.grad)).toEqual([3, 3, 3]);
  });

  test('rows of a Jacobian: one backward for each one-hot weight', () => {
    const x = leaf([1, 2]);
    const y = mul(x, x);
    const rows = [
      [1, 0],
      [0, 1],
    ].map((weight) => {
      const [row] = grad([y], [constant(weight)], [x], false, keep);
      return numbers(row);
    });
    expect(rows).toEqual([
      [2, 0],
      [0, 4],
    ]);
  });
});

describe('how long a graph lives', () => {
  test('backward adds to what is there', () => {
    const x = leaf([1]);
    for (let i = 0; i < 3; i++) backward([sum(mul(x, asTensor(2)))], [null], null, once);
    expect(numbers(x.grad)).toEqual([6]);
  });

  test('a second walk fails where something was saved, and only there', () => {
    const x = leaf([1]);
    const product = sum(mul(x, x));
    backward([product], [null], null, once);
    expect(() => backward([product], [null], null, once)).toThrow(/a second time/);
    const total = sum(add(x, x));
    backward([total], [null], null, once);
    expect(() => backward([total], [null], null, once)).not.toThrow();
  });

  test('changing a saved tensor in place is noticed', () => {
    const x = leaf([1, 2]);
    const y = exp(x);
    add_(y, asTensor(1));
    expect(() => backward([sum(y)], [null], null, once)).toThrow(
      /torch.DoubleTensor \[2\]\], which is output 0 of Exp, is at version 1; expected version 0/,
    );
  });

  test('a leaf that requires grad is not changed in place, except where nothing is recorded', () => {
    const x = leaf([1]);
    expect(() => add_(x, asTensor(1))).toThrow('a leaf Variable that requires grad');
    withGrad(false, () => add_(x, asTensor(1)));
    expect(numbers(x)).toEqual([2]);
  });

  test('a non-leaf keeps its gradient when it was asked to', () => {
    const x = leaf([1, 2]);
    const h = mul(x, asTensor(3));
    retainGrad(h);
    backward([sum(mul(h, h))], [null], null, once);
    expect(numbers(h.grad)).toEqual([6, 12]);
    expect(numbers(x.grad)).toEqual([18, 36]);
  });

  test('a non-leaf keeps its gradient when it is the only one asked for', () => {
    const x = leaf([1, 2]);
    const h = mul(x, asTensor(3));
    backward([sum(mul(h, h))], [null], [h], once);
    expect(numbers(h.grad)).toEqual([6, 12]);
    expect(x.grad).toBeNull();
  });
});

describe('a walk inside a walk', () => {
  test('over the same nodes leaves the outer one undisturbed', () => {
    const x = leaf([1, 2]);
    const y = mul(x, x);
    const z = sum(mul(y, asTensor(3)));
    const inner: number[][] = [];
    let depth = 0;
    const hook = (gradient: Tensor | null): Tensor | null => {
      if (depth++ < 2) inner.push(numbers(grad([z], [null], [x], false, keep)[0]));
      return gradient;
    };
    const node = gradFn(y);
    if (node !== null) node.tensorHooks = new Map([[0, new Map([[1, hook]])]]);
    backward([z], [null], null, keep);
    expect(inner).toEqual([
      [6, 12],
      [6, 12],
    ]);
    expect(numbers(x.grad)).toEqual([6, 12]);
  });

  test('that fails on its way leaves the graph fit for another', () => {
    const x = leaf([1, 2]);
    const y = mul(x, x);
    const hooks = new Map([
      [
        1,
        (): Tensor => {
          throw new Error('stop');
        },
      ],
    ]);
    const node = gradFn(y);
    if (node !== null) node.tensorHooks = new Map([[0, hooks]]);
    expect(() => backward([sum(y)], [null], null, keep)).toThrow('stop');
    hooks.clear();
    backward([sum(y)], [null], null, keep);
    expect(numbers(x.grad)).toEqual([2, 4]);
  });
});

describe('views', () => {
  test('a part that was overwritten sends its gradient the new way, the rest the old way', () => {
    const x = leaf([1, 2, 3]);
    const w = leaf([5]);
    const y = mul(x, asTensor(2));
    mul_(select(y, 0, 1), select(w, 0, 0));
    expect(gradFn(y)?.name).toBe('CopySlices');
    backward([sum(y)], [null], null, once);
    expect(numbers(x.grad)).toEqual([2, 10, 2]);
    expect(numbers(w.grad)).toEqual([4]);
  });

  test('a view of a changed base finds its new history', () => {
    const x = leaf([1, 2, 3, 4]);
    const base = constant([0, 0, 0, 0]);
    const matrix = view(base, [2, 2]);
    add_(base, x);
    expect(gradFn(matrix)?.name).toBe('AsStridedBackward0');
    backward([sum(select(matrix, 0, 1))], [null], null, once);
    expect(numbers(x.grad)).toEqual([0, 0, 1, 1]);
  });
});

describe('derivatives of derivatives agree with differences', () => {
  const functions: Record<string, (x: Tensor) => Tensor> = {
    'x³': cube,
    'sin x · x': (x) => mul(sin(x), x),
    'exp(tanh x)': (x) => exp(tanh(x)),
    'A x': (x) => matmul(constant([1, 2, 3, 4], [2, 2]), x),
    'stacked parts': (x) => stack([mul(select(x, 0, 0), select(x, 0, 1)), select(x, 0, 0)]),
  };
  const at = [0.7, -1.3];
  const slopes = (f: (x: Tensor) => Tensor, values: number[]): number[] => {
    const x = leaf(values);
    return numbers(grad([sum(f(x))], [null], [x], false, once)[0]);
  };

  for (const [name, f] of Object.entries(functions)) {
    test(name, () => {
      const x = leaf(at);
      const [first] = grad([sum(f(x))], [null], [x], false, { retainGraph: true, createGraph: true });
      const step = 1e-6;
      const direction = [0.3, 0.8];
      const moved = (sign: number): number[] =>
        slopes(
          f,
          at.map((value, i) => value + sign * step * direction[i]),
        );
      const expected = moved(1).map((value, i) => (value - moved(-1)[i]) / (2 * step));
      const second = first?.requiresGrad
        ? numbers(grad([sum(mul(first, constant(direction)))], [null], [x], true, once)[0])
        : new Array(numelOf(x.shape)).fill(0);
      second.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i], 6);
      });
    });
  }
});
