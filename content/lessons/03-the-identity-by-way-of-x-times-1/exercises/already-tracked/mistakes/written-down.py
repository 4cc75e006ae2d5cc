"""These ones were written down, not computed: whatever the input, autograd was never asked. Keep the four steps
and change only how the copy is made.
"""
import torch


def calculate_identity_gradient(values):
    return torch.ones_like(values, requires_grad=False)
