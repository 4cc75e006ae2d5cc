"""torch.optim: steps, states, groups, closures, schedules, and their errors and warnings."""

from vocabulary import program

program("""
a, b = (torch.ones(1, requires_grad=True), torch.ones(1, requires_grad=True))
o = torch.optim.SGD([{'params': [a], 'lr': 0.5}, {'params': b}], lr=0.1)
print(o)
o.add_param_group({'params': torch.ones(1)})
print(len(o.param_groups))
for f in (lambda: o.add_param_group({'params': a}), lambda: o.add_param_group([a]), lambda: o.add_param_group({}), lambda: o.add_param_group({'params': [('n', torch.ones(1))]})):
    try:
        print(f())
    except Exception as e:
        print(type(e), e)
""")

program("""
a = torch.ones(1, requires_grad=True)
o = torch.optim.SGD([a, a], lr=0.1)
""")

program("""
a = torch.ones(1, requires_grad=True)
o = torch.optim.Adam([a], lr=0.1)
a.sum().backward()
o.step()
sd = o.state_dict()
print(sd)
o2 = torch.optim.Adam([torch.ones(1, requires_grad=True)])
o2.load_state_dict(sd)
print(o2.state_dict())
o2.load_state_dict({'state': {}, 'param_groups': []})
""")

program("""
a = torch.ones(1, requires_grad=True)
o = torch.optim.Adam([a], lr=0.1)
o.load_state_dict({'state': {}, 'param_groups': [{'params': [0, 1]}]})
""")

program("""
a = torch.ones(1, requires_grad=True)
o = torch.optim.SGD([a], lr=0.1)
a.sum().backward()
o.zero_grad()
print(a.grad)
a.sum().backward()
o.zero_grad(set_to_none=False)
print(a.grad)
print(o.step(), o.step(lambda: a.sum()), a)
""")

program("""
class My(torch.optim.Optimizer):

    def __init__(self, params, lr=0.1):
        super().__init__(params, dict(lr=lr))

    @torch.no_grad()
    def step(self):
        for g in self.param_groups:
            for p in g['params']:
                if p.grad is not None:
                    p -= g['lr'] * p.grad
a = torch.ones(2, requires_grad=True)
o = My([a])
h = o.register_step_pre_hook(lambda o, a, k: print('pre', a[1:], k))
o.register_step_post_hook(lambda o, a, k: print('post'))
(a ** 2).sum().backward()
o.step()
print(a, o)
""")

program("""
class My(torch.optim.Optimizer):
    pass
My([torch.ones(1)], {}).step()
""")

program("""
a = torch.ones(2, requires_grad=True)
o = torch.optim.SGD([('w', a)], lr=0.1)
print(o.state_dict(), o)
""")

program("""
a = torch.ones(2, requires_grad=True)
o = torch.optim.SGD([a], lr=torch.tensor(0.1))
a.sum().backward()
o.step()
print(a, o)
""")

program("""
a = torch.ones(1, requires_grad=True)
o = torch.optim.SGD([a], lr=0.1)
s = torch.optim.lr_scheduler.ReduceLROnPlateau(o, patience=1, factor=0.5)
for v in (1, 0.9, 0.9, 0.9, 0.9, 0.8, 0.9, 0.9, 0.9, 0.9):
    o.step()
    s.step(torch.tensor(v))
    print(o.param_groups[0]['lr'], s.num_bad_epochs, s.get_last_lr())
print(s.state_dict())
s.step()
""")

program("""
a = torch.ones(1, requires_grad=True)
o = torch.optim.SGD([a], lr=0.1)
s = torch.optim.lr_scheduler.StepLR(o, 1)
s.step()
print(s.get_last_lr())
""")

program("""
a = torch.ones(1, requires_grad=True)
o = torch.optim.SGD([a], lr=0.1)
s = torch.optim.lr_scheduler.StepLR(o, 1)
o.step()
s.step(3)
print(s.get_lr())
""")

program("""
S = torch.optim.lr_scheduler
o = torch.optim.SGD([torch.ones(1)], lr=0.1)
for f in (lambda: S.StepLR(3, 1), lambda: S.StepLR(o), lambda: S.StepLR(o, 1, last_epoch=3), lambda: S.LinearLR(o, 2.0), lambda: S.ConstantLR(o, 2.0), lambda: S.ReduceLROnPlateau(o, factor=2.0), lambda: S.ReduceLROnPlateau(o, mode='x'), lambda: S.OneCycleLR(o, 0.1), lambda: S.OneCycleLR(o, 0.1, total_steps=-1), lambda: S.CosineAnnealingWarmRestarts(o, -1), lambda: S.SequentialLR(o, [S.StepLR(o, 1)], [1]), lambda: S.LambdaLR(o, [lambda e: 1, lambda e: 2]), lambda: S.CyclicLR(torch.optim.Adadelta([torch.ones(1)]), 0.1, 0.2), lambda: S.LRScheduler(o), lambda: S.OneCycleLR(o, 0.1, total_steps=5, pct_start=3), lambda: S.OneCycleLR(o, 0.1, total_steps=5, anneal_strategy='x')):
    try:
        print(type(f()))
    except Exception as e:
        print(type(e), e)
""")

program("""
o = torch.optim.SGD([torch.ones(1)], lr=0.1)
s = torch.optim.lr_scheduler.OneCycleLR(o, 0.5, total_steps=3)
for i in range(5):
    o.step()
    s.step()
    print(s.get_last_lr())
""")

program("""
import torch.nn as nn
from torch.nn.utils import clip_grad_norm_, clip_grad_value_, parameters_to_vector, vector_to_parameters
m = nn.Linear(3, 2)
(m(torch.ones(3)) * 100).sum().backward()
print(clip_grad_norm_(m.parameters(), 1.0))
print(m.weight.grad)
print(clip_grad_norm_(m.weight, 0.1, norm_type=float('inf')))
clip_grad_value_(m.parameters(), 0.05)
print(m.bias.grad)
v = parameters_to_vector(m.parameters())
print(v)
vector_to_parameters(torch.arange(8.0), m.parameters())
print(m.weight, m.bias)
m.weight.grad[0, 0] = float('inf')
clip_grad_norm_(m.parameters(), 1.0, error_if_nonfinite=True)
""")

program("""
from torch.nn.utils import *
clip_grad_norm_([], 1.0)
print(clip_grad_norm_([torch.ones(1)], 1.0))
vector_to_parameters([1], [])
""")
