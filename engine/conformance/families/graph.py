"""Nodes, what they save, and hooks on what they save."""

from vocabulary import program

program("""
import torch.autograd.graph as G
x = torch.tensor([1.,2.], requires_grad=True)
y = x*x; z = y.exp(); w = z.sum()
print(y.grad_fn._saved_self is x, y.grad_fn._saved_other is x)
print(z.grad_fn._saved_result is z, z.grad_fn._saved_result)
r = z.grad_fn._raw_saved_result
print(type(r), r.__class__.__module__)
print(w.grad_fn._saved_self_sym_sizes)
w.backward()
for n in ('_saved_result','_raw_saved_result'):
    try: getattr(z.grad_fn,n)
    except Exception as e: print(type(e), e)
print(w.grad_fn._saved_self_sym_sizes)
try: y.grad_fn._saved_foo
except Exception as e: print(type(e), e)
""")
program("""
import torch.autograd.graph as G
x = torch.tensor([1.,2.], requires_grad=True)
y = x.exp()
f = y.grad_fn
print(isinstance(f, G.Node), issubclass(type(f), G.Node), isinstance(x, G.Node))
print(f == y.grad_fn, f is y.grad_fn, hash(f)==hash(y.grad_fn), f in {y.grad_fn: 1})
f.metadata['a'] = 3
print(y.grad_fn.metadata)
print(f._sequence_nr() >= 0)
print(f._input_metadata, f.requires_grad)
try: f.foo = 3
except Exception as e: print(type(e), e)
try: f.metadata = 3
except Exception as e: print(type(e), e)
try: f.next_functions = 3
except Exception as e: print(type(e), e)
try: type(f)()
except Exception as e: print(type(e), e)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
f = (x*2).grad_fn.next_functions[0][0]
print(f._input_metadata if hasattr(f,'_input_metadata') else None)
print(f is (x+1).grad_fn.next_functions[0][0])
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
def pack(t): print("pack", t.tolist(), t.requires_grad, t.is_leaf, t.grad_fn); return t.tolist()
def unpack(l): print("unpack", l); return torch.tensor(l)
with torch.autograd.graph.saved_tensors_hooks(pack, unpack):
    y = x*x
    z = y.exp()
z.sum().backward()
print(x.grad)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
for bad in (3, "a", [1], None):
    with torch.autograd.graph.saved_tensors_hooks(lambda t: t, lambda t: bad):
        y = x*x
    try: y.sum().backward()
    except Exception as e: print(type(e), e)
    try: y.grad_fn._saved_self
    except Exception as e: print(type(e), e)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
def pack(t): t.mul_(2); return t
with torch.autograd.graph.saved_tensors_hooks(pack, lambda t: t):
    try: y = (x*2)*(x*3)
    except Exception as e: print(type(e), e)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
def pack(t): raise ValueError("pack")
def unpack(t): raise ValueError("unpack")
with torch.autograd.graph.saved_tensors_hooks(pack, lambda t: t):
    try: y = x*x
    except Exception as e: print(type(e), e)
with torch.autograd.graph.saved_tensors_hooks(lambda t:t, unpack):
    y = x*x
try: y.sum().backward()
except Exception as e: print(type(e), e)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
with torch.autograd.graph.disable_saved_tensors_hooks("no hooks please"):
    try:
        with torch.autograd.graph.saved_tensors_hooks(lambda t:t, lambda t:t):
            pass
    except Exception as e: print(type(e), e)
with torch.autograd.graph.saved_tensors_hooks(lambda t:t, lambda t:t):
    try:
        with torch.autograd.graph.disable_saved_tensors_hooks("no hooks please"):
            pass
    except Exception as e: print(type(e), e)
@torch.autograd.graph.disable_saved_tensors_hooks("deco")
def f():
    with torch.autograd.graph.save_on_cpu():
        pass
try: f()
except Exception as e: print(type(e), e)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
with torch.autograd.graph.save_on_cpu():
    y = x*x
    print(y.grad_fn._saved_self is x, y.grad_fn._saved_self)
y.sum().backward()
print(x.grad)
with torch.autograd.graph.save_on_cpu(pin_memory=False, device_type="cpu"):
    y = x*x
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
log=[]
h1 = torch.autograd.graph.saved_tensors_hooks(lambda t: (log.append("p1"), t)[1], lambda t: (log.append("u1"), t)[1])
h2 = torch.autograd.graph.saved_tensors_hooks(lambda t: (log.append("p2"), t)[1], lambda t: (log.append("u2"), t)[1])
with h1:
    a = x.exp()
    with h2:
        b = a.sin()
    c = b.cos()
c.sum().backward()
print(log)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
y = x*x
f = y.grad_fn
f._raw_saved_self.register_hooks(lambda t: (print("pack", t), t)[1], lambda t: (print("unpack"), t*2)[1])
print(f._saved_self)
y.sum().backward()
print(x.grad)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
y = x*x
f = y.grad_fn
r = f._raw_saved_self
r.register_hooks(lambda t: t, lambda t: t)
try: r.register_hooks(lambda t: t, lambda t: t)
except Exception as e: print(type(e), e)
for args in ((1,2),(lambda x:x,),(lambda x:x, 3)):
    try: f._raw_saved_other.register_hooks(*args)
    except Exception as e: print(type(e), str(e).split("\\n")[0])
try: f._raw_saved_other.register_hooks(lambda x: x.add_(1), lambda x: x)
except Exception as e: print(type(e), e)
try: type(r)()
except Exception as e: print(type(e), e)
y.sum().backward()
try: r.register_hooks(lambda t: t, lambda t: t)
except Exception as e: print(type(e), e)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
y = x.exp()
f = y.grad_fn
try: f._raw_saved_result.register_hooks(lambda t: (print(t, t.grad_fn), t)[1], lambda t: t)
except Exception as e: print(type(e), e)
print(f._saved_result is y, f._saved_result, f._saved_result.grad_fn is f)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
y = x.exp()
print(y.grad_fn._saved_result is y, y.grad_fn._saved_result.grad_fn is y.grad_fn)
z = y*y
print(z.grad_fn._saved_self is y)
y.detach_() 
print(z.grad_fn._saved_self is y, z.grad_fn._saved_self)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
with torch.autograd.graph.allow_mutation_on_saved_tensors() as ctx:
    y = x.exp()
    z = y*y
    y.mul_(2)
    z.sum().backward()
print(x.grad)
y = x.exp(); z = y*y; y.mul_(2)
try: z.sum().backward()
except Exception as e: print(type(e), e)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
with torch.autograd.graph.allow_mutation_on_saved_tensors() as ctx:
    y = x.exp()
    y.sin_()
try: y.sum().backward()
except Exception as e: print(type(e), e)
try:
    with torch.autograd.graph.allow_mutation_on_saved_tensors() as ctx:
        with torch.autograd.graph.allow_mutation_on_saved_tensors() as ctx: pass
except Exception as e: print(type(e), e)
print(type(ctx))
ctx.clear()
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
torch.autograd.graph.increment_version(x)
print(x._version)
torch.autograd.graph.increment_version([x, x])
print(x._version)
y = x*x
with torch.no_grad():
    torch.autograd.graph.increment_version(x)
try: y.sum().backward()
except Exception as e: print(e)
try: torch.autograd.graph.increment_version(3)
except Exception as e: print(type(e), e)
""")
program("""
print(torch.autograd.graph.set_warn_on_accumulate_grad_stream_mismatch(False))
print(torch.autograd.graph.GradientEdge._fields)
x = torch.tensor([1.,2.], requires_grad=True)
e = torch.autograd.graph.get_gradient_edge(x)
print(e)
print(torch.autograd.graph.get_gradient_edge(x*2))
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
y = (x*x).exp().sum()
sn=[]
f=y.grad_fn
while f:
    sn.append(f._sequence_nr()); f=f.next_functions[0][0] if f.next_functions else None
print([s-sn[2] if s< 2**62 else s for s in sn])
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
y = x.exp()
m = y.grad_fn._input_metadata
print(len(m), m[0].shape, m[0].dtype, m[0].device, m[0].is_nested_tensor, type(m[0]))
a,b = x.unbind()
print([ (q.shape) for q in a.grad_fn._input_metadata])
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
y = torch.stack([x,x])
print(y.grad_fn, y.grad_fn.next_functions[0] == y.grad_fn.next_functions[1], y.grad_fn._saved_dim)
y = torch.cat([x,x])
""")
program("""
import torch.nn.functional as F
def t(f, *shapes):
    xs=[torch.rand(s).requires_grad_()*1 for s in shapes]
    y=f(*xs)
    for i,x in enumerate(xs):
        for _ in range(i+1): torch.autograd.graph.increment_version(x)
    if isinstance(y, torch.Tensor):
        for _ in range(9): torch.autograd.graph.increment_version(y)
    try: y.sum().backward(); print("fine")
    except Exception as e: print(str(e)[95:200])
t(lambda a,b:a*b,3,3); t(lambda a,b:a/b,3,3); t(lambda a,b:a**b,3,3); t(lambda a,b:a@b,(2,2),(2,2)); t(lambda a,b:a@b,2,2); t(lambda a,b:a@b,(2,2),2)
t(lambda a,b,c:torch.addmm(a,b,c),(2,2),(2,2),(2,2)); t(lambda a,b,c:torch.addcmul(a,b,c),2,2,2); t(lambda a,b,c:torch.addcdiv(a,b,c),2,2,2); t(lambda a,b,c:torch.lerp(a,b,c),2,2,2)
t(lambda a,b:torch.maximum(a,b),2,2); t(lambda a,b:torch.atan2(a,b),2,2); t(lambda a,b:torch.hypot(a,b),2,2); t(lambda a:a.prod(),3); t(lambda a:a.cumprod(0),3); t(lambda a:a.max(),3); t(lambda a:a.norm(),3); t(lambda a:a.amax(0),3); t(lambda a:a.std(),3)
t(lambda a,b:F.mse_loss(a,b),3,3); t(lambda a,b:F.l1_loss(a,b),3,3); t(lambda a,b:F.linear(a,b),(2,2),(2,2)); t(lambda a,b,c:F.linear(a,b,c),(2,2),(2,2),2); t(lambda a,b:torch.bmm(a,b),(1,2,2),(1,2,2)); t(lambda a,b:torch.linalg.solve(a,b),(2,2),(2,2)); t(lambda a,b:torch.logaddexp(a,b),2,2); t(lambda a,b:torch.xlogy(a,b),2,2)
t(lambda a,b:torch.dot(a,b),2,2); t(lambda a,b:torch.outer(a,b),2,2); t(lambda a,b:torch.minimum(a,b),2,2); t(lambda a,b:torch.cdist(a,b),(2,2),(2,2)); t(lambda a,b,c:F.layer_norm(a,(2,),b,c),(2,2),2,2); t(lambda a,b:F.prelu(a,b),(2,2),2); t(lambda a,b:F.conv1d(a,b),(1,1,3),(1,1,2)); t(lambda a,b:F.binary_cross_entropy(a,b.detach()),2,2)
""")
