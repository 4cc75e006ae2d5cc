"""Results that go into tensors which are there: `out=` of every dtype, and in place what can't be written."""

from vocabulary import program

program("""
a=torch.zeros(3)
a.copy_(torch.ones(2,3))
""", name="copy_ of more dimensions")

program("""
a=torch.zeros(3)
a.copy_(torch.ones(2))
""", name="copy_ of another size")

program("""
a=torch.zeros(2,3)
a.copy_(torch.ones(4,2,3))
""", name="copy_ of a batch")

program("""
a=torch.zeros(2,3)
a.copy_(torch.ones(2,1))
print(a)
""", name="copy_ of a column")

program("""
a=torch.zeros(2,3)
a[0]=torch.ones(2)
""", name="assigning another size")

program("""
a=torch.zeros(2,3)
a[0]=torch.ones(2,3)
""", name="assigning more dimensions")

program("""
a=torch.zeros(2,3,requires_grad=True)*1
a.copy_(torch.ones(2,2))
""", name="copy_ with history of another size")

program("""
a=torch.zeros(2,3,requires_grad=True)*1
a.copy_(torch.ones(1,2,3))
print(a)
""", name="copy_ with history of one more dimension")

program("""
a=torch.zeros(2,3)
a.copy_(torch.ones(1,2,3))
print(a)
""", name="copy_ of one more dimension")

program("""
a=torch.zeros(2,3)
a.copy_(torch.ones(2,2,3))
print(a)
""", name="copy_ of two")

program("""
a=torch.zeros(2,3).data
a.data.fill_(2); a[:]=torch.ones(2,2,3)
""", name="assigning two to a slice")

program("""
x=torch.tensor([1,2,3])
for f in ('clamp_min_','clamp_max_','clamp_','add_','mul_','div_','sub_','pow_','fmod_','remainder_','floor_divide_','atan2_','copysign_','lerp_','xlogy_','maximum','hypot_','bitwise_and_','eq_','lt_','logical_and_','masked_fill_','fill_','float_power_','true_divide_'):
    try: print(f, getattr(x.clone(),f)(2.5))
    except Exception as e: print(f, type(e).__name__, e)
""", name="in place with a fraction")

program("""
x=torch.tensor([1,2,3],dtype=torch.uint8)
y=torch.tensor([1.5,2,3])
for f in ('clamp_min_','clamp_max_','clamp_','add_','mul_','div_','sub_','pow_','fmod_','remainder_','floor_divide_','atan2_','copysign_','lerp_','xlogy_','hypot_','bitwise_and_','eq_','lt_','logical_and_','masked_fill_','fill_','float_power_','true_divide_','copy_','nextafter_','ldexp_','gcd_','lcm_','heaviside_','igamma_','addcmul_','addcdiv_','arctan2_','greater_','ne_'):
    try: print(f, getattr(x.clone(),f)(y))
    except Exception as e: print(f, type(e).__name__, e)
""", name="in place with floats into bytes")

program("""
x=torch.tensor([True,False])
for f in ('clamp_min_','clamp_max_','clamp_','add_','mul_','div_','sub_','pow_','fmod_','remainder_','floor_divide_','atan2_','copysign_','lerp_','xlogy_','hypot_','bitwise_and_','eq_','lt_','logical_and_','masked_fill_','fill_','float_power_','true_divide_'):
    for o in (1, True, 1.5, torch.tensor([1,2]), torch.tensor([True,True]), torch.tensor([1.5,2])):
        try: print(f, o, getattr(x.clone(),f)(o))
        except Exception as e: print(f, o, type(e).__name__, e)
""", name="in place into bools")

program("""
x=torch.tensor([1,2])
for f in ('sin_','exp_','sqrt_','abs_','neg_','floor_','round_','sign_','sigmoid_','reciprocal_','rsqrt_','trunc_','frac_','erf_','log_','square_','tanh_','ceil_','logical_not_','bitwise_not_','zero_','nan_to_num_','deg2rad_','sinc_','exp2_','expm1_','digamma_','lgamma_','erfinv_','i0_','logit_','angle','relu_','sgn_','acos_','negative_','absolute_','fix_','cumsum_','cumprod_','tril_','triu_','mvlgamma_','polygamma_'):
    for y in (x.clone(), x>1, x.to(torch.uint8), x[:0], x.to(torch.int8)-3):
        try: print(f, getattr(y,f)(*([0] if f[:3]=='cum' else [1] if f[:3] in('mvl','pol') else [])))
        except Exception as e: print(f, y.dtype, type(e).__name__, e)
""", name="functions in place of whole numbers")

program("""
for dt in (torch.int64,torch.uint8,torch.bool,torch.int8,torch.float32):
  x=torch.tensor([1,2,0],dtype=dt)
  for f in ('sin','exp','sqrt','abs','neg','floor','round','sign','sigmoid','reciprocal','rsqrt','trunc','frac','erf','log','square','tanh','ceil','logical_not','bitwise_not','nan_to_num','deg2rad','sinc','exp2','expm1','digamma','lgamma','erfinv','i0','logit','angle','relu','sgn','positive','signbit','isnan','isinf','isfinite','isposinf','isneginf','isreal','cumsum','cumprod','cummax','logcumsumexp','softmax','log_softmax','argsort','sort','mean','sum','prod','var','std','median','mode','nansum','nanmean','nanmedian','logsumexp','norm','amax','argmax','max','aminmax','any','all','count_nonzero','unique','bincount','histc','cov','corrcoef','diff','trapezoid','cumulative_trapezoid','quantile','nanquantile','softplus','gelu','silu','elu','selu','celu','leaky_relu','relu6','hardswish','hardsigmoid','hardtanh','hardshrink','softshrink','mish','tanhshrink','softsign','logsigmoid','threshold','rad2deg','tan','frexp','msort'):
    try:
        args=[0] if f in ('cumsum','cumprod','cummax','logcumsumexp','softmax','log_softmax','logsumexp') else [0.5] if 'quantile' in f else [0.,1.] if f=='threshold' else []
        g=getattr(torch,f,None) or getattr(torch.nn.functional,f)
        print(f,dt,g(x,*args))
    except Exception as e: print(f,dt,type(e).__name__,e)
""", name="functions of every dtype")

program("""
x=torch.ones(2); i=torch.tensor([1,2])
for dt in (torch.float64,torch.int64,torch.bool,torch.float32):
  for nm,f in dict(mean=lambda o:torch.mean(x,0,out=o),
        mean64=lambda o:torch.mean(x.double(),0,out=o),
        std=lambda o:torch.std(x,0,out=o),
        var=lambda o:torch.var(x,0,out=o),
        norm=lambda o:torch.norm(x,dim=0,out=o),
        sum=lambda o:torch.sum(x,0,out=o),
        prod=lambda o:torch.prod(x,0,out=o),
        amax=lambda o:torch.amax(x,0,out=o),
        argmax=lambda o:torch.argmax(x,0,out=o),
        any=lambda o:torch.any(x,0,out=o),
        cumsum=lambda o:torch.cumsum(x,0,out=o),
        logsumexp=lambda o:torch.logsumexp(x,0,out=o),
        nansum=lambda o:torch.nansum(x,0,out=o),
        nanmean=lambda o:torch.nanmean(x,0,out=o),
        median=lambda o:torch.median(x,0,out=(o,o.clone().long())),
        quantile=lambda o:torch.quantile(x,.5,out=o),
        linspace=lambda o:torch.linspace(0,1,3,out=o),
        softmax=lambda o:torch.softmax(x,0,out=o),
        diff=lambda o:torch.diff(x,out=o),
        dot=lambda o:torch.dot(x,x,out=o),
        mm=lambda o:torch.mm(x[None],x[:,None],out=o),
        cat=lambda o:torch.cat([x,x],out=o),
        where=lambda o:torch.where(x>0,x,x,out=o),
        sort=lambda o:torch.sort(x,out=(o,o.long())),
        cummax=lambda o:torch.cummax(x,0,out=(o,o.long())),
        logcumsumexp=lambda o:torch.logcumsumexp(x,0,out=o),
        take=lambda o:torch.take(x,i-1,out=o),
        gather=lambda o:torch.gather(x,0,i-1,out=o),
        clamp=lambda o:torch.clamp(x,0,1,out=o),
        eq=lambda o:torch.eq(x,x,out=o),
        isposinf=lambda o:torch.isposinf(x,out=o),
        round=lambda o:torch.round(x,out=o),
        pow=lambda o:torch.pow(x,2,out=o),
        bmm=lambda o:torch.bmm(x[None,None],x[None,:,None],out=o),
        outer=lambda o:torch.outer(x,x,out=o),
        cross=lambda o:torch.linalg.cross(x[:1].expand(3),x[:1].expand(3),out=o),
        nan_to_num=lambda o:torch.nan_to_num(x,out=o),
        kthvalue=lambda o:torch.kthvalue(x,1,out=(o,o.long())),
        topk=lambda o:torch.topk(x,1,out=(o,o.long())),
        mode=lambda o:torch.mode(x,0,out=(o,o.long())),
        aminmax=lambda o:torch.aminmax(x,dim=0,out=(o,o.clone())),
        histc=lambda o:torch.histc(x,2,out=o),
        nonzero=lambda o:torch.nonzero(x,out=o),
        trilu=lambda o:torch.tril(x[None],out=o),
        lerp=lambda o:torch.lerp(x,x,.5,out=o),
        addmm=lambda o:torch.addmm(x[:1,None],x[None],x[:,None],out=o),
        std_mean=lambda o: torch.var_mean(x,0), index_select=lambda o:torch.index_select(x,0,i-1,out=o),
        masked_select=lambda o:torch.masked_select(x,x>0,out=o),
        stack=lambda o:torch.stack([x,x],out=o),
        frexp=lambda o:torch.frexp(x,out=(o,o.int())),
        bitwise_not=lambda o:torch.bitwise_not(i,out=o),
        floor_divide=lambda o:torch.floor_divide(x,2,out=o),
        float_power=lambda o:torch.float_power(x,2,out=o),
        heaviside=lambda o:torch.heaviside(x,x,out=o),
        renorm=lambda o:torch.renorm(x[None],2,0,1,out=o),
        cumprod=lambda o:torch.cumprod(x,0,out=o),
        sgn=lambda o:torch.sgn(x,out=o),
        frac=lambda o:torch.frac(x,out=o),
        signbit=lambda o:torch.signbit(x,out=o),
        logical_not=lambda o:torch.logical_not(x,out=o),
        logical_and=lambda o:torch.logical_and(x,x,out=o),
        all=lambda o:torch.all(x,0,out=o),
        atan2=lambda o:torch.atan2(x,x,out=o),
        max=lambda o:torch.max(x,x,out=o),
        max0=lambda o:torch.max(x,0,out=(o,o.long())),
        fmax=lambda o:torch.fmax(x,x,out=o),
        inverse=lambda o:torch.inverse(x[:1,None],out=o),
        det=lambda o:torch.linalg.det(x[:1,None],out=o),
        solve=lambda o:torch.linalg.solve(x[:1,None],x[:1,None],out=o),
        bucketize=lambda o:torch.bucketize(x,x,out=o),
        searchsorted=lambda o:torch.searchsorted(x,x,out=o),
        polygamma=lambda o:torch.polygamma(1,x,out=o),
        xlogy=lambda o:torch.xlogy(x,x,out=o),
        logit=lambda o:torch.logit(x,out=o),
        special=lambda o:torch.special.expit(x,out=o),
        diag=lambda o:torch.diag(x,out=o),
        arange=lambda o:torch.arange(3,out=o),
        full=lambda o:torch.full((2,),2.,out=o),
        eye=lambda o:torch.eye(2,out=o),
        zeros=lambda o:torch.zeros(2,out=o),
        logspace=lambda o:torch.logspace(0,1,2,out=o),
        isin=lambda o:torch.isin(x,x,out=o),
        hypot=lambda o:torch.hypot(x,x,out=o),
        cov=lambda o:torch.cov(x),
        count=lambda o:torch.count_nonzero(x),
        sin=lambda o:torch.sin(x,out=o),
        sini=lambda o:torch.sin(i,out=o),
        addi=lambda o:torch.add(i,i,out=o),
        divi=lambda o:torch.div(i,i,out=o),
        meani=lambda o:torch.mean(i,0,out=o),
        sumi=lambda o:torch.sum(i,0,out=o),
        floor=lambda o:torch.floor(x,out=o),
        abs=lambda o:torch.abs(i,out=o),
        neg=lambda o:torch.neg(i,out=o)).items():
    for shape in ((0,),):
      o=torch.empty(shape,dtype=dt)
      try: r=f(o); print(nm,dt,r)
      except Exception as e: print(nm,dt,type(e).__name__,e)
""", name="out= of functions in four dtypes")

program("""
x=torch.tensor([1.,2.])
x.add(2,x); x.add_(2,x); torch.sub(x,2,x); torch.addcmul(x,2,x,x); x.addcdiv_(2,x,x); print(torch.addmm(2,torch.eye(2),torch.eye(2),torch.eye(2)));print(torch.addmm(2,torch.eye(2),3,torch.eye(2),torch.eye(2)))
print(torch.add(x,2,x),x)
""", name="deprecated orders of arguments")

program("""
x=torch.tensor([1.,2,4,8,16],requires_grad=True)
print(torch.gradient(x)); print(torch.gradient(x,spacing=2.,edge_order=2)); print(torch.gradient(x,spacing=(torch.tensor([0.,1,3,4,7]),)))
print(torch.gradient(x,spacing=(torch.tensor([0.,1,3,4,7]),),edge_order=2))
y=torch.arange(12.).view(3,4)**2
print(torch.gradient(y)); print(torch.gradient(y,dim=1)); print(torch.gradient(y,spacing=[1.,2.]), torch.gradient(y,dim=(0,1),spacing=3), torch.gradient(y,dim=(0,)))
""", name="gradient")

program("""
for f in (lambda: torch.gradient(torch.tensor([1.])), lambda: torch.gradient(torch.ones(3,3),spacing=[1.]), lambda: torch.gradient(torch.ones(3,3),dim=0,spacing=[1.,2.]), lambda: torch.gradient(torch.ones(3),edge_order=3), lambda: torch.gradient(torch.ones(3).byte()), lambda: torch.gradient(torch.ones(3,3),dim=(0,0)), lambda: torch.gradient(torch.ones(3),spacing=(torch.ones(3,1),)), lambda: torch.gradient(torch.tensor([1,2,4])), lambda: torch.gradient(1), lambda: torch.gradient(torch.ones(3,3),dim=5), lambda: torch.gradient(torch.ones(2,3),edge_order=2), lambda: torch.gradient(torch.tensor(1.))):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
""", name="gradient refuses")

program("""
x=torch.tensor([[3.,4],[1,0],[0,0]],requires_grad=True)
y=torch.renorm(x,2,0,2.5); print(y, {a:getattr(y.grad_fn,a) for a in dir(y.grad_fn) if a[:6]=='_saved'}); y.sum().backward(); print(x.grad)
print(torch.renorm(x,1,1,1.), x.detach().clone().renorm_(2,0,1), torch.renorm(x.detach(),p=float('inf'),dim=-1,maxnorm=2))
for f in (lambda: torch.renorm(x,0,0,1), lambda: torch.renorm(x,2,0,-1), lambda: torch.renorm(x[0],2,0,1), lambda: torch.renorm(x.long(),2,0,1), lambda:x.renorm_(2,0,1), lambda: torch.renorm(x,2,3,1.)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
""", name="renorm")

program("""
x=torch.tensor([[1,0],[0,2]])
print(torch.argwhere(x), x.argwhere(), torch.argwhere(torch.tensor(1)), torch.argwhere(torch.tensor(0)), torch.argwhere(torch.zeros(2,0)))
""", name="argwhere")

program("""
from torch.func import vmap
x=torch.arange(6).view(3,2)
print(vmap(lambda a: a & 3)(x), vmap(lambda a: torch.gcd(a, torch.tensor([2,4])))(x), vmap(lambda a: a<<1)(x), vmap(lambda a: ~a)(x))
""", name="whole numbers under vmap")

program("""
from torch.func import vmap
x=torch.arange(12.).view(3,2,2)
print(vmap(lambda a: torch.kron(a, torch.tensor([[1.,2.],[3,4]])),in_dims=1)(x))
""", name="kron under vmap")

