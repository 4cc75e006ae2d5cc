import torch
from dxdx_grading import check


@check("A tensor that nobody tracks gives ones, as before")
def untracked(program, draw):
    return program.calculate_identity_gradient(draw.tensor(2, 3))


@check("A tensor that requires grad gives ones too, and its own .grad stays empty")
def tracked(program, draw):
    weights = draw.tensor(3).requires_grad_(True)
    return program.calculate_identity_gradient(weights), weights.grad


@check("A gradient that the caller has collected already is not touched")
def collected(program):
    weights = torch.tensor([1.0, 2.0], requires_grad=True)
    weights.grad = torch.tensor([5.0, 7.0])
    return program.calculate_identity_gradient(weights), weights.grad


@check("The result of an operation gives ones, and nothing reaches the leaf behind it")
def result_of_an_operation(program, draw):
    weights = draw.tensor(3).requires_grad_(True)
    return program.calculate_identity_gradient(weights * 2), weights.grad


@check("Whole numbers are refused, for autograd has no slope for them")
def whole_numbers(program):
    program.calculate_identity_gradient(torch.tensor([1.0, 2.0]))
    try:
        return program.calculate_identity_gradient(torch.tensor([1, 2]))
    except RuntimeError:
        return "refused"
