import torch

x = torch.tensor([1.0, 3.0], requires_grad=True)
loss = torch.tensor((x * x).sum().item())
loss.backward()
