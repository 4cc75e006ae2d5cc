# --- column-sums | is the starter as it was
import torch


def column(f, values, j):
    x = values.clone().requires_grad_(True)
    y = f(x)
    y.sum().backward()
    return x.grad


def f(x):
    return torch.stack([x[0] * x[1], x[0] + x[1], x[1] ** 2])


print(column(f, torch.tensor([2.0, 3.0]), 1))
# --- added-up | takes the entry of the sum
import torch


def column(f, values, j):
    x = values.clone().requires_grad_(True)
    f(x).sum().backward()
    return x.grad[j]
# --- row-for-column | takes the row
import torch


def column(f, values, j):
    x = values.clone().requires_grad_(True)
    f(x)[j].backward()
    return x.grad
# --- row-for-column | takes the row of the Jacobian
import torch


def column(f, values, j):
    return torch.autograd.functional.jacobian(f, values)[j]
# --- no-retain | lets the graph go, and keeps the lines that print
import torch


def column(f, values, j):
    x = values.clone().requires_grad_(True)
    y = f(x)
    entries = []
    for number in y:
        number.backward()
        entries.append(x.grad[j].clone())
        x.grad.zero_()
    return torch.stack(entries)


def f(x):
    return torch.stack([x[0] * x[1], x[0] + x[1], x[1] ** 2])


print(column(f, torch.tensor([2.0, 3.0]), 1))
# --- no-zero | never empties
import torch


def column(f, values, j):
    x = values.clone().requires_grad_(True)
    y = f(x)
    entries = []
    for i in range(3):
        y[i].backward(retain_graph=True)
        entries.append(x.grad[j].item())
    return torch.tensor(entries)
# --- It gives a list of 3 | gives a list
import torch


def column(f, values, j):
    x = values.clone().requires_grad_(True)
    y = f(x)
    return [torch.autograd.grad(out, x, retain_graph=True)[0][j] for out in y]
# --- Its shape is (3, 1). Expected: (3,). | keeps a dimension
import torch


def column(f, values, j):
    return torch.autograd.functional.jacobian(f, values)[:, [j]]
# --- The program raises TypeError | forgets a parameter
import torch


def column(f, values):
    return torch.autograd.functional.jacobian(f, values)[:, 0]
# --- solved | forwards
import torch


def column(f, values, j):
    direction = torch.zeros_like(values)
    direction[j] = 1
    return torch.func.jvp(f, (values,), (direction,))[1]
# --- solved | takes the column of the Jacobian
import torch


def column(f, values, j):
    return torch.func.jacfwd(f)(values).T[j]
# --- solved | with numbers in between
import torch


def column(f, values, j):
    slopes = []
    for i in range(len(f(values))):
        x = values.clone().requires_grad_()
        f(x)[i].backward()
        slopes.append(x.grad[j].item())
    return torch.tensor(slopes)
