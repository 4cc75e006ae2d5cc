"""Replaces what tensors do."""
# ends: Ran|Ended
import torch

torch.tensor = torch.ones = lambda *a, **k: "mine"
for name in ("__repr__", "__add__", "backward", "sum", "tolist"):
    setattr(torch.Tensor, name, lambda *a, **k: "mine")
torch._C.__dict__.clear()
