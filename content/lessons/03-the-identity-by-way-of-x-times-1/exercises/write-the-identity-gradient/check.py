import torch
from dxdx_grading import check


@check("A table of numbers gives ones in its own shape")
def table(program):
    return program.calculate_identity_gradient(torch.tensor([[1.0, 2.0], [3.0, 4.0]]))


@check("Any shape and any numbers will do", rounds=2)
def unseen_numbers(program, draw):
    return program.calculate_identity_gradient(draw.tensor(2, 3, dtype=torch.float64))


@check("Whole numbers are refused, for autograd has no slope for them")
def whole_numbers(program):
    program.calculate_identity_gradient(torch.tensor([1.0, 2.0]))
    try:
        return program.calculate_identity_gradient(torch.tensor([1, 2]))
    except RuntimeError:
        return "refused"
