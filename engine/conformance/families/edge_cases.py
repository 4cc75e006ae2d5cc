"""What learners try at the edges: nothing at all, ties, infinities, whole numbers that don't fit, what has no meaning."""

from vocabulary import program


def tried(name: str, *calls: str) -> None:
    lines = "\n".join(f"    lambda: {call}," for call in calls)
    program(
        f"for call in (\n{lines}\n):\n"
        "    try:\n        print(call())\n    except Exception as error:\n        print(type(error).__name__, error)\n",
        name=name,
    )


tried(
    "nothing to choose from",
    'torch.aminmax(torch.zeros(0,3),dim=0)',
    'torch.aminmax(torch.zeros(5,0,3),dim=0)',
    'torch.aminmax(torch.zeros(0))',
    'torch.aminmax(torch.zeros(2,0),dim=-1,keepdim=True)',
    'torch.kthvalue(torch.tensor(True),1,0)',
    'torch.median(torch.zeros(0,3),dim=1)',
    'torch.mode(torch.zeros(0,3),dim=1)',
    'torch.hstack(())',
    'torch.vstack(())',
    'torch.dstack(())',
    'torch.stack(())',
    'torch.cat(())',
)

tried(
    "joining nothing, and empty totals",
    'torch.nansum(torch.tensor([1,2]),out=torch.empty(0,dtype=torch.int64))',
    'torch.max(torch.zeros(5,0),dim=0)',
    'torch.argmax(torch.zeros(5,0),dim=0)',
    'torch.argmax(torch.zeros(5,0),dim=-1)',
    'torch.amax(torch.zeros(5,0))',
    'torch.where(torch.tensor([1,0],dtype=torch.uint8),1.,2.)',
    'torch.prod(torch.zeros(0))',
    'torch.std(torch.zeros(0))',
    'torch.logsumexp(torch.zeros(0,2),0)',
    'torch.quantile(torch.zeros(0),.5)',
    "torch.nanmedian(torch.tensor([float('nan')]*3))",
    'torch.cumsum(torch.tensor(True),0)',
)

tried(
    "totals of nothing",
    'torch.renorm(torch.ones(2,2,2),2,0,1.)',
    'torch.nanmean(torch.tensor([1,2]))',
    "torch.nanmean(torch.tensor([float('nan')]))",
    'torch.cov(torch.tensor([1.]))',
    'torch.dist(torch.tensor([1.]),torch.tensor([3.]),0)',
    "torch.logcumsumexp(torch.tensor([float('-inf')]*2),0)",
    'torch.float_power(torch.tensor([-8.]),1/3)',
    'torch.remainder(torch.tensor([5,-5]),torch.tensor([0,3]))',
    'torch.tensor([1.,-1])//0',
    'torch.tensor([1,2])//0',
    'torch.fmod(torch.tensor([1.]),0)',
    'torch.bitwise_left_shift(torch.tensor([1]),64)',
)

tried(
    "whole numbers at their limits",
    'torch.tensor([200],dtype=torch.uint8)+100',
    'torch.tensor([100],dtype=torch.int8)*2',
    'torch.tensor([2**31-1],dtype=torch.int32)+1',
    '-torch.tensor([True])',
    'torch.tensor([True])-torch.tensor([True])',
    '~torch.tensor([1.])',
    'torch.tensor([1.])&torch.tensor([1.])',
    'torch.tensor([1])<<torch.tensor([-1])',
    'torch.clamp(torch.tensor([1.,5.]),torch.tensor([3.]),torch.tensor([2.]))',
    "torch.cdist(torch.ones(2,3),torch.ones(2,3),p=float('inf'))",
    'torch.bincount(torch.tensor([1,1,2]),weights=torch.tensor([.5,.5,1.]))',
    'torch.trapezoid(torch.tensor([1.,2,3]),torch.tensor([0.,1,3]))',
)

tried(
    "signs and operators",
    'torch.cumulative_trapezoid(torch.tensor([1.,2,3]))',
    "torch.cummax(torch.tensor([1.,float('nan'),3]),0)",
    "torch.xlogy(torch.tensor([0.,0.]),torch.tensor([0.,float('nan')]))",
    "torch.logaddexp(torch.tensor([float('-inf')]),torch.tensor([float('-inf')]))",
    'torch.var(torch.tensor([1.]))',
    'torch.var(torch.tensor([1.,2]),correction=2)',
    'torch.std(torch.tensor([1,2]))',
    'torch.norm(torch.zeros(2,2),dim=1,p=-1)',
    'torch.norm(torch.tensor([3,4]))',
    'torch.any(torch.zeros(2,2),(0,1))',
    'torch.all(torch.zeros(2,0),1)',
    'torch.sum(torch.ones(2,2),(0,0))',
)

tried(
    "numbers on the way",
    'torch.sum(torch.ones(2),3)',
    'torch.mean(torch.tensor([1,2]))',
    'torch.mean(torch.tensor([1,2]),dtype=torch.int64)',
    'torch.tensor([1,2]).mean(dtype=torch.float64)',
    'torch.argmax(torch.tensor([True]))',
    'torch.max(torch.tensor([]))',
    'torch.tensor(5)+torch.tensor([1],dtype=torch.int8)',
    '(torch.tensor(1.5,dtype=torch.float64)+torch.ones(1)).dtype',
    '(torch.ones(1,dtype=torch.int32)*2.5).dtype',
    '(torch.tensor(True)+1).dtype',
    'torch.result_type(torch.tensor(1),1.5)',
    'torch.can_cast(torch.float,torch.int)',
)

tried(
    "spreads and norms",
    'torch.promote_types(torch.uint8,torch.int8)',
    "torch.tensor([3]).div(2,rounding_mode='trunc')",
    'torch.isclose(torch.tensor([1.]),torch.tensor([1.+1e-9]))',
    "torch.allclose(torch.tensor([float('nan')]),torch.tensor([float('nan')]),equal_nan=True)",
    'torch.equal(torch.ones(2),torch.ones(2,1))',
    'torch.nextafter(torch.tensor([1.]),torch.tensor([2.])).item()',
    "torch.frexp(torch.tensor([3.,0.,float('inf')]))",
    "torch.nan_to_num(torch.tensor([float('nan'),float('inf')]),nan=1.,posinf=2.)",
    'torch.heaviside(torch.tensor([0.,-1]),torch.tensor([0.5,.5]))',
)
