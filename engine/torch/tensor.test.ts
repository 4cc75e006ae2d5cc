import { describe, expect, it } from 'vitest';
import { pythonForTests } from './python.ts';

const run = pythonForTests();

describe('a tensor', () => {
  it('gives the same object for the same gradient and node', async () => {
    const lines = await run(`
x = torch.tensor([1., 2.], requires_grad=True)
y = (x * x).sum()
y.backward()
print(x.grad is x.grad, y.grad_fn is y.grad_fn)
node = y.grad_fn.next_functions[0][0]
print(node is y.grad_fn.next_functions[0][0], node.next_functions[0][0].variable is x)
print(x.float() is x, x.contiguous() is x, x.cpu() is x, x.detach() is x)`);
    expect(lines).toEqual(['True True', 'True True', 'True True True False']);
  });

  it('bears attributes of the reader’s own', async () => {
    expect(await run('x = torch.ones(2)\nx.note = "mine"\nprint(x.note, hasattr(x, "other"))')).toEqual([
      'mine False',
    ]);
  });

  it('is iterated, unpacked, contained, hashed and formatted', async () => {
    const lines = await run(`
x = torch.tensor([[1., 2.], [3., 4.]])
a, b = x
print(a.tolist(), [row.sum().item() for row in x], len(x))
print(2. in x, 5. in x, len({x, x}), hash(x) == id(x))
print(f"{x[0, 0]:.2f} {x.sum()} {x[0]}")`);
    expect(lines).toEqual(['[1.0, 2.0] [3.0, 7.0] 2', 'True False 1 True', '1.00 10.0 tensor([1., 2.])']);
  });

  it('is copied and pickled with its flags, its gradient and its attributes', async () => {
    const lines = await run(`
import copy, pickle
x = torch.tensor([1., 2.], requires_grad=True)
(x * x).sum().backward()
x.note = [1]
y = copy.deepcopy(x)
print(y, y.grad, y.note, y.note is x.note)
print(pickle.loads(pickle.dumps(x)))
p = copy.deepcopy(torch.nn.Parameter(torch.ones(1)))
print(type(p).__name__, p)`);
    expect(lines).toEqual([
      'tensor([1., 2.], requires_grad=True) tensor([2., 4.]) [1] False',
      'tensor([1., 2.], requires_grad=True)',
      'Parameter Parameter containing:',
      'tensor([1.], requires_grad=True)',
    ]);
  });

  it('takes new data, and remembers who it is', async () => {
    const lines = await run(`
w = torch.ones(2, requires_grad=True)
(w * 3).sum().backward()
w.data -= 0.5 * w.grad
print(w, w.is_leaf)
w.data = torch.zeros(3)
print(w.shape, w.requires_grad)`);
    expect(lines).toEqual(['tensor([-0.5000, -0.5000], requires_grad=True) True', 'torch.Size([3]) True']);
  });

  it('does not fill memory with what Python has let go of', async () => {
    const lines = await run(`
handles = torch._C.engine.handle_count
x = torch.ones(2, requires_grad=True)
for _ in range(5000):
    ((x * 2 + 1) ** 2).sum().backward()
print(handles() < 600)
for _ in range(50):
    big = torch.zeros(1000, 1000)
print(handles() < 600)`);
    expect(lines).toEqual(['True', 'True']);
  });
});

describe('what dxdx has not', () => {
  it('says so, and is absent for hasattr; what nobody has is a plain AttributeError', async () => {
    const lines = await run(`
for name in ("fft", "foo"):
    try:
        getattr(torch, name)
    except Exception as error:
        print(type(error).__name__, error)
print(hasattr(torch, "jit"), torch.cuda.is_available())
try:
    torch.zeros(2, dtype=torch.complex64)
except NotImplementedError as error:
    print(error)`);
    expect(lines).toEqual([
      "NotInDxdx dxdx doesn't have torch.fft. There are no complex numbers here: keep real and imaginary parts in two tensors.",
      "AttributeError module 'torch' has no attribute 'foo'",
      'False False',
      'dxdx has no torch.complex64 tensors: keep real and imaginary parts in two tensors.',
    ]);
  });

  it('says what is out of scope where it is imported, too', async () => {
    const lines = await run(`
for line in (
    "from torch import fft", "from torch.optim import SparseAdam",
    "from torch.nn.parallel import DataParallel", "from torch.nn import Lin",
    "from torch.nn import LSTM",
):
    try:
        exec(line)
        print("fine")
    except ImportError as error:
        print(str(error).split(" (/")[0])`);
    expect(lines).toEqual([
      "dxdx doesn't have torch.fft. There are no complex numbers here: keep real and imaginary parts in two tensors.",
      "dxdx doesn't have torch.optim.SparseAdam. There are no sparse tensors here: use an ordinary (dense) tensor.",
      "dxdx doesn't have torch.nn.parallel. Everything runs in one thread here.",
      "cannot import name 'Lin' from 'torch.nn'",
      'fine',
    ]);
  });

  it('refuses a whole number that it would not hold exactly, from wherever it comes', async () => {
    const lines = await run(`
x = torch.zeros(2, dtype=torch.int64)
def assign():
    x[0] = 2**60
for make in (
    lambda: torch.tensor(2**53 - 1).item(), lambda: torch.tensor(2**62), lambda: torch.tensor([0, -2**53]),
    lambda: torch.tensor(list(range(2000)) + [2**53]), lambda: torch.full((2,), 2**53), assign, lambda: torch.tensor(2.0**53).item(),
):
    try:
        print(make())
    except RuntimeError as error:
        print(str(error).split(" and ")[1].split(".")[0])`);
    expect(lines).toEqual([
      '9007199254740991',
      '4611686018427387904 is beyond it',
      '-9007199254740992 is beyond it',
      '9007199254740992 is beyond it',
      '9007199254740992 is beyond it',
      '1152921504606846976 is beyond it',
      '9007199254740992.0',
    ]);
  });
});
