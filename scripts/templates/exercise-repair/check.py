import torch
from dxdx_grading import check


@check("The slopes at 1, 2 and 3")
def known_numbers(program):
    return program.slopes(torch.tensor([1.0, 2.0, 3.0]))


@check("It works for any shape and any numbers", rounds=2)
def unseen_numbers(program, draw):
    return program.slopes(draw.tensor(2, 3))
