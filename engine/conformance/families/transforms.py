"""Functions of functions: torch.func, and torch.vmap."""

from vocabulary import program


def each(setup: str, expressions: str) -> None:
    """A program for every line: the setup, then what the line gives."""
    for expression in expressions.strip().splitlines():
        program(f"{setup.strip()}\nprint({expression})")


# --- grad, vjp, jvp, Jacobians

FUNC = """
from torch.func import *
x = torch.ones(3)
w = torch.ones(3, requires_grad=True)
"""
each(FUNC, """
jvp(lambda x:x, x, x)
jvp(lambda x:x, (x,), x)
jvp(lambda x,y:x, (x,x), (x,))
jvp(lambda x:x, (), ())
jvp(lambda x:x, (1.,), (1.,))
jvp(lambda x:1., (x,), (x,))
jvp(lambda x:(), (x,), (x,))
jvp(lambda x:None, (x,), (x,))
jvp(lambda x:x, (x,), (x[:2],))
jvp(lambda x:torch.ones(2), (x,), (x,))
jvp(lambda x:torch.ones(2), (x,), (x,), strict=True)
jvp(lambda x:x, (x,), (x,), has_aux=True)
vjp(lambda x:1., x)
vjp(lambda x:(x,x), x)[1](x)
vjp(lambda x:(x,{'a':x}), x)[1](x)
vjp(lambda x:x.long(), x)
vjp(lambda x:x, x, has_aux=True)
vjp(lambda x:x, 1.)
vmap(lambda x:x, in_dims=(0,1))(x)
vmap(lambda x,y:x, in_dims=(0,))(x,x)
vmap(lambda x,y:x, in_dims=[0,0])(x,x)
vmap(lambda x:x, in_dims=3)(x)
vmap(lambda x:x, in_dims=0)(1.)
vmap(lambda x:x, in_dims='a')(x)
vmap(lambda x:x, in_dims=None)(x)
vmap(lambda x:x)()
vmap(lambda x,y:x)(x,torch.ones(2))
vmap(lambda x:(x,x), out_dims=(0,1,2))(x)
vmap(lambda x:x, out_dims=1)(x)
vmap(lambda x:x, out_dims='a')(x)
vmap(lambda x:x, out_dims=None)(x)
vmap(lambda x:1)(x)
vmap(lambda x:x, randomness='foo')(x)
vmap(lambda x:x, chunk_size=0)(x)
jacrev(lambda x:x, chunk_size=0)(x)
jacrev(lambda x:1.)(x)
jacfwd(lambda x:1.)(x)
hessian(lambda x:x)(x)
jacrev(lambda x:{'a':x,'b':(x.sum(),)})(x)
jacrev(lambda x,y:(x*y).sum(0),argnums=(0,1))(x,x)
jacfwd(lambda x,y:(x*y).sum(0),argnums=(0,1))(x,x)
jacfwd(lambda x:(x*2, x), has_aux=True)(x)
jacrev(lambda x:(x*2, x), has_aux=True)(x)
grad(lambda x:(x.sum(), x), has_aux=True)(x)
grad_and_value(lambda x:(x.sum(), x), has_aux=True)(x)
grad(lambda x:(x.sum(), 1.), has_aux=True)(x)
grad(lambda d:(d['a']*d['b']).sum())({'a':x,'b':x*2})
grad(lambda x,y:(x*y).sum(), argnums=(0,))(x,x)
grad(lambda x,y:(x*y).sum(), argnums=())(x,x)
grad(lambda x,y:(x*y).sum(), argnums=(0,0))(x,x)
grad(lambda x,y:(x*y).sum(), argnums=-1)(x,x)
grad(lambda x,y:(x*y).sum())(x,y=x)
grad(lambda x:x.sum()).__name__
(grad(my).__name__, vmap(my).__doc__, jacrev(my).__name__)
grad(lambda x:(x*w).sum())(x)
torch.autograd.grad(grad(lambda x:(x*x*w).sum())(x).sum(), w)
grad(lambda x: x.sum())(w)
vjp(lambda x: x*x, w)[1](x)
vmap(vjp(lambda x: x*x, w)[1])(torch.eye(3))
grad(lambda x: (x * x * w).sum())(x)
grad(grad(lambda x: (x ** 3).sum()))(x)
grad(lambda x: grad(lambda y: (x * y * y).sum())(x).sum())(x)
jacfwd(jacrev(lambda x: x ** 3))(x)
jacrev(jacfwd(lambda x: x ** 3))(x)
hessian(lambda x: (x ** 3).sum())(x)
linearize(torch.sin, x)[0]
grad(lambda x: x.sum().item())(x)
grad(lambda x: x.sum().backward())(x)
grad(lambda x: x.requires_grad_().sum())(x)
grad(lambda x: w.detach().add_(x).sum())(x)
grad(lambda x: w.detach().zero_().sum() + x.sum())(x)
""")

program("""
import torch
from torch.func import grad

def f(x):
    print(x, x.requires_grad, x.is_leaf, x.grad_fn)
    y = x * 2
    print(y, y.requires_grad, torch.ones(2), torch.zeros_like(x))
    print(x > 1, x.detach(), x.shape, x.stride(), x._version, type(x))
    return y.sum()

print(grad(f)(torch.tensor([1., 2.])))
""")

program("""
from torch.func import grad, jacfwd, jacrev, vmap

def inner(x):
    print(x)
    return (x ** 2).sum()

vmap(grad(inner))(torch.ones(2, 3))
grad(lambda x: grad(inner)(x).sum())(torch.tensor([1., 2.]))
print(jacfwd(jacrev(lambda x: (print(x), x ** 3)[1]))(torch.tensor([1., 2.])))
""")

program("""
from torch.func import grad

w = torch.ones(3, requires_grad=True)
x = torch.ones(3)
with torch.no_grad():
    print(grad(lambda x: (x * x * w).sum())(x))

def f(x):
    with torch.no_grad():
        y = x * w
    return (x * y).sum()

print(grad(f)(x), grad(lambda x: (x * w).sum())(x))
print(torch.autograd.grad(grad(lambda x: (x * x * w).sum())(x).sum(), w))
""")

program("""
from torch.func import functional_call, grad, vmap, stack_module_state

torch.manual_seed(0)
model = torch.nn.Linear(3, 1)
parameters = {name: value.detach() for name, value in model.named_parameters()}

def loss(parameters, x, y):
    return ((functional_call(model, parameters, (x,)) - y) ** 2).mean()

x, y = torch.arange(6.).view(2, 3), torch.ones(2, 1)
print(grad(loss)(parameters, x, y))
print(vmap(grad(loss), in_dims=(None, 0, 0))(parameters, x, y))
models = [torch.nn.Linear(2, 2) for _ in range(3)]
stacked, buffers = stack_module_state(models)
print({name: value.shape for name, value in stacked.items()}, buffers)
call = lambda p, x: functional_call(models[0], p, (x,))
print(vmap(call, in_dims=(0, None))(stacked, torch.ones(2)).allclose(torch.stack([m(torch.ones(2)) for m in models])))
""")

program("""
from torch.func import vjp, vmap

x = torch.tensor([1., 2.])
value, pull = vjp(lambda x: {"a": x * x, "b": (x.sum(),)}, x)
print(value)
print(pull({"a": torch.ones(2), "b": (torch.tensor(2.),)}))
print(vmap(pull)({"a": torch.eye(2), "b": (torch.zeros(2),)}))
""")


# --- vmap

VMAP = """
from torch.func import vmap, grad
x = torch.arange(6.).reshape(3, 2)
i = torch.tensor([1, 0, 1])
"""
each(VMAP, """
vmap(lambda x,i: x[i])(x,i)
vmap(lambda x,i: x[i], in_dims=(None,0))(x,i)
vmap(lambda i: x[i])(i)
vmap(lambda i: x[i,0])(i)
vmap(lambda i: x[0,i])(i)
vmap(lambda i: x[:,i])(i)
vmap(lambda i: x[i.unsqueeze(0)])(i)
vmap(lambda x,i: x.index_select(0,i))(x,i[:,None])
vmap(lambda x,i: x.gather(0,i))(x,i[:,None])
vmap(lambda x,i: x.take(i))(x,i)
vmap(lambda x: x[torch.tensor([1,0])])(x)
vmap(lambda x: x[[1,0]])(x)
vmap(lambda x: x[torch.tensor([True,False])])(x)
vmap(lambda x: x[torch.tensor(1)])(x)
vmap(lambda x,i: torch.nn.functional.one_hot(i,3))(x,i)
vmap(lambda x,i: torch.nn.functional.cross_entropy(x,i))(x,i)
vmap(lambda x,i: torch.nn.functional.nll_loss(x,i))(x,i)
vmap(lambda x,i: torch.nn.functional.embedding(i,x), in_dims=(None,0))(x,i)
vmap(lambda x: x.sum(0,keepdim=True))(x)
vmap(lambda x: x.sum(-1))(x)
vmap(lambda x: x.sum(1))(x)
vmap(torch.dot)(x,x)
vmap(torch.dot,in_dims=(0,None))(x,x[0])
vmap(vmap(torch.dot,in_dims=(None,0)),in_dims=(0,None))(x,x)
vmap(torch.mv,in_dims=(None,0))(x,x)
vmap(torch.outer)(x,x)
vmap(lambda x: torch.einsum('i,i->',x,x))(x)
vmap(lambda x: torch.nn.functional.linear(x,torch.ones(4,2),torch.ones(4)))(x)
vmap(lambda x: torch.linalg.norm(x))(x)
vmap(lambda x: x.norm())(x)
vmap(lambda x: x.sort(descending=True))(x)
vmap(lambda x: (x.sort(descending=True).values, x.argsort()))(x)
vmap(lambda x: x.topk(1)[0])(x)
vmap(lambda x: x.var())(x)
vmap(lambda x: x.prod())(x)
vmap(lambda x: x.std(0))(x)
vmap(lambda x: x.log_softmax(0))(x)
vmap(lambda x: x.logsumexp(0))(x)
vmap(lambda x: x.cumsum(0))(x)
vmap(lambda x: x.flip(0))(x)
vmap(lambda x: x.roll(1))(x)
vmap(lambda x: x.repeat(2))(x)
vmap(lambda x: x.tril())(x.reshape(3,1,2))
vmap(lambda x: torch.diag(x))(x)
vmap(lambda x: x.split(1))(x)
vmap(lambda x: x.unbind())(x)
vmap(lambda x: x.chunk(2))(x)
vmap(lambda x: {'a':x,'b':[x.sum(), torch.zeros(())]})(x)
vmap(lambda x: x.to(torch.float64))(x)
vmap(lambda x: torch.ones(2))(x)
vmap(lambda x: x, out_dims=1)(x)
vmap(lambda x: x, in_dims=1, out_dims=-1)(x)
vmap(lambda d: d['a']+d['b'], in_dims=({'a':0,'b':None},))({'a':x,'b':x[0]})
vmap(lambda x,y: x+y, in_dims=(0,None))(x,1.5)
vmap(lambda x: x*torch.tensor(2.,dtype=torch.float64))(x)
vmap(lambda x: x.sum()*torch.ones(2,dtype=torch.float64))(x)
vmap(lambda x: x.max(0))(x)
vmap(lambda x: x.max())(x)
vmap(lambda x: (x.argmax(), x.any(), x.all(0)))(x)
vmap(lambda x: torch.clamp(x,1,2))(x)
vmap(lambda x: torch.maximum(x,x.mean()))(x)
vmap(lambda x: x.masked_fill(x>1,0.))(x)
vmap(lambda x: torch.linalg.inv(torch.eye(2)+x.outer(x)))(x)
vmap(lambda x: torch.linalg.det(torch.eye(2)+x.outer(x)))(x)
vmap(lambda x: torch.isclose(x,x))(x)
vmap(lambda x: torch.nn.functional.mse_loss(x,torch.zeros(2)))(x)
vmap(lambda x: torch.nn.functional.layer_norm(x,(2,)))(x)
vmap(lambda x: x.add_(1))(torch.ones(2,3))
vmap(lambda x: x.item())(torch.ones(2))
vmap(lambda x: x if x>0 else -x)(torch.ones(2))
vmap(lambda x: float(x))(torch.ones(2))
vmap(lambda x: torch.rand(2))(torch.ones(2))
vmap(lambda x: x.nonzero())(torch.ones(2,3))
vmap(lambda x: x[x>0])(torch.ones(2,3))
vmap(lambda x: torch.masked_select(x,x>0))(torch.ones(2,3))
vmap(lambda x: torch.unique(x))(torch.ones(2,3))
vmap(lambda x: x.tolist())(torch.ones(2,3))
vmap(lambda x: x.requires_grad_())(torch.ones(2,3))
vmap(lambda x: torch.allclose(x,x))(torch.ones(2,3))
vmap(lambda x: torch.equal(x,x))(torch.ones(2,3))
vmap(lambda x: len(x))(torch.ones(2,3))
vmap(lambda x: x.contiguous().stride())(torch.ones(2,3))
vmap(lambda x: torch.ones(2).add_(x))(x)
vmap(lambda x: torch.ones(2).mul_(x))(x)
vmap(lambda x: torch.ones(2).copy_(x))(x)
vmap(lambda x: x.clone().copy_(torch.ones(2)))(x)
torch.vmap(torch.dot)(x, x)
""")

program("""
from torch.func import vmap

def f(x):
    print(x, x.shape, x.stride(), x.requires_grad, x.grad_fn, x.is_leaf)
    print(torch.ones(2), torch.zeros_like(x), x.new_zeros(2), x > 1)
    print(x * 2, x.exp(), x.sum(), x[0], x.view(-1), x.T if x.ndim == 2 else x.max(0))
    return x * 2

x = torch.arange(6.).reshape(2, 3).requires_grad_()
print(vmap(f)(x))
print(vmap(f, in_dims=1)(x))
""")

program("""
from torch.func import vmap
calls = []

def f(x):
    calls.append(x.shape)
    return x * 2

print(vmap(f, chunk_size=2)(torch.arange(5.)), calls)
print(vmap(f)(torch.arange(5.)), len(calls))
""")

program("""
from torch.func import jacfwd, jacrev, hessian, vmap, grad

def change(x):
    x = x.clone()
    x[:1] += 5
    return x * x

def put(x, i):
    x = x.clone()
    x[i] = 9.
    return x

x = torch.arange(6.).reshape(3, 2)
print(vmap(change)(x), vmap(put)(x, torch.tensor([1, 0, 1])))
print(jacrev(change)(x[1]), jacfwd(change)(x[1]), vmap(jacrev(change))(x), vmap(jacfwd(change))(x))
print(hessian(lambda x: change(x).sum())(x[1]))
""")

RANDOM = """
from torch.func import vmap, grad
torch.manual_seed(0)
x = torch.ones(3, 2)
"""
for randomness in ("error", "same", "different"):
    each(RANDOM, f"""
vmap(lambda x: torch.rand(2), randomness={randomness!r})(x)
vmap(lambda x: torch.randn(2) + x, randomness={randomness!r})(x)
vmap(lambda x: torch.rand_like(x), randomness={randomness!r})(x)
vmap(lambda x: torch.randint(0, 10, (2,)), randomness={randomness!r})(x)
vmap(lambda x: torch.randperm(4), randomness={randomness!r})(x)
vmap(lambda x: torch.bernoulli(x * 0.5), randomness={randomness!r})(x)
vmap(lambda x: torch.bernoulli(torch.full((2,), 0.5)), randomness={randomness!r})(x)
vmap(lambda x: x.clone().normal_(), randomness={randomness!r})(x)
vmap(lambda x: torch.empty(2).normal_(), randomness={randomness!r})(x)
vmap(lambda x: torch.nn.functional.dropout(x), randomness={randomness!r})(x)
vmap(lambda x: torch.multinomial(x, 1), randomness={randomness!r})(x)
vmap(vmap(lambda x: torch.rand(2), randomness='different'), randomness={randomness!r})(x)
vmap(grad(lambda x: (x * torch.rand(2)).sum()), randomness={randomness!r})(x)
""")


# --- torch.autograd.Function in transforms

FUNCTION = """
from torch.autograd import Function
from torch.func import *
x = torch.tensor([1., 2.])
X = torch.arange(6.).reshape(3, 2)

class Old(Function):
    @staticmethod
    def forward(ctx,x): ctx.save_for_backward(x); return x**2
    @staticmethod
    def backward(ctx,g): x,=ctx.saved_tensors; return 2*x*g

class Sq(Function):
    @staticmethod
    def forward(x): print('fwd',x); return x**2
    @staticmethod
    def setup_context(ctx,inputs,output): x,=inputs; ctx.save_for_backward(x); ctx.save_for_forward(x)
    @staticmethod
    def backward(ctx,g): x,=ctx.saved_tensors; print('bwd',g); return 2*x*g
    @staticmethod
    def jvp(ctx,t): x,=ctx.saved_tensors; print('jvp',t); return 2*x*t

class G(Function):
    generate_vmap_rule=True
    @staticmethod
    def forward(x,y): print('fwd',x.shape); return x*y, x+y
    @staticmethod
    def setup_context(ctx,inputs,output): ctx.save_for_backward(*inputs); ctx.save_for_forward(*inputs); ctx.k=2
    @staticmethod
    def backward(ctx,g,h): x,y=ctx.saved_tensors; return g*y+h, g*x+h
    @staticmethod
    def jvp(ctx,a,b): x,y=ctx.saved_tensors; return a*y+x*b, a+b

class V(Function):
    @staticmethod
    def forward(x,k): return x*k
    @staticmethod
    def setup_context(ctx,inputs,output): ctx.k=inputs[1]
    @staticmethod
    def backward(ctx,g): return g*ctx.k, None
    @staticmethod
    def vmap(info,in_dims,x,k): print(info,in_dims,x.shape,k); return V.apply(x,k), in_dims[0]

class Vbad(V):
    @staticmethod
    def vmap(info,in_dims,x,k): return x

class Vbad2(V):
    @staticmethod
    def vmap(info,in_dims,x,k): return x,(0,0)

class Vbad3(V):
    generate_vmap_rule=True

f = lambda x, y: sum(o.sum() for o in G.apply(x, y))
"""
each(FUNCTION, """
grad(lambda x: Old.apply(x).sum())(x)
vmap(Old.apply)(X)
jvp(Old.apply,(x,),(x,))
grad(lambda x: Sq.apply(x).sum())(x)
grad(lambda x: grad(lambda x: Sq.apply(x).sum())(x).sum())(x)
vmap(Sq.apply)(X)
jvp(Sq.apply,(x,),(x,))
vmap(G.apply)(X,X)
vmap(G.apply,in_dims=(0,None))(X,x)
vmap(G.apply,in_dims=(None,1))(x[:1],X)
vmap(grad(f,argnums=(0,1)))(X,X)
vmap(grad(f,argnums=(0,1)),in_dims=(0,None))(X,x)
grad(lambda x,y: vmap(f,in_dims=(0,None))(x,y).sum(),argnums=(0,1))(X,x)
jacrev(G.apply,argnums=(0,1))(x,x)
jacfwd(G.apply,argnums=(0,1))(x,x)
hessian(f)(x,x)
jvp(G.apply,(x,x),(x,x))
vmap(lambda x: jvp(lambda x: G.apply(x,x),(x,),(x,)))(X)
jacrev(jacrev(f))(x,x)
vmap(lambda x: V.apply(x,3))(X)
vmap(lambda x: V.apply(x,3),in_dims=1)(X)
vmap(grad(lambda x: V.apply(x,3).sum()))(X)
grad(lambda X: vmap(lambda x: V.apply(x,3))(X).sum())(X)
vmap(lambda x: V.apply(torch.ones(2),3)+x)(X)
vmap(vmap(lambda x: V.apply(x,3)))(X)
jacrev(lambda x: V.apply(x,3))(x)
jvp(lambda x: V.apply(x,3),(x,),(x,))
vmap(lambda x: Vbad.apply(x,3))(X)
vmap(lambda x: Vbad2.apply(x,3))(X)
vmap(lambda x: Vbad3.apply(x,3))(X)
""")
