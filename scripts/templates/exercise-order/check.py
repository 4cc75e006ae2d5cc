import torch
from dxdx_grading import check


@check("Two numbers have the slopes that are known")
def known(program):
    return program.slopes(torch.tensor([1.0, 3.0]))


@check("It works for numbers it has not seen", rounds=3)
def unseen(program, draw):
    return program.slopes(draw.tensor(4))
