import torch
from dxdx_grading import check


@check("The slopes of the cube at 1, 2 and 3")
def known_numbers(program):
    return program.calculate_gradient_wrt_function(torch.tensor([1.0, 2.0, 3.0]))


@check("It works for any shape and any numbers", rounds=3)
def unseen_numbers(program, draw):
    return program.calculate_gradient_wrt_function(draw.tensor(2, 3))


@check("Whole numbers are refused, for autograd has no slope for them")
def whole_numbers(program):
    program.calculate_gradient_wrt_function(torch.tensor([1.0, 2.0]))
    try:
        return program.calculate_gradient_wrt_function(torch.tensor([1, 2]))
    except RuntimeError:
        return "refused"
