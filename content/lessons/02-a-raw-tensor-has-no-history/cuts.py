import torch

x = torch.tensor([1.0, 3.0], requires_grad=True)
loss = (x * x).sum()
print("as it was computed:", loss)
print("through a number:  ", torch.tensor(loss.item()))
print("through argmax:    ", x.argmax())
print("through a test:    ", (x > 2).float().sum())
print("detached:          ", loss.detach())
with torch.no_grad():
    print("under no_grad:     ", (x * x).sum())
