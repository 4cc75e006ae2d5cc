import { describe, expect, it } from 'vitest';
import { pythonForTests } from './python.ts';

const run = pythonForTests();

describe('grad modes', () => {
  it('hold in blocks, in decorated functions, and only while a generator runs', async () => {
    const lines = await run(`
x = torch.ones(1, requires_grad=True)
with torch.no_grad():
    print((x * 2).requires_grad)
    with torch.enable_grad():
        print((x * 2).requires_grad)
@torch.no_grad()
def f():
    return torch.is_grad_enabled()
@torch.no_grad
def g():
    yield torch.is_grad_enabled()
    yield torch.is_grad_enabled()
print(f(), [(inside, torch.is_grad_enabled()) for inside in g()])
torch.set_grad_enabled(False)
print(torch.is_grad_enabled())
torch.set_grad_enabled(True)
with torch.inference_mode():
    print((x * 2).is_inference(), torch.is_grad_enabled())`);
    expect(lines).toEqual(['False', 'True', 'False [(False, True), (False, True)]', 'False', 'True False']);
  });
});

describe('hooks', () => {
  it('see and change gradients, in order, until they are removed', async () => {
    const lines = await run(`
x = torch.ones(2, requires_grad=True)
h = x * 3
first = h.register_hook(lambda g: print("first", g))
h.register_hook(lambda g: g * 10)
h.sum().backward(retain_graph=True)
first.remove()
x.grad = None
h.sum().backward()
print(x.grad)
x.register_post_accumulate_grad_hook(lambda leaf: print("leaf", leaf.grad))
(x * 2).sum().backward()`);
    expect(lines).toEqual(['first tensor([1., 1.])', 'tensor([30., 30.])', 'leaf tensor([32., 32.])']);
  });

  it('on nodes get the gradients of inputs and outputs', async () => {
    const lines = await run(`
x = torch.ones(2, requires_grad=True)
y = x * 2
y.grad_fn.register_prehook(lambda grads: (grads[0] * 5,))
y.grad_fn.register_hook(lambda inputs, outputs: print(inputs, outputs))
y.sum().backward()
print(x.grad)`);
    expect(lines).toEqual(['(tensor([10., 10.]), None) (tensor([5., 5.]),)', 'tensor([10., 10.])']);
  });

  it('that raise stop the backward with their own exception', async () => {
    const lines = await run(`
x = torch.ones(2, requires_grad=True)
def bad(g):
    raise KeyError("mine")
x.register_hook(bad)
try:
    x.sum().backward()
except KeyError as error:
    print(repr(error))`);
    expect(lines).toEqual(["KeyError('mine')"]);
  });
});

describe('a Function', () => {
  const square = `
class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, k):
        ctx.save_for_backward(x)
        ctx.k = k
        return k * x * x
    @staticmethod
    def backward(ctx, g):
        x, = ctx.saved_tensors
        return 2 * ctx.k * x * g, None
`;

  it('records its own node, and keeps its context', async () => {
    const lines = await run(`${square}
x = torch.tensor([1., 2.], requires_grad=True)
y = Square.apply(x, 3)
print(y, type(y.grad_fn).__name__, y.grad_fn is y.grad_fn, y.grad_fn.k, y.grad_fn.needs_input_grad)
y.sum().backward()
print(x.grad)
try:
    y.sum().backward()
except RuntimeError as error:
    print(str(error)[:55])`);
    expect(lines).toEqual([
      'tensor([ 3., 12.], grad_fn=<SquareBackward>) SquareBackward True 3 (True, False)',
      'tensor([ 6., 12.])',
      'Trying to backward through the graph a second time (or',
    ]);
  });

  it('notices that what it saved was changed', async () => {
    const lines = await run(`${square}
x = torch.tensor([1., 2.], requires_grad=True)
h = x * 1
y = Square.apply(h, 1).sum()
h += 1
try:
    y.backward()
except RuntimeError as error:
    print(str(error)[:60])`);
    expect(lines).toEqual(['one of the variables needed for gradient computation has bee']);
  });

  it('can be differentiated twice, or says that it can’t', async () => {
    const lines = await run(`${square}
x = torch.tensor(2., requires_grad=True)
g, = torch.autograd.grad(Square.apply(x, 1), x, create_graph=True)
print(g, torch.autograd.grad(g, x))
print(torch.autograd.gradcheck(lambda t: Square.apply(t, 2), torch.tensor([1., 3.], dtype=torch.float64, requires_grad=True)))`);
    expect(lines).toEqual(['tensor(4., grad_fn=<MulBackward0>) (tensor(2.),)', 'True']);
  });
});

describe('whole derivatives', () => {
  it('of functions of one and of several tensors', async () => {
    const lines = await run(`
from torch.autograd.functional import hessian, hvp, jacobian, jvp, vjp
v = torch.tensor([2., 3.])
print(jacobian(lambda x: x, v).tolist())
print(jacobian(lambda x, y: (x * y, x.sum()), (v, v)))
print(hessian(lambda x: (x ** 3).sum(), v).tolist())
print(vjp(lambda x: x ** 2, v, torch.ones(2))[1], jvp(lambda x: x ** 2, v, torch.ones(2))[1])
print(hvp(lambda x: (x ** 3).sum(), v, torch.ones(2))[1])
x = torch.ones(2, requires_grad=True)
print(torch.autograd.grad(x ** 2, x, torch.eye(2), is_grads_batched=True))`);
    expect(lines).toEqual([
      '[[1.0, 0.0], [0.0, 1.0]]',
      '((tensor([[2., 0.],',
      '        [0., 3.]]), tensor([[2., 0.],',
      '        [0., 3.]])), (tensor([1., 1.]), tensor([0., 0.])))',
      '[[12.0, 0.0], [0.0, 18.0]]',
      'tensor([4., 6.]) tensor([4., 6.])',
      'tensor([12., 18.])',
      '(tensor([[2., 0.],',
      '        [0., 2.]]),)',
    ]);
  });
});
