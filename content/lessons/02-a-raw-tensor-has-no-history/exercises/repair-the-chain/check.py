import torch
from dxdx_grading import check


@check("Two weights, a guess that is one too high")
def two_weights(program):
    return program.slope_of_loss(torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0]), 10.0)


@check("Weights and inputs it has not seen", rounds=3)
def unseen(program, draw):
    return program.slope_of_loss(draw.tensor(4), draw.tensor(4), float(draw.integer(-5, 5)))
