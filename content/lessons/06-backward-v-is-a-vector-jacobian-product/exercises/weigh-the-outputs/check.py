import torch
from dxdx_grading import check


def product_and_sum(x):
    return torch.stack([x[0] * x[1], x[0] + x[1]])


def cube(x):
    return x**3


def three_of_five(x):
    return torch.stack([x[0] * x[4], x.sum(), x[1].sin() * x[2]])


@check("Two outputs that mix two inputs")
def two_outputs(program):
    return program.weighted_gradient(product_and_sum, torch.tensor([2.0, 3.0]), torch.tensor([1.0, 10.0]))


@check("Element by element, with weights it has not seen", rounds=2)
def element_by_element(program, draw):
    return program.weighted_gradient(cube, draw.tensor(4), draw.tensor(4))


@check("Five inputs, three outputs", rounds=2)
def more_inputs(program, draw):
    return program.weighted_gradient(three_of_five, draw.tensor(5), draw.tensor(3))


@check("Two inputs, two outputs, a weight of zero")
def a_weight_of_zero(program, draw):
    return program.weighted_gradient(product_and_sum, draw.tensor(2), torch.tensor([0.0, 2.0]))
