"""What is recorded when, and anomaly mode."""

from vocabulary import program

program("""
x = torch.ones(2, requires_grad=True)
@torch.no_grad()
def f(a): return a*2, torch.is_grad_enabled()
print(f(x), f.__name__)
@torch.no_grad
def g(a): return (a*2).requires_grad
print(g(x))
@torch.enable_grad()
def h(a): return (a*2).requires_grad
with torch.no_grad(): print(h(x))
@torch.set_grad_enabled(False)
def k(a): return (a*2).requires_grad
print(k(x), torch.is_grad_enabled())
@torch.inference_mode()
def m(a): return (a*2).is_inference()
print(m(x))
@torch.inference_mode
def m2(a): return (a*2).is_inference()
print(m2(x))
@torch.inference_mode(False)
def m3(a): return (a*2).is_inference()
print(m3(x))
""")
program("""
@torch.no_grad()
def gen():
    print("a", torch.is_grad_enabled()); r = yield 1
    print("b", torch.is_grad_enabled(), r)
    try: yield 2
    except ValueError as e: print("caught", e, torch.is_grad_enabled())
    yield 3
    return 4
i = gen()
print(next(i), torch.is_grad_enabled())
print(i.send("s"), torch.is_grad_enabled())
print(i.throw(ValueError("x")), torch.is_grad_enabled())
try: next(i)
except StopIteration as e: print(e.value, torch.is_grad_enabled())
i = gen(); next(i); i.close(); print(torch.is_grad_enabled())
""")
program("""
@torch.no_grad()
class A:
    def __init__(self): self.flag = torch.is_grad_enabled()
    def f(self): return torch.is_grad_enabled()
a = A(); print(a.flag, a.f())
@torch.no_grad
class A2:
    def __init__(self): self.flag = torch.is_grad_enabled()
print(A2().flag)
""")
program("""
s = torch.set_grad_enabled(False)
print(torch.is_grad_enabled(), s, repr(s))
with torch.set_grad_enabled(True): print(torch.is_grad_enabled())
print(torch.is_grad_enabled())
torch.set_grad_enabled(True)
for bad in (1, None, "a", torch.ones(1)):
    try: torch.set_grad_enabled(bad); print(torch.is_grad_enabled())
    except Exception as e: print(type(e), e)
torch.set_grad_enabled(mode=True)
try: torch.set_grad_enabled()
except Exception as e: print(type(e), e)
try: torch.no_grad(3)
except Exception as e: print(type(e), e)
""")
program("""
n = torch.no_grad()
with n:
    with n: print(torch.is_grad_enabled())
    print(torch.is_grad_enabled())
print(torch.is_grad_enabled())
n2 = torch.no_grad()
with n2:
    with torch.enable_grad():
        with n2: print(torch.is_grad_enabled())
        print(torch.is_grad_enabled())
    print(torch.is_grad_enabled())
print(torch.is_grad_enabled())
torch.set_grad_enabled(True)
""")
program("""
try:
    with torch.no_grad(): raise ValueError("x")
except ValueError as e: print(e, torch.is_grad_enabled())
with torch.inference_mode(True) as z: print(z, torch.is_inference_mode_enabled(), torch.is_grad_enabled())
with torch.inference_mode(False) as z: print(torch.is_inference_mode_enabled(), torch.is_grad_enabled())
with torch.no_grad() as z: print(z)
print(torch.inference_mode.__module__, torch.no_grad.__module__, torch.set_grad_enabled.__module__)
with torch.no_grad():
    with torch.inference_mode(False): print(torch.is_grad_enabled())
    with torch.inference_mode(True): print(torch.is_grad_enabled())
    print(torch.is_grad_enabled())
with torch.inference_mode():
    with torch.no_grad(): print(torch.is_inference_mode_enabled())
    with torch.set_grad_enabled(True): print(torch.is_inference_mode_enabled(), torch.is_grad_enabled())
""")
program("""
x = torch.ones(2, requires_grad=True)
with torch.no_grad():
    y = x*2; z = x.view(2); w = x.detach(); q = torch.ones(2, requires_grad=True); r = x.clone(); p = x
    print(y.requires_grad, z.requires_grad, w.requires_grad, q.requires_grad, r.requires_grad, p.requires_grad, y.is_leaf, z.is_leaf)
    y.requires_grad_()
    t = y*3
    print(t.requires_grad)
print((y*3).grad_fn)
print(torch.nn.Parameter(torch.ones(2))*1)
""")
program("""
x = torch.tensor([-1.], requires_grad=True)
try:
    with torch.autograd.detect_anomaly():
        y = x.sqrt()
        y.backward()
except Exception as e: print(type(e), e)
with torch.autograd.set_detect_anomaly(True):
    y = x.sqrt()
    try: y.backward()
    except Exception as e: print(type(e), e)
with torch.autograd.set_detect_anomaly(True, check_nan=False):
    y = x.sqrt(); y.backward(); print(x.grad)
print(torch.is_anomaly_enabled(), torch.is_anomaly_check_nan_enabled())
torch.autograd.set_detect_anomaly(True); print(torch.is_anomaly_enabled())
torch.autograd.set_detect_anomaly(False); print(torch.is_anomaly_enabled())
with torch.autograd.detect_anomaly(check_nan=False): print(torch.is_anomaly_enabled(), torch.is_anomaly_check_nan_enabled())
""")
program("""
x = torch.tensor([2.], requires_grad=True)
with torch.autograd.set_detect_anomaly(True):
    a = x*1; y = a*a; a.add_(1)
    try: y.backward()
    except Exception as e: print(type(e), e)
    print([k for k in y.grad_fn.metadata])
print((x*1).grad_fn.metadata)
""")
program("""
class Bad(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): return x.clone()
    @staticmethod
    def backward(ctx, g): raise RuntimeError("Some error in backward")
x = torch.tensor([2.], requires_grad=True)
with torch.autograd.set_detect_anomaly(True):
    y = Bad.apply(x)*2
    try: y.backward()
    except Exception as e: print(type(e), e)
""")
program("""
x = torch.tensor([0.], requires_grad=True)
with torch.autograd.set_detect_anomaly(True):
    y = x.pow(0.5)*0
    try: y.backward()
    except Exception as e: print(type(e), e)
    z = torch.log(x) * 0.
    z = (x/x)
    try: z.backward()
    except Exception as e: print(type(e), e)
""")
program("""
x = torch.tensor([0.5], requires_grad=True)
with torch.autograd.set_detect_anomaly(True):
    y = x.sqrt()
    y.register_hook(lambda g: g*float('nan'))
    try: y.sum().backward(); print(x.grad)
    except Exception as e: print(type(e), e)
""")
program("""
x = torch.tensor([0.], requires_grad=True)
with torch.autograd.set_detect_anomaly(True):
    y = x.sqrt()
    try:
        g, = torch.autograd.grad(y, x, create_graph=True)
        g2, = torch.autograd.grad(g, x)
    except Exception as e: print(type(e), e)
    x2 = torch.tensor([0.], requires_grad=True)
    y = x2**1.5
    try:
        g, = torch.autograd.grad(y, x2, create_graph=True)
        g2, = torch.autograd.grad(g*0, x2)
    except Exception as e: print(type(e), e)
""")
