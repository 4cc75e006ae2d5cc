"""You wrote the ones down with `torch.ones`, which knows the shape but neither the dtype of the input nor autograd.
A gradient always has the dtype of its tensor. Let `backward` find it.
"""
import torch


def calculate_identity_gradient(values):
    return torch.ones(values.shape)
