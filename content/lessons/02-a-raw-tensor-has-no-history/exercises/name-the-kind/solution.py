import torch


def kind(t):
    if not t.requires_grad:
        return "untracked"
    return "leaf" if t.is_leaf else "non-leaf"


print(kind(torch.tensor([1.0, 2.0])))
