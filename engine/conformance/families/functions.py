"""Operations of one's own: `torch.autograd.Function`."""

from vocabulary import program

program("""
from torch.autograd import Function
class Sq(Function):
    @staticmethod
    def forward(ctx, x):
        print(ctx.needs_input_grad, type(ctx).__name__, isinstance(ctx, torch.autograd.function.FunctionCtx))
        ctx.save_for_backward(x)
        return x*x
    @staticmethod
    def backward(ctx, g):
        x, = ctx.saved_tensors
        print(g, ctx.needs_input_grad, ctx.saved_tensors[0] is x)
        return 2*x*g
x = torch.tensor([1.,2.], requires_grad=True)
y = Sq.apply(x)
y.sum().backward(); print(x.grad)
try: y.sum().backward()
except Exception as e: print(type(e), e)
try: y.grad_fn.saved_tensors
except Exception as e: print(type(e), e)
print(Sq.apply(torch.ones(2)).grad_fn)
""")
program("""
from torch.autograd import Function
class F2(Function):
    @staticmethod
    def forward(ctx, x): return x*2
F2b = F2
x = torch.ones(2, requires_grad=True)
y = F2.apply(x)
try: y.sum().backward()
except Exception as e: print(type(e), e)
class F3(Function): pass
try: F3.apply(x)
except Exception as e: print(type(e), e)
try: F3()(x)
except Exception as e: print(type(e), e)
try: Sq = F2(); Sq.apply(x); print("ok")
except Exception as e: print(type(e), e)
class F4(Function):
    def forward(self, x): return x
try: F4.apply(x)
except Exception as e: print(type(e), e)
try: F4()
except Exception as e: print(type(e), e)
try: F4()(x)
except Exception as e: print(type(e), e)
""")
program("""
from torch.autograd import Function
def mk(ret, nin=1):
    class MyFn(Function):
        @staticmethod
        def forward(ctx, *xs): return xs[0]*2
        @staticmethod
        def backward(ctx, g): return ret(g)
    return MyFn
x = torch.ones(2, requires_grad=True); w = torch.ones(2, requires_grad=True)
for ret in (lambda g: (g,g), lambda g: (g,None), lambda g: None, lambda g: (), lambda g: 3, lambda g: "a", lambda g: [g], lambda g: torch.ones(3), lambda g: torch.ones(1,2), lambda g: torch.ones(3,2), lambda g: torch.ones(2,dtype=torch.float64), lambda g: torch.ones(2,dtype=torch.int64), lambda g: torch.tensor(1.), lambda g: (g, None, None), lambda g: (None, g), lambda g:(g,3)):
    x.grad=None
    try: mk(ret).apply(x).sum().backward(); print("ok", x.grad)
    except Exception as e: print(type(e), e)
    x.grad=None; w.grad=None
    try: mk(ret).apply(x, w).sum().backward(); print("ok", x.grad, w.grad)
    except Exception as e: print(type(e), e)
    try: mk(ret).apply(x, 3).sum().backward(); print("ok", x.grad, w.grad)
    except Exception as e: print(type(e), e)
""")
program("""
from torch.autograd import Function
class Two(Function):
    @staticmethod
    def forward(ctx, x, y, flag=True):
        ctx.save_for_backward(x, y)
        ctx.flag = flag
        return x*y, x+y, "text", None, 5
    @staticmethod
    def backward(ctx, *gs):
        print(gs, ctx.flag, ctx.needs_input_grad)
        x, y = ctx.saved_tensors
        return gs[0]*y, gs[0]*x, None
x = torch.ones(2, requires_grad=True); y = torch.ones(2)
r = Two.apply(x, y)
print(r)
r[0].sum().backward()
print(x.grad)
r = Two.apply(x, y, False)
(r[1].sum()).backward()
print([getattr(q,'output_nr',None) for q in r])
try: Two.apply(x, y=y)
except Exception as e: print(type(e), e)
try: Two.apply()
except Exception as e: print(type(e), e)
""")
program("""
from torch.autograd import Function
class Mat(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.set_materialize_grads(False)
        return x*1, x*2
    @staticmethod
    def backward(ctx, a, b):
        print(a, b)
        return a if b is None else b
x = torch.ones(2, requires_grad=True)
a, b = Mat.apply(x)
a.sum().backward()
a, b = Mat.apply(x)
b.sum().backward()
""")
program("""
from torch.autograd import Function
class Dirty(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.mark_dirty(x)
        x.mul_(2)
        return x
    @staticmethod
    def backward(ctx, g): return g*2
x = torch.ones(2, requires_grad=True)
a = x*1
r = Dirty.apply(a)
print(r is a, a.grad_fn, a._version)
a.sum().backward(); print(x.grad)
try: Dirty.apply(x)
except Exception as e: print(type(e), e)
b = x*1; v = b[0:1]
r = Dirty.apply(v)
print(r is v, v.grad_fn, b.grad_fn, b._version)
b.sum().backward(); print(x.grad)
t = torch.ones(2)
r = Dirty.apply(t); print(r is t, t, t._version, t.grad_fn)
try: print(Dirty.apply(x[0:1]))
except Exception as e: print(type(e), e)
""")
program("""
from torch.autograd import Function
class DirtyNot(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.mark_dirty(x)
        x.mul_(2)
        return x*3
    @staticmethod
    def backward(ctx, g): return g*2
x = torch.ones(2, requires_grad=True)
try: DirtyNot.apply(x*1)
except Exception as e: print(type(e), e)
class DirtyBad(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.mark_dirty(3)
        return x*3
    @staticmethod
    def backward(ctx, g): return g*2
try: DirtyBad.apply(x*1)
except Exception as e: print(type(e), e)
class InpNoMark(Function):
    @staticmethod
    def forward(ctx, x):
        x.mul_(2)
        return x
    @staticmethod
    def backward(ctx, g): return g*2
try: a = x*1; r = InpNoMark.apply(a); print(r is a, r.grad_fn, a.grad_fn, a._version, r._is_view()); r.sum().backward(); print(x.grad)
except Exception as e: print(type(e), e)
class DirtyOther(Function):
    @staticmethod
    def forward(ctx, x):
        y = x*2
        ctx.mark_dirty(y)
        return y
    @staticmethod
    def backward(ctx, g): return g*2
try: r = DirtyOther.apply(x*1); print(r.grad_fn)
except Exception as e: print(type(e), e)
""")
program("""
from torch.autograd import Function
class ND(Function):
    @staticmethod
    def forward(ctx, x):
        i = x.argsort(); y = x*2; z = x*3
        ctx.mark_non_differentiable(i, z)
        return y, i, z
    @staticmethod
    def backward(ctx, g, gi, gz):
        print(g, gi, gz)
        return g*2
x = torch.tensor([2.,1.], requires_grad=True)
y, i, z = ND.apply(x)
print(y.requires_grad, i.requires_grad, z.requires_grad, z.grad_fn, z.is_leaf, z.output_nr)
y.sum().backward()
class NDbad(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.mark_non_differentiable(3)
        return x*2
    @staticmethod
    def backward(ctx, g): return g
try: NDbad.apply(x)
except Exception as e: print(type(e), e)
class Int(Function):
    @staticmethod
    def forward(ctx, x):
        return x.argsort(), x*2
    @staticmethod
    def backward(ctx, gi, g): print(gi, g); return g
i, y = Int.apply(x)
print(i.requires_grad, i.grad_fn, y.output_nr)
y.sum().backward()
""")
program("""
from torch.autograd import Function
class Id(Function):
    @staticmethod
    def forward(ctx, x): return x
    @staticmethod
    def backward(ctx, g): return g*5
x = torch.ones(2, requires_grad=True)
y = Id.apply(x)
print(y is x, y.grad_fn, y._is_view(), y._base is x)
try: y.mul_(2)
except Exception as e: print(type(e), e)
a = x*1
y = Id.apply(a)
try: y.mul_(2)
except Exception as e: print(type(e), e)
a.mul_(2)
try: print(y.grad_fn)
except Exception as e: print(type(e), e)
t = torch.ones(2)
print(Id.apply(t) is t, Id.apply(t)._is_view())
class View(Function):
    @staticmethod
    def forward(ctx, x): return x.view(1,2)
    @staticmethod
    def backward(ctx, g): return g.view(2)
a = x*1
y = View.apply(a)
print(y.grad_fn, y._is_view(), y._base is a)
try: y.mul_(2)
except Exception as e: print(type(e), e)
class View2(Function):
    @staticmethod
    def forward(ctx, x): return x[0], x[1]
    @staticmethod
    def backward(ctx, a, b): return torch.stack([a,b])
p, q = View2.apply(x*1)
print(p.grad_fn, p._is_view(), q.output_nr)
try: p.mul_(2)
except Exception as e: print(type(e), e)
""")
program("""
from torch.autograd import Function
class Cube(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x**3
    @staticmethod
    def backward(ctx, g):
        x, = ctx.saved_tensors
        return 3*x**2*g
x = torch.tensor(2., requires_grad=True)
y = Cube.apply(x)
g, = torch.autograd.grad(y, x, create_graph=True)
print(g)
print(torch.autograd.grad(g, x, create_graph=True))
y = Cube.apply(x)
y.backward(create_graph=True)
x.grad.backward()
print(x.grad)
""")
program("""
from torch.autograd import Function
from torch.autograd.function import once_differentiable
class Once(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x); return x**3
    @staticmethod
    @once_differentiable
    def backward(ctx, g):
        x, = ctx.saved_tensors
        print(torch.is_grad_enabled())
        return 3*x**2*g
x = torch.tensor(2., requires_grad=True)
g, = torch.autograd.grad(Once.apply(x), x, create_graph=True)
print(g)
try: g.backward()
except Exception as e: print(type(e), e)
""")
program("""
from torch.autograd import Function
class Sc(Function):
    @staticmethod
    def forward(x, k):
        return x*k
    @staticmethod
    def setup_context(ctx, inputs, output):
        x, k = inputs
        print(type(inputs), output, ctx.needs_input_grad)
        ctx.k = k
    @staticmethod
    def backward(ctx, g): return g*ctx.k, None
x = torch.tensor(2., requires_grad=True)
y = Sc.apply(x, 3); print(y); y.backward(); print(x.grad)
class Both(Function):
    @staticmethod
    def forward(ctx, x): return x*2
    @staticmethod
    def setup_context(ctx, inputs, output): pass
    @staticmethod
    def backward(ctx, g): return g
try: Both.apply(x)
except Exception as e: print(type(e), e)
""")
program("""
from torch.autograd import Function
class Vjp(Function):
    @staticmethod
    def forward(ctx, x): return x*2
    @staticmethod
    def vjp(ctx, g): return g*7
x = torch.tensor(2., requires_grad=True)
Vjp.apply(x).backward(); print(x.grad)
class BothV(Function):
    @staticmethod
    def forward(ctx, x): return x*2
    @staticmethod
    def vjp(ctx, g): return g*7
    @staticmethod
    def backward(ctx, g): return g*7
try: BothV.apply(x).backward()
except Exception as e: print(type(e), e)
""")
program("""
from torch.autograd import Function
class Save(Function):
    @staticmethod
    def forward(ctx, x, k):
        ctx.save_for_backward(x, None, k)
        try: print(ctx.saved_tensors)
        except Exception as e: print(type(e), e)
        return x*k
    @staticmethod
    def backward(ctx, g):
        a, n, k = ctx.saved_tensors
        print(n, ctx.saved_variables if hasattr(ctx,'saved_variables') else None)
        return g*k, None
x = torch.tensor(2., requires_grad=True)
y = Save.apply(x, torch.tensor(3.))
print(y.grad_fn.saved_tensors, y.grad_fn._raw_saved_tensors)
print(y.grad_fn.needs_input_grad, y.grad_fn.next_functions, y.grad_fn.materialize_grads, y.grad_fn.to_save, y.grad_fn.dirty_tensors, y.grad_fn.non_differentiable)
y.backward()
for bad in ((3,), ("a",), ([torch.ones(2)],)):
    class SaveBad(Function):
        @staticmethod
        def forward(ctx, x): ctx.save_for_backward(*bad); return x*2
        @staticmethod
        def backward(ctx, g): return g
    try: SaveBad.apply(x)
    except Exception as e: print(type(e), e)
""")
program("""
from torch.autograd import Function
class S(Function):
    @staticmethod
    def forward(ctx, x): 
        ctx.save_for_backward(x); ctx.save_for_backward(x, x)
        return x*2
    @staticmethod
    def backward(ctx, g): print(len(ctx.saved_tensors)); return g
a = torch.tensor(2., requires_grad=True)
S.apply(a).backward()
b = a*1
y = S.apply(b); b.add_(1)
try: y.backward()
except Exception as e: print(type(e), e)
""")
program("""
from torch.autograd import Function
class Out(Function):
    @staticmethod
    def forward(ctx, x): 
        y = x.exp(); ctx.save_for_backward(y); return y
    @staticmethod
    def backward(ctx, g): 
        y, = ctx.saved_tensors
        print(y.grad_fn, y.requires_grad)
        return g*y
a = torch.tensor(1., requires_grad=True)
y = Out.apply(a)
g, = torch.autograd.grad(y, a, create_graph=True); print(g)
print(torch.autograd.grad(g, a))
y = Out.apply(a); y.add_(1)
try: y.backward()
except Exception as e: print(type(e), e)
""")
program("""
from torch.autograd import Function
class Er(Function):
    @staticmethod
    def forward(ctx, x): raise ValueError("fwd")
    @staticmethod
    def backward(ctx, g): raise ValueError("bwd")
class Er2(Function):
    @staticmethod
    def forward(ctx, x): return x*2
    @staticmethod
    def backward(ctx, g): raise ValueError("bwd")
a = torch.tensor(1., requires_grad=True)
try: Er.apply(a)
except Exception as e: print(type(e), e)
try: Er2.apply(a).backward()
except Exception as e: print(type(e), e)
print(torch.is_grad_enabled())
""")
program("""
from torch.autograd import Function
class Lst(Function):
    @staticmethod
    def forward(ctx, x): return [x*2, x*3]
    @staticmethod
    def backward(ctx, *g): print(g); return g[0]
a = torch.tensor(1., requires_grad=True)
try: r = Lst.apply(a); print(type(r), r)
except Exception as e: print(type(e), e)
class Nn(Function):
    @staticmethod
    def forward(ctx, x): return None
    @staticmethod
    def backward(ctx, *g): print(g); return g[0]
try: r = Nn.apply(a); print(type(r), r)
except Exception as e: print(type(e), e)
class Num(Function):
    @staticmethod
    def forward(ctx, x): return 3
    @staticmethod
    def backward(ctx, *g): print(g); return g[0]
try: r = Num.apply(a); print(type(r), r)
except Exception as e: print(type(e), e)
""")
program("""
from torch.autograd import Function
class Ng(Function):
    @staticmethod
    def forward(ctx, x):
        print(torch.is_grad_enabled(), x.requires_grad, (x*2).requires_grad)
        return x*2
    @staticmethod
    def backward(ctx, g):
        print(torch.is_grad_enabled(), g.requires_grad)
        return g*2
a = torch.tensor(1., requires_grad=True)
Ng.apply(a).backward()
with torch.no_grad():
    y = Ng.apply(a); print(y.requires_grad, y.grad_fn)
y = Ng.apply(a.detach()); print(y.requires_grad, y.grad_fn)
torch.autograd.grad(Ng.apply(a), a, create_graph=True)
""")
program("""
from torch.autograd import Function
class H(Function):
    @staticmethod
    def forward(ctx, x, y): return x*y
    @staticmethod
    def backward(ctx, g): print("bwd", g); return g, g
a = torch.ones(2, requires_grad=True); b = torch.ones(2, requires_grad=True)
y = H.apply(a, b)
y.register_hook(lambda g: print("t", g))
y.grad_fn.register_hook(lambda gi, go: print("post", gi, go))
y.grad_fn.register_prehook(lambda go: print("pre", go))
y.sum().backward()
print(y.grad_fn.metadata, y.grad_fn.next_functions)
""")
program("""
from torch.autograd import Function
class K(Function):
    @staticmethod
    def forward(ctx, x, d): return x*d['k']
    @staticmethod
    def backward(ctx, g): return g, None
a = torch.ones(2, requires_grad=True)
print(K.apply(a, {'k': 3}))
print(K.apply(a, dict(k=torch.ones(2, requires_grad=True))))
class NoArgs(Function):
    @staticmethod
    def forward(ctx): return torch.ones(2)
    @staticmethod
    def backward(ctx, g): return ()
print(NoArgs.apply())
""")
program("""
from torch.autograd.function import InplaceFunction, NestedIOFunction, BackwardCFunction, FunctionMeta
print(BackwardCFunction, FunctionMeta, InplaceFunction)
""")
program("""
from torch.autograd import Function
from torch.autograd.function import once_differentiable
class Once(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x); return x**3, x*2
    @staticmethod
    @once_differentiable
    def backward(ctx, g, h):
        x, = ctx.saved_tensors
        return 3*x**2*g
x = torch.tensor(2., requires_grad=True)
y=(Once.apply(x)[0]*x)
g, = torch.autograd.grad(y, x, create_graph=True)
print(g, g.grad_fn.next_functions)
f=g.grad_fn.next_functions
for q,_ in f:
    print(q.name(), type(q), q.next_functions)
try: g.backward()
except Exception as e: print(type(e), e)
""")
program("""
from torch.autograd import Function
class Dirty(Function):
    @staticmethod
    def forward(ctx, x, k):
        ctx.mark_dirty(x)
        x.mul_(2)
        return x, k
    @staticmethod
    def backward(ctx, g, h): return g*2, h
x = torch.ones(2, requires_grad=True)
try: Dirty.apply((x*1)[0:1], x)
except Exception as e: print(e)
a=x*1
y,k=Dirty.apply(a, x)
print(y is a, k is x, y.grad_fn, k.grad_fn, a._version, k._is_view(), k.output_nr, y.output_nr)
print(y.grad_fn.to_save, y.grad_fn.dirty_tensors, y.grad_fn.non_differentiable, y.grad_fn.saved_for_forward)
for n in ('materialize_grads','_is_pure_view','_materialize_non_diff_grads'):
    try: print(getattr(y.grad_fn,n))
    except Exception as e: print(type(e), e)
""")
program("""
from torch.autograd import Function
class Sv(Function):
    @staticmethod
    def forward(x): return x
    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(output)
    @staticmethod
    def backward(ctx, g): return g
x = torch.ones(2, requires_grad=True)
try: Sv.apply(x)
except Exception as e: print(type(e), e)
class Kw(Function):
    @staticmethod
    def forward(x, k=3): return x*k
    @staticmethod
    def setup_context(ctx, inputs, output): print(inputs); ctx.k=inputs[1]
    @staticmethod
    def backward(ctx, g): return g*ctx.k, None
print(Kw.apply(x)); print(Kw.apply(x, k=5)); print(Kw.apply(k=4, x=x))
class NoSave(Function):
    @staticmethod
    def forward(ctx, x): return x*2
    @staticmethod
    def backward(ctx, g): print(ctx.saved_tensors); return g*2
y = NoSave.apply(x)
y.sum().backward(retain_graph=True)
y.sum().backward()
try: y.sum().backward()
except Exception as e: print(type(e), e)
""")
program("""
import warnings
from torch.autograd import Function
class SD(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x); return x*2
    @staticmethod
    def backward(ctx, g):
        print(ctx.saved_variables)
        return g*2
x = torch.ones(2, requires_grad=True)
SD.apply(x).sum().backward()
""")
program("""
from torch.autograd import Function
class ND(Function):
    @staticmethod
    def forward(ctx, x, y):
        ctx.mark_non_differentiable(x)
        return x, y*2
    @staticmethod
    def backward(ctx, g, h): print(g,h); return g, h
x = torch.ones(2, requires_grad=True)
a, b = ND.apply(x, x)
print(a is x, a.requires_grad, a._is_view(), a.grad_fn, b.output_nr)
b.sum().backward()
print(x.grad)
""")
program("""
from torch.autograd import Function
class U(Function):
    @staticmethod
    def forward(ctx, x):
        ctx.x = x; ctx.y = x*2
        return ctx.y
    @staticmethod
    def backward(ctx, g): print(ctx.x is x, ctx.y.requires_grad, ctx is y.grad_fn); return g
x = torch.ones(2, requires_grad=True)
y = U.apply(x); y.sum().backward(); y.sum().backward(); print(x.grad)
class V(U):
    @staticmethod
    def backward(ctx, g): return U.backward(ctx, g)*3
y = V.apply(x); y.sum().backward(); print(y.grad_fn, x.grad)
""")
program("""
from torch.autograd import Function
class D(Function):
    @staticmethod
    def forward(ctx, x): return x.detach()
    @staticmethod
    def backward(ctx, g): return g*3
x = torch.ones(2, requires_grad=True)
y = D.apply(x); print(y, y._is_view(), y._base is x); y.sum().backward(); print(x.grad)
try: y.add_(1); print(y._version, x._version)
except Exception as e: print(e)
class E2(Function):
    @staticmethod
    def forward(ctx, x):
        with torch.enable_grad():
            ctx.z = x*x
        return ctx.z.detach()
    @staticmethod
    def backward(ctx, g):
        return torch.autograd.grad(ctx.z, x, g)[0]
y = E2.apply(x); y.sum().backward(); print(x.grad)
class E3(Function):
    @staticmethod
    def forward(ctx, x):
        with torch.enable_grad():
            return x*x
    @staticmethod
    def backward(ctx, g): return g*100
y = E3.apply(x*1); print(y.grad_fn, y.grad_fn.next_functions); y.sum().backward(); print(x.grad)
""")
program("""
from torch.autograd import Function
log=[]
class Rec(Function):
    @staticmethod
    def forward(ctx, x, n):
        ctx.n=n
        return x*1
    @staticmethod
    def backward(ctx, g): log.append(ctx.n); return g, None
x = torch.ones(2, requires_grad=True)
y = Rec.apply(Rec.apply(x,1),2)+Rec.apply(x,3)
y.sum().backward(); print(log)
""")
program("""
from torch.autograd import Function
class Big(Function):
    @staticmethod
    def forward(ctx, *xs):
        ctx.save_for_backward(*xs)
        return tuple(x*i for i,x in enumerate(xs))
    @staticmethod
    def backward(ctx, *gs): return tuple(g*x for g,x in zip(gs, ctx.saved_tensors))
xs=[torch.full((i+1,), 2., requires_grad=True) for i in range(4)]
r=Big.apply(*xs)
print([q.grad_fn is r[0].grad_fn for q in r], [q.output_nr for q in r], r[0].grad_fn._input_metadata[2].shape)
sum(q.sum() for q in r).backward()
print([q.grad for q in xs])
""")
