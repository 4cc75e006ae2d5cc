import torch
from dxdx_grading import check


@check("Two numbers give two ones")
def two_numbers(program):
    return program.calculate_identity_gradient(torch.tensor([1.0, 2.0]))


@check("A table of numbers it has not seen gives ones in its shape", rounds=2)
def table(program, draw):
    return program.calculate_identity_gradient(draw.tensor(draw.integer(2, 4), 3))
