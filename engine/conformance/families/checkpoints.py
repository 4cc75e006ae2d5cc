"""`torch.utils.checkpoint`: computing again what isn't kept."""

from vocabulary import program

program("""
from torch.utils.checkpoint import checkpoint
x = torch.tensor([1.,2.], requires_grad=True)
def f(a): print("run", torch.is_grad_enabled()); return (a*a).exp()
y = checkpoint(f, x, use_reentrant=False)
print(y, type(y.grad_fn).__name__)
y.sum().backward(); print(x.grad)
y = checkpoint(f, x, use_reentrant=True)
print(y, type(y.grad_fn).__name__, y.grad_fn)
x.grad=None
y.sum().backward(); print(x.grad)
""")
program("""
from torch.utils.checkpoint import checkpoint
x = torch.tensor([1.,2.], requires_grad=True)
y = checkpoint(lambda a: a*a, x)
y.sum().backward(); print(x.grad)
""")
program("""
from torch.utils.checkpoint import checkpoint
x = torch.tensor([1.,2.])
y = checkpoint(lambda a: a*a, x, use_reentrant=True)
print(y.requires_grad)
y = checkpoint(lambda a: a*a, x, use_reentrant=False)
print(y.requires_grad)
with torch.no_grad():
    x.requires_grad_()
    y = checkpoint(lambda a: a*a, x, use_reentrant=True); print(y.requires_grad)
    y = checkpoint(lambda a: a*a, x, use_reentrant=False); print(y.requires_grad)
""")
program("""
from torch.utils.checkpoint import checkpoint
x = torch.tensor([1.,2.], requires_grad=True)
torch.manual_seed(0)
for r in (True, False):
    y = checkpoint(lambda a: torch.nn.functional.dropout(a*a, 0.5), x, use_reentrant=r)
    a=torch.rand(2)
    y.sum().backward()
    print(y, a, torch.rand(2), x.grad); x.grad=None
    y = checkpoint(lambda a: torch.nn.functional.dropout(a*a, 0.5), x, use_reentrant=r, preserve_rng_state=False)
    y.sum().backward(); print(y, x.grad, torch.rand(1)); x.grad=None
""")
program("""
from torch.utils.checkpoint import checkpoint, checkpoint_sequential
import torch.nn as nn
torch.manual_seed(0)
m = nn.Sequential(nn.Linear(2,3), nn.ReLU(), nn.Linear(3,2), nn.Tanh())
x = torch.ones(1,2, requires_grad=True)
for r in (True, False):
    y = checkpoint_sequential(m, 2, x, use_reentrant=r); print(y.grad_fn.name(), y); y.sum().backward(); print(x.grad); x.grad=None
y = checkpoint_sequential(m, 2, x)
y = checkpoint_sequential([lambda a:a*2, lambda a:a+1], 2, x, use_reentrant=False); print(y)
try: checkpoint_sequential(m, 2, x, foo=1)
except Exception as e: print(type(e), e)
try: checkpoint(m, x, foo=1, use_reentrant=True)
except Exception as e: print(type(e), e)
try: checkpoint(m, x, foo=1, use_reentrant=False)
except Exception as e: print(type(e), e)
""")
program("""
from torch.utils.checkpoint import checkpoint
x = torch.tensor([1.,2.], requires_grad=True)
count=[0]
def f(a):
    count[0]+=1
    return a*a if count[0]==1 else (a*a).exp()
y = checkpoint(f, x, use_reentrant=False)
try: y.sum().backward(); print(x.grad)
except Exception as e: print(type(e), e)
def f2(a):
    count[0]+=1
    return a.exp().sin() if count[0]%2 else a*1
count[0]=0
y = checkpoint(f2, x, use_reentrant=False)
try: y.sum().backward(); print(x.grad)
except Exception as e: print(type(e), e)
def f3(a):
    count[0]+=1
    return (a*a).exp().sum() if count[0]%2 else (a[:1]*a[:1]).exp().sum()
count[0]=0
y = checkpoint(f3, x, use_reentrant=False)
try: y.sum().backward(); print(x.grad)
except Exception as e: print(type(e), e)
count[0]=0
y = checkpoint(f3, x, use_reentrant=False, determinism_check="none")
try: y.sum().backward(); print(x.grad)
except Exception as e: print(type(e), e)
try: checkpoint(f3, x, use_reentrant=False, determinism_check="foo")
except Exception as e: print(type(e), e)
""")
program("""
from torch.utils.checkpoint import checkpoint, set_checkpoint_early_stop
x = torch.tensor([1.,2.], requires_grad=True)
def f(a):
    b = a.sin(); print("1"); c = b.exp(); print("2"); d = c+1; print("3"); return d
y = checkpoint(f, x, use_reentrant=False); y.sum().backward()
with set_checkpoint_early_stop(False):
    y = checkpoint(f, x, use_reentrant=False)
y.sum().backward()
y = checkpoint(f, x, use_reentrant=False, early_stop=False); y.sum().backward()
""")
program("""
from torch.utils.checkpoint import checkpoint
x = torch.tensor([1.,2.], requires_grad=True)
y = checkpoint(lambda a: a.exp()*2, x, use_reentrant=False)
y.sum().backward(retain_graph=True)
y.sum().backward()
print(x.grad)
try: y.sum().backward()
except Exception as e: print(type(e), e)
y = checkpoint(lambda a: a.exp()*2, x, use_reentrant=True)
y.sum().backward(retain_graph=True)
y.sum().backward()
try: y.sum().backward()
except Exception as e: print(type(e), e)
""")
program("""
from torch.utils.checkpoint import checkpoint
x = torch.tensor([1.,2.], requires_grad=True)
y = checkpoint(lambda a: a.exp()*2, x, use_reentrant=True)
try: print(torch.autograd.grad(y.sum(), x))
except Exception as e: print(type(e), e)
y = checkpoint(lambda a: a.exp()*2, x, use_reentrant=False)
print(torch.autograd.grad(y.sum(), x))
y = checkpoint(lambda a: a.exp()*2, x, use_reentrant=False)
g, = torch.autograd.grad(y.sum(), x, create_graph=True)
print(g, torch.autograd.grad(g.sum(), x))
""")
program("""
from torch.utils.checkpoint import checkpoint
x = torch.tensor([1.,2.], requires_grad=True)
def outer(a): return checkpoint(lambda b: b.sin(), a*2, use_reentrant=False).cos()
y = checkpoint(outer, x, use_reentrant=False); y.sum().backward(); print(x.grad)
x.grad=None
def outer(a): return checkpoint(lambda b: b.sin(), a*2, use_reentrant=True).cos()
y = checkpoint(outer, x, use_reentrant=True); y.sum().backward(); print(x.grad)
""")
program("""
from torch.utils.checkpoint import checkpoint
import contextlib
x = torch.tensor([1.,2.], requires_grad=True)
@contextlib.contextmanager
def c(n):
    print("enter", n); yield; print("exit", n)
y = checkpoint(lambda a: a.exp()*2, x, use_reentrant=False, context_fn=lambda: (c("fwd"), c("re")))
y.sum().backward()
try: checkpoint(lambda a: a.exp()*2, x, use_reentrant=True, context_fn=lambda: (c("fwd"), c("re")))
except Exception as e: print(type(e), e)
try: checkpoint(lambda a: a.exp()*2, x, use_reentrant=True, debug=True)
except Exception as e: print(type(e), e)
""")
program("""
from torch.utils.checkpoint import checkpoint
x = torch.tensor([1.,2.], requires_grad=True)
y = checkpoint(lambda a, b, k=3: (a*b*k, a+b, 5), x, x*2, k=4, use_reentrant=False)
print(y)
(y[0].sum()+y[1].sum()).backward(); print(x.grad)
y = checkpoint(lambda a, b, n: (a*b, None, n), x, 3, "s", use_reentrant=True)
print(y)
y[0].sum().backward(); print(x.grad)
y = checkpoint(lambda d: d['a']*2, {'a': x}, use_reentrant=False); y.sum().backward(); print(x.grad)
""")
program("""
from torch.utils.checkpoint import checkpoint
x = torch.tensor([1.,2.], requires_grad=True)
def f(a): raise ValueError("in f")
for r in (True, False):
    try: checkpoint(f, x, use_reentrant=r)
    except Exception as e: print(type(e), e)
c=[0]
def g(a):
    c[0]+=1
    if c[0]%2==0: raise ValueError("second")
    return a*a
for r in (True, False):
    y = checkpoint(g, x, use_reentrant=r)
    try: y.sum().backward()
    except Exception as e: print(type(e), e)
    c[0]=0
""")
program("""
from torch.utils.checkpoint import checkpoint
x = torch.tensor([1.,2.], requires_grad=True)
w = torch.tensor([3.], requires_grad=True)
y = checkpoint(lambda a: a*w, x, use_reentrant=False)
y.sum().backward(); print(x.grad, w.grad)
y = checkpoint(lambda a: a*w, x, use_reentrant=True)
y.sum().backward(); print(x.grad, w.grad)
y = checkpoint(lambda a: a*w, x.detach(), use_reentrant=False)
y.sum().backward(); print(w.grad)
""")
