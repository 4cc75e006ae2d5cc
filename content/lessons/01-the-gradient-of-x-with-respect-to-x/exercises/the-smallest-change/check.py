from dxdx_grading import check


@check("1 and 2 have the slopes 2 and 4")
def two_numbers(program):
    return program.slopes([1.0, 2.0])


@check("It works for numbers it has not seen", rounds=2)
def unseen_numbers(program, draw):
    return program.slopes(draw.tensor(3).tolist())


@check("It works for a table, too")
def table(program, draw):
    return program.slopes(draw.tensor(2, 2).tolist())
