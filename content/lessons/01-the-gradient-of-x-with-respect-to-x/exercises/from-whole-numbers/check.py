import torch
from dxdx_grading import check


@check("2, 3 and 4 have the slopes 12, 8 and 6")
def three_numbers(program):
    return program.slopes([2, 3, 4])


@check("It works for whole numbers it has not seen", rounds=2)
def unseen_numbers(program, draw):
    return program.slopes(draw.tensor(3, dtype=torch.int64).tolist())


@check("A single number has the slope 1, whatever it is")
def itself(program, draw):
    return program.slopes([draw.integer(2, 9)])
