import torch
from dxdx_grading import check


@check("The slopes for two numbers")
def two_numbers(program):
    return program.calculate_gradient(torch.tensor([1.0, 2.0]), torch.tensor([3.0, -1.0]))


@check("It works for any shape and any numbers", rounds=3)
def unseen_numbers(program, draw):
    return program.calculate_gradient(draw.tensor(2, 3), draw.tensor(2, 3))


@check("A scale that requires grad is a constant all the same")
def tracked_scale(program, draw):
    return program.calculate_gradient(draw.tensor(3), draw.tensor(3).requires_grad_(True))


@check("Whole numbers are refused, for autograd has no slope for them")
def whole_numbers(program):
    program.calculate_gradient(torch.tensor([1.0, 2.0]), torch.tensor([3.0, -1.0]))
    try:
        return program.calculate_gradient(torch.tensor([1, 2]), torch.tensor([3, -1]))
    except RuntimeError:
        return "refused"
