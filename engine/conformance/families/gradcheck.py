"""gradcheck and gradgradcheck."""

from vocabulary import program


def each(setup: str, expressions: str) -> None:
    """A program for every line: the setup, then what the line gives."""
    for expression in expressions.strip().splitlines():
        program(f"{setup.strip()}\nprint({expression})")


CHECK = """
import warnings
from torch.autograd import Function, gradcheck, gradgradcheck
torch.manual_seed(0)

def d(*shape):
    size = torch.Size(shape)
    return torch.arange(1., 1 + size.numel(), dtype=torch.float64).reshape(size).div(3).requires_grad_()

x = d(3)

class Bad(Function):
    @staticmethod
    def forward(ctx,x): ctx.save_for_backward(x); return x*x
    @staticmethod
    def backward(ctx,g): x,=ctx.saved_tensors; return g*3*x

class NoMul(Function):
    @staticmethod
    def forward(ctx,x): return x*2
    @staticmethod
    def backward(ctx,g): return torch.full_like(g,2.)

class Non(Function):
    n=0
    @staticmethod
    def forward(ctx,x): return x*1
    @staticmethod
    def backward(ctx,g): Non.n+=1; return g+Non.n*1e-9

class Undef(Function):
    @staticmethod
    def forward(ctx,x): ctx.set_materialize_grads(False); return x*1,x*2
    @staticmethod
    def backward(ctx,g,h): return g+2*h

class Undef2(Function):
    @staticmethod
    def forward(ctx,x): ctx.set_materialize_grads(False); return x*1
    @staticmethod
    def backward(ctx,g): return torch.ones(1,dtype=torch.float64) if g is None else g
"""
each(CHECK, """
gradcheck(torch.sin,(x,))
gradcheck(torch.sin,x)
gradcheck(torch.sin,[x])
gradgradcheck(torch.sin,(x,))
gradcheck(torch.sin,(x.detach(),))
gradcheck(torch.sin,(x.detach().float().requires_grad_(),),raise_exception=False)
gradcheck(lambda x:x.detach()*x,(x,))
gradcheck(lambda x:x.detach()*x,(x,),fast_mode=True)
gradcheck(lambda x:x.detach()*x,(x,),raise_exception=False)
gradcheck(lambda x:x.detach()*x,(x,),check_forward_ad=True,check_backward_ad=False)
gradcheck(Bad.apply,(x,))
gradcheck(Bad.apply,(x,),fast_mode=True)
gradcheck(Bad.apply,(x,),atol=100.)
gradcheck(Bad.apply,(x,),rtol=1.)
gradcheck(Bad.apply,(x,),check_forward_ad=True)
gradcheck(NoMul.apply,(d(1),))
gradcheck(NoMul.apply,(d(2),))
gradcheck(Non.apply,(d(1),))
gradcheck(Non.apply,(d(1),),nondet_tol=1.)
gradcheck(Undef.apply,(d(1),))
gradcheck(Undef2.apply,(d(1),))
gradcheck(Undef2.apply,(d(1),),check_undefined_grad=False)
gradcheck(lambda x:(x*2,x.long()),(d(2),))
gradcheck(lambda x:(x.long(),x*2),(d(2),))
gradcheck(lambda x:torch.ones(2,dtype=torch.float64),(d(2),))
gradcheck(lambda x:x.detach(),(d(2),))
gradcheck(lambda x:x.detach(),(d(2),),fast_mode=True)
gradcheck(lambda x:torch.ones(2,dtype=torch.float64),(d(2),),fast_mode=True)
gradcheck(lambda x,y:x@y,(d(2,2),d(2,2)),check_batched_grad=True,check_forward_ad=True,check_batched_forward_grad=True)
gradcheck(lambda x,y:(x@y,x*y),(d(2,2),d(2,2)),fast_mode=True,check_batched_grad=True,check_forward_ad=True)
gradgradcheck(lambda x,y:x@y,(d(2,2),d(2,2)),check_batched_grad=True,check_fwd_over_rev=True)
gradgradcheck(lambda x:x**3,(d(2),),fast_mode=True)
gradgradcheck(lambda x:x*x.detach(),(d(2),))
gradgradcheck(Bad.apply,(d(2),))
gradgradcheck(lambda x:x**3,(d(2),),grad_outputs=torch.ones(2,dtype=torch.float64))
gradgradcheck(lambda x:x**3,(d(2),),gen_non_contig_grad_outputs=True)
gradcheck(torch.sin,(x,),check_forward_ad=False,check_backward_ad=False)
gradcheck(torch.sin,(x,),check_batched_grad=True,check_backward_ad=False,check_forward_ad=True)
gradcheck(torch.sin,(x,),check_batched_forward_grad=True)
gradgradcheck(torch.sin,(x,),check_rev_over_rev=False)
gradgradcheck(torch.sin,(x,),check_rev_over_rev=False,check_fwd_over_rev=True)
gradgradcheck(torch.sin,(x,),check_rev_over_rev=False,check_fwd_over_rev=True,check_undefined_grad=False)
gradcheck(torch.sin,(d(1).expand(3),))
gradcheck(torch.abs,(torch.zeros(2,dtype=torch.float64,requires_grad=True),))
gradcheck(lambda x:x.clone().requires_grad_(),(d(2).detach(),d(2)))
gradcheck(lambda x,k:x*k,(d(2),3))
gradcheck(lambda x:x.sum(),(d(0),))
gradcheck(lambda x:x[x>0.5],(d(3),))
gradcheck(torch.nn.Linear(2,2).double(),(d(1,2),))
gradcheck(lambda x: x.sum() if x.sum()>1e9 else 3.,(d(2),))
""")

program("""
from torch.autograd import gradcheck
calls = [0]

def square(x):
    calls[0] += 1
    return x * x

x = torch.tensor([1., 2.], dtype=torch.float64, requires_grad=True)
for options in ({}, {"fast_mode": True}, {"check_forward_ad": True}, {"check_batched_grad": True}):
    calls[0] = 0
    print(gradcheck(square, (x,), **options), calls)
""")
