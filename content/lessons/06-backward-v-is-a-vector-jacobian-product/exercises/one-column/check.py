import torch
from dxdx_grading import check


def three_of_two(x):
    return torch.stack([x[0] * x[1], x[0] + x[1], x[1] ** 2])


def three_of_three(x):
    return torch.stack([x[0] * x[1] * x[2], x[1] - 2 * x[2], x[0].sin() * x[1] + x[2]])


@check("Three outputs, the second of two inputs")
def second_input(program):
    return program.column(three_of_two, torch.tensor([2.0, 3.0]), 1)


@check("The first input as well")
def first_input(program, draw):
    return program.column(three_of_two, draw.tensor(2), 0)


@check("Three outputs, three inputs it has not seen", rounds=2)
def square(program, draw):
    return program.column(three_of_three, draw.tensor(3), draw.integer(1, 2))
