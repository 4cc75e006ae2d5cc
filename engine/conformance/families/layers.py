"""Layers that few networks use, lazy ones, parametrized weights, packed sequences, averaged models, and errors.
"""

from vocabulary import program


program("""
import torch, torch.nn as nn
torch.manual_seed(0)
ms=[nn.ConvTranspose1d(2,4,3),nn.ConvTranspose2d(2,4,3,stride=2,padding=1,output_padding=1,groups=2,bias=False,dilation=2),nn.MaxUnpool2d(2),nn.MaxUnpool1d(2,2,1),nn.AdaptiveMaxPool2d(3),nn.AdaptiveAvgPool3d((1,None,2)),nn.LPPool2d(2,3,stride=2,ceil_mode=True),nn.MaxPool3d(2),nn.AvgPool3d(2),nn.EmbeddingBag(5,3),nn.EmbeddingBag(5,3,mode='sum',padding_idx=1,max_norm=2.),nn.Fold((4,4),2),nn.Unfold(2,padding=1),nn.Upsample(scale_factor=2),nn.Upsample(size=(3,4),mode='bilinear',align_corners=True),nn.UpsamplingNearest2d(scale_factor=2),nn.UpsamplingBilinear2d(size=3),nn.PixelShuffle(2),nn.PixelUnshuffle(3),nn.ChannelShuffle(2),nn.LocalResponseNorm(3),nn.MultiMarginLoss(),nn.MultiLabelMarginLoss(),nn.MultiLabelSoftMarginLoss(),nn.CTCLoss(),nn.TripletMarginWithDistanceLoss(),nn.AdaptiveLogSoftmaxWithLoss(8,10,[3,6],div_value=2.),nn.LazyLinear(3),nn.LazyConv2d(3,2),nn.LazyBatchNorm1d(),nn.LazyConvTranspose1d(3,2,stride=2),nn.LazyInstanceNorm2d()]
for m in ms:
    print(m)
    for k,v in m.state_dict().items(): print(k, v if isinstance(v, nn.parameter.UninitializedParameter) or isinstance(v, nn.parameter.UninitializedBuffer) else v.sum())
""")

program("""
import torch, torch.nn as nn
torch.manual_seed(0)
net=nn.Sequential(nn.LazyConv2d(4,3),nn.LazyBatchNorm2d(),nn.ReLU(),nn.Flatten(),nn.LazyLinear(5))
print(net)
print(net[0].weight)
y=net(torch.randn(2,3,6,6))
print(y.sum(), y.shape)
print(net)
for k,v in net.state_dict().items(): print(k, v.shape, v.double().sum())
""")

program("""
import torch, torch.nn as nn
l=nn.LazyLinear(3)
print(l.weight.shape)
""")

program("""
import torch, torch.nn as nn
l=nn.LazyLinear(3)
l.weight+1
""")

program("""
import torch, torch.nn as nn
l=nn.LazyLinear(3)
l.load_state_dict(nn.Linear(4,3).state_dict())
print(l, l.weight.shape)
print(l(torch.ones(2,4)).shape, type(l))
""")

program("""
import torch, torch.nn as nn
torch.manual_seed(0)
c=nn.ConvTranspose2d(2,3,3,stride=2)
x=torch.randn(1,2,4,4)
print(c(x).sum(), c(x,output_size=(10,10)).shape)
print(c(x,output_size=(20,10)).shape)
""")

program("""
import torch, torch.nn as nn
torch.manual_seed(0)
a=nn.AdaptiveLogSoftmaxWithLoss(8,20,[5,10],div_value=2.)
x=torch.randn(6,8,requires_grad=True)
t=torch.tensor([0,4,7,12,19,3])
o=a(x,t)
print(o)
o.loss.backward()
print(x.grad.sum(), a.predict(x), a.log_prob(x).exp().sum(1))
print(a(x[0],t[0]))
a(x,t+1)
""")

program("""
import torch, torch.nn as nn
torch.manual_seed(0)
e=nn.EmbeddingBag(10,3,mode='sum')
print(e(torch.tensor([1,2,4,5,4,3,2,9]),torch.tensor([0,4])))
print(nn.EmbeddingBag.from_pretrained(torch.arange(6.).view(3,2))(torch.tensor([[1,0]])))
""")

program("""
import torch, torch.nn as nn
nn.Conv2d(2,3,3,padding='same',stride=2)
""")

program("""
import torch, torch.nn as nn
nn.Conv2d(2,3,3,groups=0)
""")

program("""
import torch, torch.nn as nn
nn.ConvTranspose2d(2,3,3,padding_mode='reflect')
""")

program("""
import torch, torch.nn as nn
nn.MultiMarginLoss(p=3)
""")

program("""
import torch, torch.nn as nn
torch.manual_seed(0)
pool=nn.MaxPool2d(2,stride=2,return_indices=True)
un=nn.MaxUnpool2d(2,stride=2)
x=torch.randn(1,1,4,4)
o,i=pool(x)
print(un(o,i))
print(un(o,i,output_size=torch.Size([1,1,5,5])))
""")

program("""
import torch, torch.nn as nn
torch.manual_seed(0)
log_probs = torch.randn(50, 4, 20).log_softmax(2).detach().requires_grad_()
targets = torch.randint(1, 20, (4, 30), dtype=torch.long)
input_lengths = torch.full((4,), 50, dtype=torch.long)
target_lengths = torch.randint(10,30,(4,), dtype=torch.long)
loss = nn.CTCLoss()(log_probs, targets, input_lengths, target_lengths)
print(loss)
loss.backward()
print(log_probs.grad.abs().sum())
""")

program("""
import torch, torch.nn as nn
from torch.nn.modules.conv import ConvTranspose2d
from torch.nn.modules.pooling import MaxPool3d
from torch.nn.modules.loss import CTCLoss
from torch.nn.modules.upsampling import Upsample
print(ConvTranspose2d, MaxPool3d, nn.LazyLinear)
""")

program("""
import torch, torch.nn as nn
from torch.nn.utils import parametrizations as P, parametrize
torch.manual_seed(0)
l=P.weight_norm(nn.Linear(3,2))
print(l)
print(l.weight, [n for n,_ in l.named_parameters()], list(l.state_dict()))
l(torch.ones(1,3)).sum().backward()
print(l.parametrizations.weight.original0.grad, l.parametrizations.weight.original1.grad)
parametrize.remove_parametrizations(l,'weight')
print(l, l.weight, type(l))
""")

program("""
import torch, torch.nn as nn
torch.manual_seed(0)
l=nn.utils.weight_norm(nn.Linear(3,2),name='weight')
print(l, [n for n,_ in l.named_parameters()])
print(l.weight)
y=l(torch.ones(1,3))
y.sum().backward()
print(l.weight_g.grad, l.weight_v.grad)
nn.utils.remove_weight_norm(l)
print([n for n,_ in l.named_parameters()], l.weight)
""")

program("""
import torch, torch.nn as nn
torch.manual_seed(0)
l=nn.utils.spectral_norm(nn.Linear(3,2))
print(list(l.state_dict()))
y=l(torch.ones(1,3))
print(y, l.weight)
y.sum().backward()
print(l.weight_orig.grad)
l.eval()
print(l(torch.ones(1,3)))
""")

program("""
import torch, torch.nn as nn, torch.nn.utils.parametrize as parametrize
torch.manual_seed(0)
class Symmetric(nn.Module):
    def forward(self,X): return X.triu()+X.triu(1).transpose(-1,-2)
class Exp(nn.Module):
    def forward(self,X): return X.exp()
    def right_inverse(self,A): return A.log()
l=nn.Linear(3,3)
parametrize.register_parametrization(l,'weight',Symmetric())
print(l, torch.allclose(l.weight,l.weight.T), parametrize.is_parametrized(l), parametrize.is_parametrized(l,'bias'))
l2=nn.Linear(2,2)
l2.weight.data.abs_()
parametrize.register_parametrization(l2,'weight',Exp())
l2.weight=torch.full((2,2),2.)
print(l2.weight)
with parametrize.cached(): print(l2.weight is l2.weight)
parametrize.register_parametrization(l,'foo',Symmetric())
""")

program("""
import torch, torch.nn as nn, torch.nn.utils.parametrize as parametrize
class Bad(nn.Module):
    def forward(self,X): return X[:1]
parametrize.register_parametrization(nn.Linear(3,3),'weight',Bad())
""")

program("""
import torch, torch.nn as nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pack_sequence, pad_sequence, unpack_sequence, PackedSequence
torch.manual_seed(0)
x=torch.randn(3,5,2,requires_grad=True)
p=pack_padded_sequence(x,[5,3,1],batch_first=True)
print(p.batch_sizes, p.data.shape, p.sorted_indices)
for M in (nn.LSTM,nn.GRU,nn.RNN):
    m=M(2,3,2,batch_first=True,bidirectional=True)
    o,h=m(p)
    u,le=pad_packed_sequence(o,batch_first=True)
    print(u.sum(), le, u.shape, (h[0] if isinstance(h,tuple) else h).sum(), type(o).__name__)
x.grad=None
u.sum().backward()
print(x.grad.abs().sum(-1))
p=pack_padded_sequence(x,torch.tensor([2,5,3]),batch_first=True,enforce_sorted=False)
print(p.sorted_indices,p.unsorted_indices,p.batch_sizes)
o,(h,c)=nn.LSTM(2,3)(p)
print(pad_packed_sequence(o,total_length=6)[0].shape, h[0], c[0])
print(pack_sequence([torch.tensor([1.,2.]),torch.tensor([3.])]))
print(unpack_sequence(pack_sequence([torch.tensor([1.,2.]),torch.tensor([3.])])))
""")

program("""
import torch
from torch.nn.utils.rnn import pack_padded_sequence
pack_padded_sequence(torch.ones(3,2,1),[1,3])
""")

program("""
import torch
from torch.nn.utils.rnn import pack_padded_sequence
pack_padded_sequence(torch.ones(3,2,1),[3,0])
""")

program("""
import torch, torch.nn as nn
torch.manual_seed(0)
m=nn.Sequential(nn.Linear(3,4),nn.BatchNorm1d(4))
swa=torch.optim.swa_utils.AveragedModel(m)
o=torch.optim.SGD(m.parameters(),.1)
for i in range(3):
    o.zero_grad()
    m(torch.randn(5,3)).sum().backward()
    o.step()
    swa.update_parameters(m)
print(swa.n_averaged, swa.module[0].weight, swa)
torch.optim.swa_utils.update_bn([torch.randn(5,3)],swa)
print(swa.module[1].running_mean)
sch=torch.optim.swa_utils.SWALR(o,swa_lr=.05,anneal_epochs=2)
for i in range(3): sch.step(); print(sch.get_last_lr())
ema=torch.optim.swa_utils.AveragedModel(m,multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(.9))
ema.update_parameters(m)
print(ema.n_averaged)
""")

program("""
import torch
torch.manual_seed(0)
p=torch.nn.Parameter(torch.randn(3,4))
q=torch.nn.Parameter(torch.randn(3))
o=torch.optim.Adafactor([p,q],weight_decay=.1)
print(o)
for i in range(3): o.zero_grad(); ((p**2).sum()+(q**3).sum()).backward(); o.step()
print(p,q, {k:v for k,v in o.state[p].items()})
""")

program("""
import torch
for O in (torch.optim.Adam,torch.optim.AdamW,torch.optim.SGD,torch.optim.Adagrad):
    try: O([torch.nn.Parameter(torch.ones(1))],lr=.1,foreach=True,fused=True)
    except Exception as e: print(O.__name__,type(e).__name__,e)
    try: O([torch.nn.Parameter(torch.ones(1))],lr=.1,differentiable=True,fused=True)
    except Exception as e: print(O.__name__,type(e).__name__,e)
for O in (torch.optim.Adam,torch.optim.AdamW,torch.optim.Adamax,torch.optim.NAdam,torch.optim.RAdam,torch.optim.RMSprop,torch.optim.Rprop,torch.optim.Adadelta,torch.optim.ASGD):
    p=torch.nn.Parameter(torch.ones(1))
    try: o=O([p],lr=.1,capturable=True); p.grad=torch.ones(1); o.step(); print(O.__name__, p)
    except Exception as e: print(O.__name__,type(e).__name__,e)
""")

program("""
import torch
from torch.optim.lr_scheduler import *
import torch.optim.lr_scheduler as S
p=torch.nn.Parameter(torch.ones(1))
def run(f,n=6,metric=False):
    o=torch.optim.SGD([p],lr=.1,momentum=.9)
    s=f(o)
    out=[]
    for i in range(n): o.step(); out.append(round(s.get_last_lr()[0],6)); s.step(1.) if metric else s.step()
    print(type(s).__name__, out, sorted(k for k in s.state_dict())[:20])
run(lambda o:S.StepLR(o,2))
run(lambda o:S.MultiStepLR(o,[1,3]))
run(lambda o:S.ExponentialLR(o,.9))
run(lambda o:S.LambdaLR(o,lambda e:.5**e))
run(lambda o:S.MultiplicativeLR(o,lambda e:.9))
run(lambda o:S.CosineAnnealingLR(o,4))
run(lambda o:S.CosineAnnealingWarmRestarts(o,2,2))
run(lambda o:S.LinearLR(o))
run(lambda o:S.ConstantLR(o))
run(lambda o:S.PolynomialLR(o,4,2.))
run(lambda o:S.CyclicLR(o,.01,.1,2))
run(lambda o:S.OneCycleLR(o,.5,total_steps=10))
run(lambda o:S.SequentialLR(o,[S.ConstantLR(o,.1,2),S.ExponentialLR(o,.9)],[2]))
run(lambda o:S.ChainedScheduler([S.ConstantLR(o,.1,2),S.ExponentialLR(o,.9)]))
run(lambda o:S.ReduceLROnPlateau(o,patience=1),metric=True)
o=torch.optim.SGD([p],lr=.1)
w=S.LinearLR(o,.1,total_iters=3)
c=S.CosineAnnealingLR(o,5)
s=S.SequentialLR(o,[w,c],milestones=[3])
for i in range(6): o.step(); s.step(); print(s.get_last_lr())
""")

program("""
import torch, torch.nn.functional as F
x=torch.ones(2,3)
for f in (lambda: F.layer_norm(x), lambda: F.pad(x), lambda: F.batch_norm(x), lambda: F.layer_norm(x,(3,),foo=1), lambda: F.layer_norm(x,3), lambda: F.layer_norm(x,(3,),None,None,'a'), lambda: F.batch_norm(x,None,None,training=True,eps=0.), lambda: F.batch_norm(x,None,None,eps=-1.), lambda: F.batch_norm(x,None,None), lambda: F.conv2d(x), lambda: F.linear(x), lambda: F.relu(), lambda: F.softmax(), lambda: F.cross_entropy(x), lambda: F.dropout(x,p=2), lambda: torch.nn.ReLU(1,2,3), lambda: torch.nn.Linear(3), lambda: torch.nn.ReLU(foo=1), lambda: torch.nn.Conv2d(1,2), lambda: torch.nn.Linear(3,2)(torch.ones(2,4)), lambda: torch.nn.Linear(3,2)([1.,2.,3.]), lambda: torch.nn.Linear(3,2)(torch.ones(2,3,dtype=torch.int64)), lambda: torch.nn.Conv2d(1,2,3)(torch.ones(1,2,5,5)), lambda: torch.nn.Embedding(3,2)(torch.tensor([5])), lambda: torch.nn.Embedding(3,2)(torch.tensor([1.])), lambda: torch.nn.CrossEntropyLoss()(torch.ones(2,3),torch.tensor([0,5])), lambda: torch.nn.CrossEntropyLoss()(torch.ones(2,3),torch.tensor([0.,1.])), lambda: torch.nn.CrossEntropyLoss()(torch.ones(2,3),torch.tensor([0])), lambda: torch.nn.MSELoss()(torch.ones(2,3),torch.ones(2)), lambda: torch.nn.BCELoss()(torch.ones(2)*2,torch.ones(2)), lambda: torch.nn.BCELoss()(torch.ones(2,1),torch.ones(2)), lambda: torch.nn.BatchNorm1d(3)(torch.ones(1,3)), lambda: torch.nn.BatchNorm2d(3)(torch.ones(1,3)), lambda: torch.nn.BatchNorm1d(4)(torch.ones(2,3)), lambda: torch.nn.LayerNorm(4)(torch.ones(2,3)), lambda: torch.nn.LSTM(3,2)(torch.ones(2,2,4)), lambda: torch.nn.GroupNorm(2,3), lambda: torch.nn.MultiheadAttention(3,2), lambda: torch.nn.Sequential(1), lambda: torch.nn.ModuleList([1]), lambda: torch.nn.Module()(1), lambda: torch.nn.Linear(2,2).foo, lambda: torch.nn.Flatten()(1), lambda: torch.nn.MaxPool2d(3)(torch.ones(1,2,2)), lambda: torch.nn.init.kaiming_normal_(torch.ones(3)), lambda: torch.nn.init.xavier_uniform_(torch.ones(3)), lambda: torch.nn.NLLLoss()(torch.ones(2,3), torch.tensor([[1]])), lambda: torch.nn.KLDivLoss(reduction='foo'), lambda: torch.nn.L1Loss(reduction='foo')(x,x), lambda: F.one_hot(torch.tensor([-1])), lambda: F.interpolate(x,scale_factor=2), lambda: F.cosine_similarity(torch.ones(2,3),torch.ones(4,3)), lambda: F.gumbel_softmax(x,tau=0.), lambda: F.embedding(torch.tensor([1]), torch.ones(3)), lambda: torch.nn.Softmax(dim=5)(x), lambda: torch.nn.Unflatten(1,(2,2))(x), lambda: F.glu(torch.ones(3)), lambda: torch.nn.PReLU(4)(x), lambda: torch.nn.utils.clip_grad_norm_(torch.nn.Linear(2,2).parameters(), 1.), lambda: torch.nn.Dropout(1.5)):
    try: print(f())
    except Exception as e: print(type(e).__name__, str(e))
""")

program("""
import torch
torch.manual_seed(0)
def sh(f): print(f.name(), {k:getattr(f,k) for k in dir(f) if k.startswith('_saved')})
bn=torch.nn.BatchNorm1d(3,track_running_stats=False)
y=bn(torch.randn(4,3,requires_grad=True))
sh(y.grad_fn)
bn=torch.nn.BatchNorm1d(3)
bn.eval()
sh(bn(torch.randn(4,3,requires_grad=True)).grad_fn)
sh(torch.nn.functional.layer_norm(torch.randn(2,4,requires_grad=True),(4,)).grad_fn)
sh(torch.nn.functional.layer_norm(torch.randn(2,4,requires_grad=True),(4,),torch.ones(4),torch.zeros(4)).grad_fn)
bn=torch.nn.BatchNorm1d(3)
bn(torch.randn(4,3))
print(bn.running_mean._version)
""")
