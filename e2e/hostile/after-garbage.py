"""Leaves garbage behind that wants the last word."""
# ends: Ran|Ended
import sys
import weakref

import torch

class Last:
    def __del__(self):
        torch.set_default_dtype(torch.float64)
        torch.ones(1)

first, second = Last(), Last()
first.other, second.other = second, first
sys.modules["kept"] = [first, second, Last()]
weakref.finalize(torch.ones(1), torch.set_default_dtype, torch.float64)
x = torch.ones(1, requires_grad=True)
x.register_hook(lambda grad: sys.modules["kept"])
x.graph = (x * 2).grad_fn
del first, second
print("left")
