"""Tensors as Python objects: making, converting, copying, saving, iterating, formatting; datasets."""

from vocabulary import program

program("""
x = torch.tensor([1.0, 2.0])
print(float(x[0]), int(x[1]), bool(x[0]), complex(x[0]))
print(round(x[0]), [1, 2, 3][torch.tensor(1)], range(torch.tensor(3)))
""")

program("""
int(torch.tensor([1, 2]))
""")

program("""
float(torch.tensor([]))
""")

program("""
bool(torch.tensor([1, 2]))
""")

program("""
bool(torch.tensor([]))
""")

program("""
[1, 2][torch.tensor(1.0)]
""")

program("""
[1, 2][torch.tensor([0, 1])]
""")

program("""
print([1, 2][torch.tensor([1])], [1, 2][torch.tensor(True)])
""")

program("""
import math
x = torch.tensor(2.3)
print(math.sqrt(x), math.floor(x), math.ceil(x), math.trunc(x), math.exp(x), math.isnan(x))
print(math.pow(x, 2), max(x, torch.tensor(1.0)), min([torch.tensor(3), torch.tensor(2)]), sum([torch.tensor(1.0), 2]), abs(-x))
""")

program("""
import math
print(round(torch.tensor(2.567), 1), round(torch.tensor([1.234, 2.5])), divmod(torch.tensor(7.0), 2), pow(torch.tensor(2.0), 3), -x if False else 0)
""")

program("""
import math
math.floor(torch.tensor([1.0, 2.0]))
""")

program("""
import math
math.sqrt(torch.tensor([1.0, 2.0]))
""")

program("""
'a' in torch.ones(2)
""")

program("""
len(torch.tensor(1))
""")

program("""
iter(torch.tensor(1))
""")

program("""
a, b = torch.ones(3)
""")

program("""
print(list(reversed(torch.arange(3))), list(enumerate(torch.arange(2))), dict(zip('ab', torch.arange(2))))
""")

program("""
x = torch.tensor(3.14159)
print(f'{x:.2f} {x} {x!r} {x:>10} {x:e}')
print('%.3f %s %d' % (x, x, x))
print('{:.1f}'.format(x))
print(f'{torch.ones(2)}')
""")

program("""
f'{torch.ones(2):.2f}'
""")

program("""
print(f'{torch.tensor(3):5d}|{torch.tensor(True)}|{torch.tensor(3):05}|{torch.tensor(7):b}|{torch.tensor([1])}')
""")

program("""
x = torch.tensor(1.5, requires_grad=True)
print(f'{x:.1f}', f'{x * 2:.1f}', str(x))
print(float(x))
print(int(x))
print(x.item())
""")

program("""
torch.ones(2).item()
""")

program("""
torch.ones(0).item()
""")

program("""
print(torch.tensor(3).item(), type(torch.tensor(3).item()), torch.tensor(True).item(), torch.tensor([[2.5]]).item(), torch.tensor(0.1).item(), torch.tensor(0.1, dtype=torch.float64).item())
print(torch.ones(2, 2).tolist(), torch.tensor(1).tolist(), torch.ones(0).tolist(), torch.ones(2, 0).tolist(), torch.tensor([True]).tolist(), torch.tensor([0.1]).tolist())
""")

program("""
torch.ones(2).foo
""")

program("""
torch.ones(2).sqeeze()
""")

program("""
torch.foo
""")

program("""
torch.tensro
""")

program("""
torch.ones(2).shape = 3
""")

program("""
x = torch.ones(2)
x.foo = 3
print(x.foo, x.__dict__)
del x.foo
print(hasattr(x, 'foo'))
""")

program("""
x = torch.ones(2)
x.grad = torch.ones(3)
""")

program("""
x = torch.ones(2)
x.grad = torch.ones(2, dtype=torch.float64)
""")

program("""
x = torch.ones(2)
x.grad = 3
""")

program("""
x = torch.ones(2)
x.grad = x
""")

program("""
x = torch.ones(2)
x.data = 3
""")

program("""
x = torch.ones(2)
x.requires_grad = 'a'
""")

program("""
x = torch.ones(2, requires_grad=True)
y = x * 1
y.requires_grad = False
""")

program("""
x = torch.ones(2)
x.grad_fn = 3
""")

program("""
x = torch.ones(2)
x.is_leaf = 3
""")

program("""
x = torch.ones(2)
x.dtype = torch.float64
""")

program("""
x = torch.ones(2)
x.device = 'cpu'
""")

program("""
x = torch.ones(2)
del x[0]
""")

program("""
import copy
x = torch.ones(2, requires_grad=True)
copy.deepcopy(x * 2)
""")

program("""
import copy
x = torch.ones(2, requires_grad=True)
print(copy.copy(x * 2))
""")

program("""
import copy
b = torch.arange(6.0)
v = b.view(2, 3)[:, 1:]
c = copy.deepcopy(v)
print(c, c.stride(), c.storage_offset())
d = copy.deepcopy([b, v])
d[0][1] = 9
print(d[1])
""")

program("""
import io
b = io.BytesIO()
torch.save({'a': torch.ones(2), 'b': [torch.zeros(1, dtype=torch.int64), 3, 's']}, b)
b.seek(0)
print(torch.load(b))
b.seek(0)
print(torch.load(b, weights_only=False))
""")

program("""
import io, torch.nn as nn
b = io.BytesIO()
m = nn.Linear(2, 2)
torch.save(m.state_dict(), b)
b.seek(0)
sd = torch.load(b, weights_only=True)
print(m.load_state_dict(sd))
b = io.BytesIO()
torch.save(m, b)
b.seek(0)
print(torch.load(b, weights_only=False))
""")

program("""
import io, torch.nn as nn
b = io.BytesIO()
m = nn.Linear(2, 2)
torch.save(m, b)
b.seek(0)
torch.load(b)
""")

program("""
import io
torch.load(io.BytesIO(b''))
""")

program("""
torch.save(1)
""")

program("""
class T(torch.Tensor):
    pass
t = T([1.0, 2.0])
print(t, type(t), type(t + 1), type(t.sum()), isinstance(t, torch.Tensor))
u = torch.ones(2).as_subclass(T)
print(u, type(u * 2), type(u[0]), type(torch.add(u, 1)))
""")

program("""
class T(torch.Tensor):

    def double_it(self):
        return self * 2
t = torch.ones(2).as_subclass(T)
print(t.double_it(), type(t.double_it()))
""")

program("""
class T(torch.Tensor):

    @staticmethod
    def __new__(cls, data, extra=None):
        o = torch.Tensor._make_subclass(cls, torch.as_tensor(data))
        o.extra = extra
        return o

    def __repr__(self):
        return f'T({self.extra})'
t = T([1.0, 2.0], 'hi')
print(t, t.extra)
""")

program("""
class T(torch.Tensor):

    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        print('called', func.__name__)
        return super().__torch_function__(func, types, args, kwargs or {})
t = torch.ones(2).as_subclass(T)
y = torch.add(t, 1)
print(type(y))
""")

program("""
x = torch.ones(2)
print(isinstance(x, torch.FloatTensor), isinstance(x, torch.DoubleTensor), torch.is_tensor(x), torch.is_tensor(3), x.type(), x.type(torch.DoubleTensor), x.type('torch.LongTensor'), x.type(torch.int32).dtype, x.type(torch.FloatTensor) is x, type(x))
""")

program("""
torch.ones(2).type('foo')
""")

program("""
print(torch.Tensor(2, 3).shape, torch.Tensor([1, 2]), torch.Tensor(), torch.Tensor(torch.Size([2])).shape, torch.Tensor((1, 2)), torch.FloatTensor([1, 2]), torch.LongTensor([1, 2]), torch.LongTensor(2).shape, torch.BoolTensor([1, 0]), torch.ByteTensor([1]), torch.DoubleTensor([1]), torch.IntTensor([1]), torch.ShortTensor([3]), torch.CharTensor([3]))
print(torch.FloatTensor, torch.Tensor)
""")

program("""
torch.Tensor(2.5)
""")

program("""
torch.Tensor('a')
""")

program("""
torch.Tensor([[1, 2], [3]])
""")

program("""
torch.Tensor(2, 'a')
""")

program("""
torch.LongTensor([1.5])
""")

program("""
torch.FloatTensor(torch.ones(2, dtype=torch.int64))
""")

program("""
print(torch.Tensor(torch.ones(2)), torch.Tensor(3).shape, torch.Tensor([]).shape, torch.Tensor([True, 2]))
""")

program("""
torch.Tensor([1.0], requires_grad=True)
""")

program("""
torch.Tensor(None)
""")

program("""
torch.Tensor({})
""")

program("""
print(torch.tensor([1, 2.5, True]), torch.tensor([True, False]), torch.tensor([True, 2]), torch.tensor((1, 2)), torch.tensor([(1, 2), [3, 4]]), torch.tensor([]), torch.tensor([[], []]), torch.tensor(range(3)), torch.tensor(5), torch.tensor(2.0), torch.tensor([[1], [2.0]]))
""")

program("""
torch.tensor([[1, 2], [3]])
""")

program("""
torch.tensor([[1, 2], 3])
""")

program("""
torch.tensor([1, [2, 3]])
""")

program("""
torch.tensor([1.0, [2, 3]])
""")

program("""
torch.tensor('a')
""")

program("""
torch.tensor(['a', 'b'])
""")

program("""
torch.tensor(None)
""")

program("""
torch.tensor([None])
""")

program("""
torch.tensor([1, None])
""")

program("""
torch.tensor({1, 2})
""")

program("""
torch.tensor({'a': 1})
""")

program("""
torch.tensor([{'a': 1}])
""")

program("""
torch.tensor(object())
""")

program("""
torch.tensor()
""")

program("""
torch.tensor(1, 2)
""")

program("""
torch.tensor([1, 2], requires_grad=True)
""")

program("""
torch.tensor([1.0], dtype='float32')
""")

program("""
torch.tensor([1.0], foo=3)
""")

program("""
torch.tensor(torch.ones(2))
""")

program("""
x = torch.ones(2, requires_grad=True)
y = torch.tensor(x)
print(y.requires_grad)
z = torch.tensor(x, requires_grad=True)
print(z)
""")

program("""
print(torch.tensor([torch.tensor(1.0), torch.tensor(2.0)]), torch.tensor([torch.tensor(1), 2.5]), torch.tensor([torch.tensor([1]), torch.tensor([2])]))
""")

program("""
torch.tensor([torch.ones(2), torch.ones(2)])
""")

program("""
x = torch.tensor(1.0, requires_grad=True)
print(torch.tensor([x, x]))
""")

program("""
print(torch.tensor([1, 2], dtype=torch.float64), torch.tensor([1.7, -1.7], dtype=torch.int64), torch.tensor([0, 2.0], dtype=torch.bool), torch.tensor([300], dtype=torch.uint8) if False else 0, torch.tensor(1, dtype=float), torch.tensor(1, dtype=int), torch.tensor(1, dtype=bool))
""")

program("""
torch.tensor([300], dtype=torch.uint8)
""")

program("""
torch.tensor([-1], dtype=torch.uint8)
""")

program("""
torch.tensor([2 ** 31], dtype=torch.int32)
""")

program("""
torch.tensor(2 ** 63)
""")

program("""
torch.tensor(float('nan'), dtype=torch.int64)
""")

program("""
torch.tensor(1e+40)
""")

program("""
print(torch.tensor(1e+40), torch.tensor([float('inf'), float('nan')]), torch.tensor(1e-46), torch.tensor(-0.0))
""")

program("""
torch.tensor(3, device='foo')
""")

program("""
torch.device('foo')
""")

program("""
torch.device(3.5)
""")

program("""
torch.device()
""")

program("""
torch.device(type='cpu', index=1, foo=2)
""")

program("""
print(torch.as_tensor([1, 2]), torch.as_tensor(3.0), torch.as_tensor(torch.ones(1)))
x = torch.ones(2)
print(torch.as_tensor(x) is x, torch.as_tensor(x, dtype=torch.float64))
torch.as_tensor('a')
""")

program("""
print(torch.asarray([1, 2]), torch.scalar_tensor(3), torch.ones(2).new_tensor([1, 2]), torch.ones(2).new_zeros(2, 3), torch.ones(2).new_full((2,), 3), torch.ones(2).new_empty(2).shape, torch.ones(2).new_ones(2, dtype=torch.int32))
print(torch.ones(2).new([1, 2]), torch.ones(2).new(3).shape)
""")

program("""
torch.asarray('a')
""")

program("""
x = torch.ones(2)
print(x.to(torch.float64), x.to('cpu') is x, x.to(x) is x, x.to(torch.float32) is x, x.to(torch.float32, copy=True) is x, x.to(dtype=torch.int32), x.to('cpu', torch.float64), x.to(device='cpu', dtype=torch.int64), x.to(torch.ones(1, dtype=torch.int8)), x.to(torch.device('cpu'), non_blocking=True) is x, x.cpu() is x, x.float() is x, x.double(), x.int(), x.long(), x.bool(), x.short(), x.byte(), x.char())
""")

program("""
torch.ones(2).to('foo')
""")

program("""
torch.ones(2).to(3)
""")

program("""
torch.ones(2).to()
""")

program("""
torch.ones(2).to(dtype='float')
""")

program("""
torch.ones(2).to(int)
""")

program("""
x = torch.ones(2, requires_grad=True)
y = x.double()
print(y, y.to(torch.int64))
y.sum().backward()
print(x.grad)
""")

program("""
print(torch.get_default_dtype())
torch.set_default_dtype(torch.float64)
print(torch.ones(2), torch.tensor(1.0), torch.rand(1).dtype, torch.arange(2.0).dtype, torch.ones(2, dtype=torch.float32))
torch.set_default_dtype(torch.int32)
""")

program("""
torch.set_default_dtype('a')
""")

program("""
print(torch.finfo(torch.float32), torch.finfo(torch.float64), torch.iinfo(torch.int64), torch.iinfo(torch.uint8), torch.finfo(torch.float32).eps, torch.finfo().max, torch.iinfo(torch.int32).min, torch.finfo(torch.float64).tiny, torch.finfo(torch.float32).smallest_normal, torch.finfo(torch.float32).resolution, torch.finfo(torch.float32).bits, torch.finfo(torch.float32).dtype)
""")

program("""
torch.finfo(torch.int32)
""")

program("""
torch.iinfo(torch.float32)
""")

program("""
torch.iinfo()
""")

program("""
torch.finfo(3)
""")

program("""
torch.Size(3)
""")

program("""
torch.Size([1.5])
""")

program("""
torch.Size(['a'])
""")

program("""
print(torch.Size([torch.tensor(2)]), torch.Size((True,)))
""")

program("""
print(torch.is_floating_point(torch.ones(1)), torch.numel(torch.ones(2, 3)), torch.is_nonzero(torch.tensor(1)), torch.typename(torch.ones(1)), torch.typename(3), torch.typename('a'), torch.typename(torch.nn.Linear(1, 1)))
torch.is_nonzero(torch.ones(2))
""")

program("""
torch.set_num_threads(1)
torch.use_deterministic_algorithms(True)
print(torch.are_deterministic_algorithms_enabled())
torch.use_deterministic_algorithms(False)
torch.set_grad_enabled(True)
torch.backends.cudnn.deterministic = True
torch.set_flush_denormal(False)
torch.set_float32_matmul_precision('high')
""")

program("""
print([n for n in ('sum', 'view', 'foo', 'backward', 'shape') if n in dir(torch.ones(1))], [n for n in ('ones', 'nn', 'foo') if n in dir(torch)])
""")

program("""
x = torch.arange(4)
x.apply_(lambda v: v * 2)
print(x)
y = torch.ones(2)
y.map_(torch.tensor([2.0, 3.0]), lambda a, b: a + b)
print(y)
""")

program("""
class T(torch.Tensor):

    def double_it(self):
        return self * 2
t = torch.ones(2).as_subclass(T)
print(t.double_it(), type(t.double_it()))
print(type(2 * t), type(torch.ones(2) * t), type(t.exp()), type(torch.stack([torch.ones(2), torch.ones(2)])), type(t.max(0)), type(t.clone()), type(t.detach()), t.shape, len(t), t.tolist(), type(t.grad))
for x in t:
    print(type(x), x)
t += 1
print(t)
t[0] = 5
print(t)
print(t.mean().item(), float(t[0]))
""")

program("""
class T(torch.Tensor):
    pass
t = torch.ones(2, requires_grad=True).as_subclass(T)
(t * t).sum().backward()
print(type((t * t).sum()))
""")

program("""
import io
b = io.BytesIO()
torch.save({'a': torch.ones(2), 'b': [torch.zeros(1, dtype=torch.int64), 3, 's', None, True, 2.5, (1,), {3}]}, b)
b.seek(0)
print(torch.load(b))
b.seek(0)
print(torch.load(b, weights_only=False))
""")

program("""
import io
b = io.BytesIO()
o = torch.optim.Adam([torch.ones(2, requires_grad=True)])
torch.save({'o': o.state_dict(), 'p': torch.nn.Parameter(torch.ones(1))}, b)
b.seek(0)
print(torch.load(b))
""")

program("""
from torch.utils.data import *
x = torch.arange(10.0).view(5, 2)
y = torch.arange(5)
ds = TensorDataset(x, y)
print(len(ds), ds[1], ds[-1], ds[1:3])
for e in range(2):
    for xb, yb in DataLoader(ds, batch_size=2, shuffle=True):
        print(xb, yb)
print(torch.rand(1))
for b in DataLoader(ds, batch_size=2):
    print(b)
for b in DataLoader(ds, batch_size=2, drop_last=True):
    print(b)
for b in DataLoader(ds, batch_size=None):
    print(b)
dl = DataLoader(ds, 3, shuffle=True, generator=torch.Generator().manual_seed(3))
print(len(dl), [b[1].tolist() for b in dl], [b[1].tolist() for b in dl], torch.rand(1))
""")

program("""
from torch.utils.data import *
a, b = random_split(range(10), [7, 3])
print(list(a), list(b), type(a))
a, b, c = random_split(range(10), [0.5, 0.3, 0.2], generator=torch.Generator().manual_seed(42))
print(list(a), list(b), list(c), a.indices, len(a))
print(torch.rand(1))
random_split(range(10), [3, 3])
""")

program("""
from torch.utils.data import random_split
random_split(range(2), [0.3, 0.3, 0.4])
random_split(range(10), [1.5, -0.5])
""")

program("""
from torch.utils.data import *
class D(Dataset):

    def __len__(self):
        return 4

    def __getitem__(self, i):
        return {'x': torch.tensor([i]), 'y': i * 0.5, 's': str(i), 'l': [i, i + 1], 't': (i, True)}
for b in DataLoader(D(), 2):
    print(b)
print(len(D() + D()), (D() + D())[5], ConcatDataset([D(), D()])[-1])
""")

program("""
from torch.utils.data import *
d = TensorDataset(torch.ones(3))
for f in (lambda: DataLoader(d, batch_size=0), lambda: DataLoader(d, batch_size=-1), lambda: DataLoader(d, num_workers=-1), lambda: DataLoader(d, shuffle=True, sampler=SequentialSampler(d)), lambda: DataLoader(d, batch_sampler=[[0]], shuffle=True), lambda: DataLoader(d, batch_size=None, drop_last=True), lambda: TensorDataset(torch.ones(2), torch.ones(3)), lambda: Dataset()[0], lambda: DataLoader(TensorDataset(torch.ones(0)), shuffle=True), lambda: next(iter(DataLoader([object()]))), lambda: next(iter(DataLoader([[1, 2], [3]], batch_size=2))), lambda: next(iter(DataLoader([torch.ones(2), torch.ones(3)], batch_size=2))), lambda: RandomSampler(d, replacement=3), lambda: WeightedRandomSampler([1.0, 2.0], 0), lambda: next(iter(DataLoader([None])))):
    try:
        print(f())
    except Exception as e:
        print(type(e), e)
dl = DataLoader(d)
dl.batch_size = 3
""")

program("""
from torch.utils.data import *
print(list(RandomSampler(range(5))), list(RandomSampler(range(5), replacement=True, num_samples=40)), list(RandomSampler(range(5), num_samples=7)), list(SubsetRandomSampler([3, 4, 5])), list(WeightedRandomSampler([0.1, 0.9, 0.5], 6)), list(WeightedRandomSampler([0.1, 0.9, 0.5], 2, replacement=False)), list(BatchSampler(SequentialSampler(range(7)), 3, False)), len(BatchSampler(SequentialSampler(range(7)), 3, True)))
for b in DataLoader(range(6), batch_sampler=[[0, 3], [1]]):
    print(b)
print(next(iter(DataLoader(range(3), collate_fn=lambda b: b))), next(iter(DataLoader([(1.5, 'a'), (2, 'b')], 2))), next(iter(DataLoader(torch.arange(4.0), 2))))
print(default_collate([1, 2]), default_collate([{'a': 1}, {'a': 2}]))
""")

program("""
from torch.utils.data import DataLoader, TensorDataset
import torch.nn as nn
torch.manual_seed(0)
X = torch.randn(20, 3)
Y = X @ torch.tensor([1.0, 2, 3]) + 0.1 * torch.randn(20)
m = nn.Linear(3, 1)
o = torch.optim.SGD(m.parameters(), lr=0.05)
dl = DataLoader(TensorDataset(X, Y.unsqueeze(1)), batch_size=5, shuffle=True)
for e in range(5):
    t = 0
    for x, y in dl:
        l = ((m(x) - y) ** 2).mean()
        o.zero_grad()
        l.backward()
        o.step()
        t += l.item()
    print(f'epoch {e} {t:.4f}')
print(m.weight)
""")

program("""
x = torch.rand(3, 4)
print(x)
print(x * 1000000.0)
print(x * 1e-06)
print(torch.tensor([10000000000.0, 1.0]))
print(torch.tensor([1.0, 2.0, 100000.0]))
print(torch.tensor([0.1, 1000.0]))
print(torch.tensor([1e-05, 1.0]))
print(torch.tensor([float('nan'), 1.0, float('inf'), -float('inf')]))
print(torch.tensor([float('nan')]), torch.tensor([float('inf'), 1.5]))
print(torch.tensor([0.0, 0.0]))
print(torch.tensor([-0.0]))
print(torch.tensor([1e+38, 1.0]))
print(torch.tensor(1e-45))
print(torch.tensor([123456789.0]))
print(torch.tensor([12345678]))
print(torch.tensor([1.5, -2.25]))
print(torch.tensor([True, False]))
print(torch.tensor([[1], [200]]))
print(torch.tensor([-1, 10]))
""")

program("""
for kw in (dict(precision=2), dict(threshold=5), dict(edgeitems=1, threshold=5), dict(linewidth=40), dict(sci_mode=True), dict(sci_mode=False), dict(profile='short'), dict(profile='full')):
    torch.set_printoptions(**kw)
    print(torch.arange(20.0) / 7)
    print(torch.rand(3, 4) * 100000.0)
    print(torch.arange(8).view(2, 4))
    torch.set_printoptions(profile='default')
print(torch.arange(30.0) * 1e-06)
""")

program("""
print(torch.get_printoptions() if hasattr(torch, 'get_printoptions') else 0)
torch.set_printoptions(precision=8)
print(torch._tensor_str.get_printoptions())
print(torch.tensor([1 / 3]))
with torch._tensor_str.printoptions(precision=2):
    print(torch.tensor([1 / 3]))
print(torch.tensor([1 / 3]))
""")

program("""
with torch.printoptions(precision=2):
    print(torch.tensor([1 / 3]))
""")

program("""
torch.set_printoptions(profile='foo')
""")

program("""
torch.set_printoptions(foo=3)
""")

program("""
torch.set_printoptions(edgeitems=0, threshold=0)
print(torch.ones(3))
print(torch.ones(2, 2))
""")

program("""
torch.set_default_dtype(torch.float64)
print(torch.ones(2), torch.ones(2, dtype=torch.float32), torch.tensor(1.5), torch.zeros(0), torch.zeros(0, dtype=torch.float32))
""")

program("""
print([torch.ones(2), torch.tensor(1)], {'a': torch.ones(1)}, (torch.ones(1),), repr(torch.ones(1)), str(torch.ones(1)), f'{torch.ones(1)!r}')
print(torch.nn.Parameter(torch.randn(20)))
print([torch.nn.Parameter(torch.ones(1))])
""")

program("""
print(torch.tensor(3.0), torch.tensor(3), torch.tensor(True), torch.tensor(10000000000.0), torch.tensor(1e-10), torch.tensor(12345.678), torch.tensor(100000.0), torch.tensor(123456.789), torch.tensor(0.00012), torch.tensor(-1.5e-05), torch.tensor(float('nan')), torch.tensor(2.0, dtype=torch.float64), torch.tensor(2, dtype=torch.uint8))
""")

program("""
x = torch.tensor([[1.123456, 22.5], [333.0, 4444.0]])
print(x)
print(x * 1000)
print(x.to(torch.int64))
print(-x)
print(x / 1000000000.0)
print(torch.tensor([100000000.0, 1e-08, 0.0]))
print(torch.tensor([99999999.0, 1.0]))
print(torch.tensor([9e-05, 1.0]))
print(torch.tensor([1.0, 1001.5]))
print(torch.tensor([1.0, 999.5]))
""")

program("""
from torch.nn.utils.rnn import pad_sequence
print(pad_sequence([torch.ones(2), torch.ones(3)]), pad_sequence([torch.ones(2, 2), torch.ones(1, 2)], batch_first=True, padding_value=9.0), pad_sequence([torch.tensor([1, 2]), torch.tensor([3])], batch_first=True, padding_side='left'))
a = torch.ones(2, requires_grad=True)
pad_sequence([a, torch.ones(3)]).sum().backward()
print(a.grad)
""")

program("""
from torch.nn.utils.rnn import pad_sequence
pad_sequence(3)
""")

program("""
import torch.nn as nn
from torch.nn.modules.module import register_module_forward_hook
h = register_module_forward_hook(lambda m, i, o: print('g', type(m).__name__))
nn.Sequential(nn.ReLU(), nn.Tanh())(torch.ones(1))
h.remove()
nn.ReLU()(torch.ones(1))
""")

program("""
print(torch.get_default_device())
torch.set_default_tensor_type(torch.DoubleTensor)
print(torch.ones(1))
torch.set_default_tensor_type('torch.FloatTensor')
print(torch.ones(1))
torch.set_default_tensor_type(torch.LongTensor)
""")

program("""
print(torch.Tensor(2, 3, device='cpu').shape, torch.Tensor(size=(2,)).shape, torch.LongTensor([1.7]), torch.BoolTensor([2, 0]), isinstance(torch.ones(1), torch.FloatTensor))
torch.Tensor([1.0], requires_grad=True)
""")
