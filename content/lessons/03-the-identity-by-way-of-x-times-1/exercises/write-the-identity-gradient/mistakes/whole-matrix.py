"""That is the identity matrix itself, with a row for each output. Here the *sum* of the outputs is asked for: one
row, in the shape of the input. Start `backward` from that sum.
"""
import torch


def calculate_identity_gradient(values):
    return torch.eye(values.numel(), dtype=values.dtype)
