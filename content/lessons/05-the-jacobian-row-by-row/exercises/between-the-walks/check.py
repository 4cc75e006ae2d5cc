import torch
from dxdx_grading import check


@check("Two numbers give a matrix of two rows", jacobian=True)
def two_numbers(program):
    return program.calculate_jacobian(torch.tensor([1.0, 2.0]))


@check("Every row belongs to its own output, whatever the numbers", jacobian=True, rounds=2)
def unseen_numbers(program, draw):
    return program.calculate_jacobian(draw.tensor(3))
