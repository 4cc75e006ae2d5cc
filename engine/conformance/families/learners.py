"""Programs as people write them who train networks: every kind of model, optimizer and trick of a course.
"""

from vocabulary import program


program("""
import torch, torch.nn as nn, torch.nn.functional as F
torch.manual_seed(0)
X=torch.randn(64,10)
y=(X[:,0]>0).long()
model=nn.Sequential(nn.Linear(10,32),nn.ReLU(),nn.Dropout(0.2),nn.Linear(32,2))
opt=torch.optim.Adam(model.parameters(),lr=1e-2,weight_decay=1e-4)
sched=torch.optim.lr_scheduler.StepLR(opt,5,0.5)
for e in range(12):
    opt.zero_grad()
    loss=F.cross_entropy(model(X),y)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(),1.0)
    opt.step()
    sched.step()
print(loss, sched.get_last_lr(), opt.param_groups[0]['lr'])
model.eval()
with torch.no_grad(): print((model(X).argmax(1)==y).float().mean())
print(opt)
""")

program("""
import torch, torch.nn as nn
torch.manual_seed(1)
class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.features=nn.Sequential(nn.Conv2d(1,8,3,padding=1),nn.BatchNorm2d(8),nn.ReLU(inplace=True),nn.MaxPool2d(2),nn.Conv2d(8,16,3,padding=1),nn.BatchNorm2d(16),nn.ReLU(inplace=True),nn.AdaptiveAvgPool2d((2,2)))
        self.classifier=nn.Linear(64,4)
    def forward(self,x):
        x=self.features(x)
        x=torch.flatten(x,1)
        return self.classifier(x)
m=CNN()
print(m)
print(sum(p.numel() for p in m.parameters() if p.requires_grad))
x=torch.randn(8,1,12,12)
t=torch.randint(0,4,(8,))
opt=torch.optim.SGD(m.parameters(),lr=.05,momentum=.9,nesterov=True)
crit=nn.CrossEntropyLoss(label_smoothing=.1)
for i in range(5):
    opt.zero_grad(set_to_none=True)
    l=crit(m(x),t)
    l.backward()
    opt.step()
    print(round(l.item(),4))
print(m.features[1].running_mean[:3], m.features[1].num_batches_tracked)
""")

program("""
import torch, torch.nn as nn
torch.manual_seed(2)
class RNNModel(nn.Module):
    def __init__(self,vocab,emb,hid):
        super().__init__()
        self.emb=nn.Embedding(vocab,emb,padding_idx=0)
        self.rnn=nn.LSTM(emb,hid,2,batch_first=True,dropout=.1,bidirectional=True)
        self.fc=nn.Linear(2*hid,vocab)
    def forward(self,x,h=None):
        o,h=self.rnn(self.emb(x),h)
        return self.fc(o),h
m=RNNModel(12,6,5)
x=torch.randint(0,12,(3,7))
opt=torch.optim.RMSprop(m.parameters(),lr=1e-2)
for i in range(3):
    out,(h,c)=m(x[:,:-1])
    loss=nn.functional.cross_entropy(out.reshape(-1,12),x[:,1:].reshape(-1),ignore_index=0)
    opt.zero_grad()
    loss.backward()
    nn.utils.clip_grad_value_(m.parameters(),.1)
    opt.step()
    print(loss.item().__round__(4), h.shape, c.shape)
""")

program("""
import torch, torch.nn as nn
torch.manual_seed(3)
G=nn.Sequential(nn.Linear(4,16),nn.LeakyReLU(.2),nn.Linear(16,2))
D=nn.Sequential(nn.Linear(2,16),nn.LeakyReLU(.2),nn.Linear(16,1))
og=torch.optim.Adam(G.parameters(),lr=2e-4,betas=(.5,.999))
od=torch.optim.Adam(D.parameters(),lr=2e-4,betas=(.5,.999))
bce=nn.BCEWithLogitsLoss()
for s in range(3):
    real=torch.randn(8,2)
    z=torch.randn(8,4)
    fake=G(z)
    od.zero_grad()
    ld=bce(D(real),torch.ones(8,1))+bce(D(fake.detach()),torch.zeros(8,1))
    ld.backward()
    od.step()
    og.zero_grad()
    lg=bce(D(fake),torch.ones(8,1))
    lg.backward()
    og.step()
    print(ld.item().__round__(5), lg.item().__round__(5))
""")

program("""
import torch, torch.nn as nn, torch.nn.functional as F
torch.manual_seed(4)
class VAE(nn.Module):
    def __init__(s):
        super().__init__()
        s.enc=nn.Linear(6,8)
        s.mu=nn.Linear(8,2)
        s.lv=nn.Linear(8,2)
        s.dec=nn.Sequential(nn.Linear(2,8),nn.ReLU(),nn.Linear(8,6),nn.Sigmoid())
    def reparameterize(s,mu,lv):
        std=torch.exp(.5*lv)
        eps=torch.randn_like(std)
        return mu+eps*std
    def forward(s,x):
        h=F.relu(s.enc(x))
        mu,lv=s.mu(h),s.lv(h)
        return s.dec(s.reparameterize(mu,lv)),mu,lv
m=VAE()
o=torch.optim.AdamW(m.parameters(),1e-2)
x=torch.rand(10,6)
for i in range(3):
    r,mu,lv=m(x)
    bce=F.binary_cross_entropy(r,x,reduction='sum')
    kld=-.5*torch.sum(1+lv-mu.pow(2)-lv.exp())
    l=bce+kld
    o.zero_grad()
    l.backward()
    o.step()
    print(l.item().__round__(3))
d=torch.distributions.Normal(mu,(.5*lv).exp())
z=d.rsample()
print(torch.distributions.kl_divergence(d,torch.distributions.Normal(0.,1.)).sum())
""")

program("""
import torch, torch.nn as nn
from torch.distributions import Categorical
torch.manual_seed(5)
pi=nn.Sequential(nn.Linear(3,8),nn.Tanh(),nn.Linear(8,2))
opt=torch.optim.Adam(pi.parameters(),1e-2)
for ep in range(3):
    s=torch.randn(5,3)
    d=Categorical(logits=pi(s))
    a=d.sample()
    r=(a==(s[:,0]>0)).float()
    R=(r-r.mean())/(r.std()+1e-8)
    loss=-(d.log_prob(a)*R).mean()-.01*d.entropy().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
    print(a, loss)
""")

program("""
import torch, torch.nn as nn, math
torch.manual_seed(6)
class Block(nn.Module):
    def __init__(s,d,h):
        super().__init__()
        s.ln1=nn.LayerNorm(d)
        s.attn=nn.MultiheadAttention(d,h,batch_first=True)
        s.ln2=nn.LayerNorm(d)
        s.mlp=nn.Sequential(nn.Linear(d,4*d),nn.GELU(),nn.Linear(4*d,d))
    def forward(s,x):
        T=x.size(1)
        mask=torch.triu(torch.ones(T,T,dtype=torch.bool),1)
        q=s.ln1(x)
        x=x+s.attn(q,q,q,attn_mask=mask,need_weights=False)[0]
        return x+s.mlp(s.ln2(x))
class GPT(nn.Module):
    def __init__(s,v,d,h,n,T):
        super().__init__()
        s.tok=nn.Embedding(v,d)
        s.pos=nn.Embedding(T,d)
        s.blocks=nn.ModuleList([Block(d,h) for _ in range(n)])
        s.ln=nn.LayerNorm(d)
        s.head=nn.Linear(d,v,bias=False)
        s.head.weight=s.tok.weight
        s.apply(s._init)
    def _init(s,m):
        if isinstance(m,(nn.Linear,nn.Embedding)): nn.init.normal_(m.weight,0,.02)
        if isinstance(m,nn.Linear) and m.bias is not None: nn.init.zeros_(m.bias)
    def forward(s,i):
        x=s.tok(i)+s.pos(torch.arange(i.size(1)))
        for b in s.blocks: x=b(x)
        return s.head(s.ln(x))
g=GPT(11,8,2,2,6)
i=torch.randint(0,11,(2,6))
print(sum(p.numel() for p in g.parameters()))
decay=[p for n,p in g.named_parameters() if p.dim()>=2]
nod=[p for n,p in g.named_parameters() if p.dim()<2]
o=torch.optim.AdamW([{'params':decay,'weight_decay':.1},{'params':nod,'weight_decay':0.}],lr=3e-3,betas=(.9,.95))
sch=torch.optim.lr_scheduler.CosineAnnealingLR(o,10)
for k in range(3):
    l=nn.functional.cross_entropy(g(i[:,:-1]).flatten(0,1),i[:,1:].flatten())
    o.zero_grad()
    l.backward()
    n=nn.utils.clip_grad_norm_(g.parameters(),1.)
    o.step()
    sch.step()
    print(l, n, sch.get_last_lr())
print(g.head.weight is g.tok.weight, len(g.state_dict()), [n for n,_ in g.named_parameters()][:4])
""")

program("""
import torch, torch.nn as nn, copy
torch.manual_seed(7)
m=nn.Sequential(nn.Linear(3,4),nn.ReLU(),nn.Linear(4,2))
ema=copy.deepcopy(m)
for p in ema.parameters(): p.requires_grad_(False)
for p in m[0].parameters(): p.requires_grad=False
o=torch.optim.SGD(filter(lambda p:p.requires_grad,m.parameters()),lr=.1)
x=torch.randn(4,3)
for k in range(4):
    l=m(x).pow(2).mean()/2
    l.backward()
    if k%2: o.step(); o.zero_grad()
    with torch.no_grad():
        for a,b in zip(ema.parameters(),m.parameters()): a.mul_(.9).add_(b,alpha=.1)
print(m[0].weight.grad, m[2].weight.grad, ema[2].weight, [p.requires_grad for p in m.parameters()])
""")

program("""
import torch, torch.nn as nn
from torch.utils.checkpoint import checkpoint, checkpoint_sequential
torch.manual_seed(8)
m=nn.Sequential(nn.Linear(3,4),nn.Tanh(),nn.Linear(4,4),nn.Tanh(),nn.Linear(4,1))
x=torch.randn(2,3,requires_grad=True)
y=checkpoint_sequential(m,2,x,use_reentrant=False).sum()
y.backward()
g=x.grad.clone()
x.grad=None
m(x).sum().backward()
print(torch.allclose(g,x.grad))
""")

program("""
import torch, torch.nn as nn
torch.manual_seed(9)
pre=nn.Sequential(nn.Linear(3,4),nn.ReLU(),nn.Linear(4,2))
new=nn.Sequential(nn.Linear(3,4),nn.ReLU(),nn.Linear(4,5))
sd=new.state_dict()
sd.update({k:v for k,v in pre.state_dict().items() if k in sd and sd[k].shape==v.shape})
print(new.load_state_dict(sd))
print(torch.equal(new[0].weight,pre[0].weight))
print(new.load_state_dict({'0.weight':pre[0].weight},strict=False))
new.load_state_dict(pre.state_dict())
""")

program("""
import torch
torch.manual_seed(10)
from torch.utils.data import TensorDataset, DataLoader, random_split, Dataset, Subset, ConcatDataset, WeightedRandomSampler
ds=TensorDataset(torch.arange(10.).view(10,1),torch.arange(10))
a,b=random_split(ds,[7,3],generator=torch.Generator().manual_seed(1))
print(list(a.indices), list(b.indices))
for xb,yb in DataLoader(a,batch_size=3,shuffle=True): print(xb.flatten(), yb)
for xb,yb in DataLoader(ds,batch_size=4,drop_last=True): print(yb)
print(len(DataLoader(ds,4)), len(ds), ds[2])
s=WeightedRandomSampler([.1,.9,.0]+[.1]*7,5)
print(list(s))
class D(Dataset):
    def __len__(self): return 5
    def __getitem__(self,i): return {'x':torch.tensor([i]),'n':str(i),'f':i*.5}
for b in DataLoader(D(),batch_size=2): print(b)
print(next(iter(DataLoader(D(),batch_size=None))))
""")

program("""
import torch, torch.nn as nn
torch.manual_seed(11)
l=nn.Linear(3,2)
acts={}
h=l.register_forward_hook(lambda m,i,o: acts.update(o=o.detach()))
hb=l.register_full_backward_hook(lambda m,gi,go: print('bw',[g.shape if g is not None else None for g in gi],[g.shape for g in go]))
hp=l.register_forward_pre_hook(lambda m,i: (i[0]*2,))
y=l(torch.ones(1,3,requires_grad=True))
y.sum().backward()
print(acts)
h.remove()
hb.remove()
hp.remove()
print(l._forward_hooks, l._backward_hooks)
""")

program("""
import torch, torch.nn as nn
torch.manual_seed(12)
for O,kw in [(torch.optim.SGD,dict(lr=.1,momentum=.9,dampening=.1,weight_decay=.01)),(torch.optim.SGD,dict(lr=.1,maximize=True)),(torch.optim.Adam,dict(amsgrad=True)),(torch.optim.AdamW,dict(maximize=True)),(torch.optim.Adadelta,{}),(torch.optim.Adagrad,dict(lr_decay=.1)),(torch.optim.Adamax,{}),(torch.optim.ASGD,{}),(torch.optim.NAdam,{}),(torch.optim.RAdam,dict(decoupled_weight_decay=True,weight_decay=.1)),(torch.optim.RMSprop,dict(centered=True,momentum=.5)),(torch.optim.Rprop,{})]:
    p=torch.nn.Parameter(torch.tensor([1.,-2.,3.]))
    o=O([p],**kw)
    for i in range(4): o.zero_grad(); (p**2).sum().backward(); o.step()
    print(O.__name__, p.data, sorted(o.state[p].keys()))
    o2=O([torch.nn.Parameter(torch.zeros(3))],**kw)
    o2.load_state_dict(o.state_dict())
    print(o2.state_dict()['param_groups'])
    print(o)
""")

program("""
import torch
p=torch.nn.Parameter(torch.tensor([1.,-2.]))
o=torch.optim.LBFGS([p],line_search_fn='strong_wolfe')
def c():
    o.zero_grad()
    l=((p-torch.tensor([3.,1.]))**2).sum()
    l.backward()
    return l
print(o.step(c), p)
""")

program("""
import torch
torch.optim.SGD([torch.nn.Parameter(torch.ones(1))],lr=-1)
""")

program("""
import torch
torch.optim.Adam([])
""")

program("""
import torch
torch.optim.Adam(torch.nn.Parameter(torch.ones(1)))
""")

program("""
import torch
torch.optim.SGD([torch.ones(1)*torch.ones(1,requires_grad=True)])
""")

program("""
import torch
p=torch.nn.Parameter(torch.ones(1))
torch.optim.Adam([p],betas=(1.,.9))
""")

program("""
import torch
p=torch.nn.Parameter(torch.ones(1))
torch.optim.SGD([p],lr=.1,nesterov=True)
""")

program("""
import torch
p=torch.nn.Parameter(torch.ones(1))
o=torch.optim.SGD([p,p],lr=.1)
o=torch.optim.SGD([{'params':[p]},{'params':[p]}],lr=.1)
""")

program("""
import torch
p=torch.nn.Parameter(torch.ones(1))
o=torch.optim.Adam([p],foreach=True,fused=True)
""")

program("""
import torch
p=torch.nn.Parameter(torch.ones(1))
o=torch.optim.Adam([p],capturable=True)
p.grad=torch.ones(1)
o.step()
""")

program("""
import torch
p=torch.nn.Parameter(torch.ones(2))
o=torch.optim.Adam([p],fused=True,lr=.1)
p.grad=torch.ones(2)
o.step()
print(p)
""")

program("""
import torch
p=torch.nn.Parameter(torch.ones(2))
o=torch.optim.Adam([p],lr=torch.tensor(.1))
p.grad=torch.ones(2)
o.step()
print(p)
""")
