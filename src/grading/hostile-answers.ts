// Answers that would rather be believed than be right, and right ones that look odd: for the tests in Node and in the browser.

/** An exercise to try them on. */
export const exercise = {
  check: `
import torch
from dxdx_grading import check

@check("It doubles two numbers")
def two_numbers(program):
    return program.double(torch.tensor([1.0, 2.0]))

@check("It doubles numbers it has not seen", rounds=2)
def unseen(program, draw):
    return program.double(draw.tensor(3))
`,
  solution: 'def double(x):\n    return x * 2\n',
  mistakes: {
    'squares.py': { message: '<p>You square.</p>', program: 'def double(x):\n    return x ** 2\n' },
  },
};

const RIGHT = 'def double(x):\n    return x + x\n';

export const refused: Record<string, string> = {
  'something that equals everything': `
class Anything:
    def __eq__(self, other):
        return True
    def tolist(self):
        return [2.0, 4.0]
def double(x):
    return Anything()`,
  'a tensor of a class of its own': `
import torch
class Mine(torch.Tensor):
    pass
def double(x):
    return (x * 3).as_subclass(Mine)`,
  'a number that equals everything': `
class Number(float):
    def __eq__(self, other):
        return True
def double(x):
    return Number(1)`,
  'a torch that says what it is told': `
import torch
torch.Tensor.tolist = lambda self: [2.0, 4.0]
torch.Tensor.__eq__ = lambda self, other: True
torch.allclose = torch.equal = lambda *a, **k: True
def double(x):
    return x`,
  'a right answer by way of a changed torch': `
import torch
torch.Tensor.twice = lambda self: self * 2
def double(x):
    return x.twice()`,
  'a torch whose inputs never change': `
import torch
real = torch.tensor
torch.tensor = lambda *a, **k: real([1.0, 2.0])
def double(x):
    return real([2.0, 4.0])`,
  'a changed checker': `
import dxdx_grading, dxdx_grading._describe, dxdx_grading._grade
for module in (dxdx_grading, dxdx_grading._describe, dxdx_grading._grade):
    module.describe = lambda *a, **k: {"kind": "plain", "type": "str", "text": "right"}
def double(x):
    return x`,
  'changed builtins': `
import builtins
builtins.all = builtins.any = lambda *a: True
builtins.type = lambda *a: None
def double(x):
    return x`,
  'modules that are gone': `
import sys
for name in list(sys.modules):
    if name.startswith(("torch", "dxdx")):
        del sys.modules[name]
def double(x):
    return x`,
  'an exit': 'import sys\nsys.exit(0)',
  'an exit at once': 'import os\nos._exit(0)',
  'an exit while it is asked': 'def double(x):\n    raise SystemExit(0)',
  'an exception that slips through':
    'class Slippery(BaseException): pass\ndef double(x):\n    raise Slippery',
  'an exception that cannot be described': `
class Broken(Exception):
    def __str__(self):
        raise self
    __repr__ = __str__
def double(x):
    raise Broken`,
  'an interrupt': 'raise KeyboardInterrupt',
  'endless recursion': 'def double(x):\n    return double(x)',
  'a list that holds itself': 'def double(x):\n    it = []\n    it.append(it)\n    return it',
  'an object whose repr raises': `
class Odd:
    def __repr__(self):
        raise SystemExit
def double(x):
    return Odd()`,
  'a huge tensor': 'import torch\ndef double(x):\n    return torch.zeros(1_000_000)',
  'nothing at all': '',
  'no Python': 'this is not Python',
  'a name that is no function': 'double = 2',
  'the wrong dtype': 'def double(x):\n    return (x * 2).double()',
  'a list of the right numbers': 'def double(x):\n    return (x * 2).tolist()',
  'one dimension too many': 'def double(x):\n    return (x * 2).unsqueeze(0)',
  'numbers written down': 'import torch\ndef double(x):\n    return torch.tensor([2.0, 4.0])',
  'a changed input': 'def double(x):\n    return x.mul_(2)',
  'an input that now requires grad': 'def double(x):\n    return (x.requires_grad_() * 2).detach()',
  'a grad left behind': `
def double(x):
    y = x * 2
    x.grad = y.clone()
    return y`,
  'an isinstance that is told what to say': `
import builtins
builtins.isinstance = lambda *a: True
def double(x):
    return x`,
  'a class that says it is another': `
import torch
class Liar:
    @property
    def __class__(self):
        return torch.Tensor
    def tolist(self):
        return [2.0, 4.0]
def double(x):
    return Liar()`,
  'a class whose instances are everything': `
import torch
class Meta(type):
    def __instancecheck__(cls, other):
        return True
class Any(metaclass=Meta):
    pass
torch.Tensor = Any
def double(x):
    return x`,
  'an object that fails at everything': `
class Broken:
    def __getattribute__(self, name):
        raise SystemExit
    def __repr__(self):
        raise KeyboardInterrupt
    def __eq__(self, other):
        raise GeneratorExit
    def __hash__(self):
        raise StopIteration
def double(x):
    return Broken()`,
  'a broken object in the place of the function': `
class Broken:
    def __getattribute__(self, name):
        raise SystemExit
double = Broken()`,
  'an object that is called when it dies': `
import torch
class Last:
    def __del__(self):
        torch.Tensor.tolist = lambda self: [2.0, 4.0]
        raise SystemExit
def double(x):
    Last()
    return x`,
  'an encoder of JSON that writes what it likes': `
import json, json.encoder
json.dumps = json.JSONEncoder.encode = json.encoder.JSONEncoder.iterencode = lambda *a, **k: '{"checks": [], "programs": {}}'
def double(x):
    return x`,
  'a record that is forged in the frames above': `
import sys
def double(x):
    frame = sys._getframe()
    while frame:
        for value in frame.f_locals.values():
            if type(value) is dict:
                value["value"] = {"kind": "plain", "type": "str", "text": "right"}
        frame = frame.f_back
    return x`,
  'checks that are replaced where they lie in memory': `
import gc
for thing in gc.get_objects():
    if type(thing).__name__ == "Check":
        object.__setattr__(thing, "probe", lambda *a: None)
def double(x):
    return x`,
  'a grader that is replaced where it lies in memory': `
import gc, types
def nothing(*a, **k):
    return {"kind": "plain", "type": "str", "text": "right"}
for thing in gc.get_objects():
    if isinstance(thing, types.FunctionType) and thing.__module__ == "dxdx_grading._describe":
        thing.__code__ = nothing.__code__
def double(x):
    return x`,
  'frames that are walked for what is expected': `
import sys
def double(x):
    frame = sys._getframe()
    while frame:
        for name in ("expected", "solution", "wanted", "answer"):
            if name in frame.f_locals:
                return frame.f_locals[name]
        frame = frame.f_back
    return x`,
  'a checker of its own': `
import sys, types
fake = types.ModuleType("dxdx_grading")
fake.check = lambda *a, **k: (lambda f: f)
fake.grade = lambda request: '{"checks": [], "programs": {}}'
sys.modules["dxdx_grading"] = fake
def double(x):
    return x`,
  'an import that gives something else': `
import sys
class Finder:
    def find_spec(self, *a):
        raise SystemExit
sys.meta_path.insert(0, Finder())
sys.path.clear()
def double(x):
    import statistics
    return x`,
  'a timer and a last wish': `
import atexit, signal, threading
atexit.register(lambda: print("later"))
threading.Timer(0, lambda: print("soon")).start()
def double(x):
    return x`,
  'a bomb of memory': `
kept = []
while True:
    kept.append(bytearray(100_000_000))`,
  'a bomb of tensors': `
import torch
def double(x):
    return torch.zeros(10**12)`,
  'a flood of output': `
def double(x):
    for i in range(20_000):
        print("x" * 100)
    return x`,
  'a flood of warnings': `
import warnings
def double(x):
    for i in range(5_000):
        warnings.warn(str(i))
    return x`,
  'an endless chain of causes': `
def double(x):
    error = ValueError(0)
    for i in range(3_000):
        try:
            raise ValueError(i) from error
        except ValueError as next_:
            error = next_
    raise error`,
  'a message that would be markup': `
def double(x):
    raise ValueError("<img src=x onerror='document.title = 1'>")`,
  'a name for a class that would be markup': `
def double(x):
    return type("<b>bold</b>", (), {})()`,
  'a result for the page, sent by itself': `
try:
    from js import postMessage
    postMessage({"solved": True})
except ImportError:
    pass
def double(x):
    return x`,
  'prototypes of JavaScript': `
from torch import _C
try:
    _C.signatures.constructor.prototype.solved = True
    _C.signatures.constructor.constructor.prototype.solved = True
except BaseException:
    pass
def double(x):
    return x`,
  'a list that denies its length': `
class Odd(list):
    def __len__(self):
        raise SystemExit
    def __iter__(self):
        raise SystemExit
def double(x):
    return Odd([2.0, 4.0])`,
  'limits set while it is asked': `
import sys
def double(x):
    depth, frame = 0, sys._getframe()
    while frame:
        depth, frame = depth + 1, frame.f_back
    sys.setrecursionlimit(depth + 2)
    sys.setrecursionlimit = sys.settrace = None
    return x`,
  'settings for all': `
import sys, gc
sys.setrecursionlimit(10)
gc.disable()
sys.stdout = sys.stderr = None
def double(x):
    return x`,
};

export const accepted: Record<string, string> = {
  'another way': RIGHT,
  'with noise': `import sys\nprint("here")\nsys.stderr.write("there")\n${RIGHT}\nprint(double(3))`,
  'with a great deal of noise': `print("x" * 1_000_000)\n${RIGHT}`,
  'with the output closed': `import sys\nsys.stdout.close()\n${RIGHT}`,
  'with its own sum and type': `sum = type = len = check = program = None\n${RIGHT}`,
  'with settings of its own': `
import random, sys, torch
torch.set_default_dtype(torch.float64)
torch.set_grad_enabled(False)
torch.manual_seed(7)
random.seed(7)
sys.setrecursionlimit(150)
${RIGHT}`,
  'with a trace': `import sys\nsys.settrace(lambda *a: None)\n${RIGHT}`,
  'with a gradient attached': `
def double(x):
    return x.detach().clone().requires_grad_() * 2`,
  'with a module of its own': `import math, collections, torch.nn.functional as F\n${RIGHT}`,
  'within the tolerance': 'def double(x):\n    return x * 2.0000001',
  'as a lambda': 'double = lambda x: 2 * x',
  'as a callable object': `
class Double:
    def __call__(self, x):
        return x * 2
double = Double()`,
};
