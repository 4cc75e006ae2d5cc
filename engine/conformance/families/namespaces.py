"""Submodules imported in every form, devices that are not there, mixed precision switched off, versions, saving and loading.
"""

from vocabulary import program


program("""
import torch
print(torch.accelerator.is_available(), torch.accelerator.device_count(), torch.accelerator.current_accelerator())
""")

program("""
import torch
print(torch.accelerator.current_device_index())
""")

program("""
import torch
with torch.autocast('cuda'):
    print((torch.ones(2,2)@torch.ones(2,2)).dtype, torch.is_autocast_enabled(), torch.is_autocast_enabled('cuda'))
""")

program("""
import torch
with torch.autocast('cpu', enabled=False):
    print((torch.ones(2,2)@torch.ones(2,2)).dtype)
with torch.amp.autocast(device_type='cpu', enabled=False): pass
""")

program("""
import torch
s=torch.amp.GradScaler('cuda')
print(s.is_enabled(), s.get_scale(), s.state_dict())
x=torch.ones(2,requires_grad=True)
o=torch.optim.SGD([x],lr=.1)
l=s.scale((x*x).sum())
l.backward()
s.unscale_(o)
print(s.step(o))
s.update()
print(x)
""")

program("""
import torch
s=torch.cuda.amp.GradScaler(enabled=False)
print(s)
""")

program("""
import torch
from torch.cuda.amp import autocast, GradScaler
with autocast(): print(1)
""")

program("""
import torch
with torch.cuda.amp.autocast(enabled=False): print(1)
""")

program("""
import torch
@torch.autocast('cpu',enabled=False)
def f(x): return x*2
print(f(torch.ones(2)))
print(torch.autocast('cpu',enabled=False).__class__)
""")

program("""
import torch
torch.autocast('foo')
""")

program("""
import torch
print(torch.cpu.is_available(), torch.cpu.device_count(), torch.cpu.current_device())
torch.cpu.synchronize()
""")

program("""
import torch
print(torch.xpu.is_available(), torch.xpu.device_count(), torch.backends.mps.is_available(), torch.backends.mps.is_built(), torch.backends.cuda.is_built(), torch.mps.device_count())
""")

program("""
import torch
import torch.backends.cudnn as cudnn
cudnn.benchmark=True
cudnn.deterministic=True
print(cudnn.is_available(), cudnn.enabled, cudnn.version(), torch.backends.cudnn.benchmark)
""")

program("""
import torch
v=torch.__version__
print(v>=(2,0), v>'1.9', v>='2.9', v<(3,), type(v).__name__, v.split('+')[0], v==v, v=='2.13.0', isinstance(v,str), str(v)[:4])
""")

program("""
from torch.nn.modules.utils import _pair, _single, _triple, _ntuple, _quadruple, _reverse_repeat_tuple
print(_pair(2), _pair((1,2)), _single(3), _triple(4), _ntuple(5)(1), _reverse_repeat_tuple((1,2),2))
""")

program("""
from torch.autograd.variable import Variable
import torch.functional, torch.types
print(torch.functional.einsum('i,i->', torch.ones(2), torch.ones(2)), torch.types.Number, torch.types.Device)
""")

program("""
import torch.nn, torch.optim, torch.linalg, torch.special, torch.cuda, torch.autograd, torch.distributions, torch.utils.data, torch.utils.checkpoint, torch.func, torch.random, torch.testing, torch.nn.functional as F, torch.nn.init, torch.optim.lr_scheduler as S, torch.version, torch.serialization, torch.autograd.functional, torch.autograd.graph, torch.autograd.forward_ad as fwAD, torch.nn.parameter, torch.backends.mps, torch.backends.cuda, torch.nn.utils.rnn
from torch import nn, optim, Tensor, linalg, autograd, cuda, func, special, distributions, utils, testing, random
from torch.nn import functional, init, Module, Parameter
from torch.optim import Adam, lr_scheduler
from torch.optim.lr_scheduler import StepLR
from torch.utils.data import DataLoader, TensorDataset, Dataset, random_split
from torch.distributions import Normal
print(torch.version.cuda, torch.version.hip)
""")

program("""
import torch
print(torch.get_deterministic_debug_mode())
torch.set_deterministic_debug_mode('warn')
print(torch.get_deterministic_debug_mode(), torch.are_deterministic_algorithms_enabled(), torch.is_deterministic_algorithms_warn_only_enabled())
""")

program("""
import torch
print(torch.device('cpu'), torch.device('cpu',0), torch.device('cuda'), torch.device('cuda:1'), repr(torch.device('cuda',1)), torch.device('cpu')==torch.device('cpu'), torch.device('cpu').index, torch.device('cuda:1').index, hash(torch.device('cpu'))==hash(torch.device('cpu')), torch.device(type='cpu'))
with torch.device('cpu'): print(torch.ones(2).device)
""")

program("""
import torch
torch.ones(2).to('cuda')
""")

program("""
import torch
torch.ones(2).cuda()
""")

program("""
import torch
torch.nn.Linear(2,2).to('cuda')
""")

program("""
import torch
torch.nn.Linear(2,2).cuda()
""")

program("""
import torch
torch.ones(2,device='cuda')
""")

program("""
import torch
print(torch.cuda.is_available(), torch.cuda.device_count(), torch.cuda.current_device())
""")

program("""
import torch
print(torch.tensor([1.]).to('cpu').device, torch.get_default_dtype(), torch.set_default_dtype(torch.float64), torch.tensor(1.).dtype, torch.get_default_device())
torch.set_default_dtype(torch.int32)
""")

program("""
import torch
print(torch.finfo(torch.float32), torch.finfo(torch.float64).eps, torch.iinfo(torch.int32), torch.finfo().max, torch.finfo(torch.float32).tiny, torch.iinfo(torch.uint8).max, torch.finfo(torch.float32).bits)
torch.finfo(torch.int32)
""")

program("""
import torch
s=torch.ones(2,3).size()
print(s, s.numel(), s[0], s+(1,), type(s[:1]), s.count(2), s.index(3), tuple(s), torch.Size([1])*2, hash(s)==hash((2,3)), s==(2,3), len(s), list(s), s[-1], repr(s), torch.Size(), torch.Size((2,3)).numel())
""")

program("""
import torch, io
b=io.BytesIO()
torch.save({'a':torch.ones(2),'b':[1,2]}, b)
b.seek(0)
print(torch.load(b))
m=torch.nn.Linear(2,2)
b=io.BytesIO()
torch.save(m.state_dict(), b)
b.seek(0)
print(m.load_state_dict(torch.load(b, weights_only=True)))
b=io.BytesIO()
torch.save(m,b)
b.seek(0)
m2=torch.load(b, weights_only=False)
print(m2, torch.equal(m2.weight,m.weight))
""")

program("""
import torch, io
m=torch.nn.Linear(2,2)
b=io.BytesIO()
torch.save(m,b)
b.seek(0)
try: torch.load(b)
except Exception as e: print(type(e).__name__, str(e)[:150])
""")

program("""
import torch, os
torch.save(torch.arange(3.),'/tmp/x.pt')
print(torch.load('/tmp/x.pt'), torch.load('/tmp/x.pt', map_location='cpu'), torch.load('/tmp/x.pt', map_location=torch.device('cpu')))
""")
