# Modules that `import torch` leaves for later: they are read from Python's library when a program asks for them.
import torch
import torch.autograd.forward_ad as forward_ad
import torch.distributions
import torch.func
import torch.nn.utils
import torch.optim.lr_scheduler
import torch.testing
import torch.utils.checkpoint
from torch.utils.data import DataLoader, TensorDataset

x = torch.tensor([1.0, 2.0], requires_grad=True)
print(torch.distributions.Normal(0.0, 1.0).log_prob(torch.tensor(0.0)))
print(torch.func.grad(lambda v: (v**2).sum())(torch.ones(2)))
torch.testing.assert_close(torch.ones(2), torch.ones(2))
with forward_ad.dual_level():
    print(forward_ad.unpack_dual(forward_ad.make_dual(torch.ones(1), torch.ones(1)) ** 3).tangent)
(x**2).sum().backward()
print(torch.nn.utils.clip_grad_norm_([x], 1.0))
print([batch[0].tolist() for batch in DataLoader(TensorDataset(torch.arange(3)), batch_size=2)])
print(torch.utils.checkpoint.checkpoint(torch.sin, x, use_reentrant=False).shape)
optimizer = torch.optim.SGD([x], lr=1.0)
print(torch.optim.lr_scheduler.StepLR(optimizer, 1, gamma=0.5).get_last_lr())
