import torch
from dxdx_grading import check


@check("Two numbers give a matrix of two rows", jacobian=True)
def two_numbers(program):
    return program.calculate_jacobian(torch.tensor([1.0, 2.0]))


@check("Every row belongs to its own output, whatever the numbers", jacobian=True, rounds=3)
def unseen_numbers(program, draw):
    return program.calculate_jacobian(draw.tensor(3))


@check("A table of two rows and three columns has six outputs")
def table(program, draw):
    return program.calculate_jacobian(draw.tensor(2, 3))


@check("It can be asked twice", jacobian=True)
def twice(program, draw):
    x = draw.tensor(2)
    program.calculate_jacobian(x)
    return program.calculate_jacobian(x)
