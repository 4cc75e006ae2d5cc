import torch
from dxdx_grading import check


@check("A tensor that was only written down")
def written_down(program, draw):
    return program.kind(draw.tensor(3))


@check("A tensor that asks for gradients")
def asks(program, draw):
    return program.kind(draw.tensor(3).requires_grad_(True))


@check("A product of untracked tensors")
def untracked_product(program, draw):
    return program.kind(draw.tensor(3) * draw.tensor(3))


@check("A sum over a tracked tensor")
def tracked_sum(program, draw):
    return program.kind(draw.tensor(3).requires_grad_(True).sum())


@check("A leaf that already has a gradient")
def with_gradient(program, draw):
    x = draw.tensor(2).requires_grad_(True)
    (x * x).sum().backward()
    return program.kind(x)


@check("A result under no_grad")
def under_no_grad(program, draw):
    x = draw.tensor(2).requires_grad_(True)
    with torch.no_grad():
        return program.kind(x * 2)


@check("A detached result")
def detached(program, draw):
    return program.kind((draw.tensor(2).requires_grad_(True) * 2).detach())
