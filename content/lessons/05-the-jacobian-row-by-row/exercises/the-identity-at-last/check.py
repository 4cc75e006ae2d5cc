import torch
from dxdx_grading import check


@check("Three numbers give a matrix of three rows", jacobian=True)
def three_numbers(program, draw):
    return program.calculate_jacobian_matrix(draw.tensor(3))


@check("A table of two rows and three columns gives a matrix of six rows", jacobian=True)
def table(program, draw):
    return program.calculate_jacobian_matrix(draw.tensor(2, 3))


@check("Whole numbers are refused, for autograd has no slope for them")
def whole_numbers(program):
    program.calculate_jacobian_matrix(torch.tensor([1.0, 2.0]))
    try:
        return program.calculate_jacobian_matrix(torch.tensor([1, 2]))
    except RuntimeError:
        return "refused"
