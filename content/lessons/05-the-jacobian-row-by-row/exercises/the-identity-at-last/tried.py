# --- still-the-sum | is the starter as it was
import torch


def calculate_jacobian_matrix(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    y.sum().backward()
    return x.grad


print(calculate_jacobian_matrix(torch.tensor([1.0, 2.0])))
# --- no-retain-graph | loops over the numbers and lets the graph go
import torch


def calculate_jacobian_matrix(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    rows = []
    for number in y.flatten():
        number.backward()
        rows.append(x.grad.clone().flatten())
        x.grad.zero_()
    return torch.stack(rows)


print(calculate_jacobian_matrix(torch.tensor([1.0, 2.0])))
# --- no-zero | never empties
import torch


def calculate_jacobian_matrix(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    rows = []
    for i in range(y.numel()):
        y.view(-1)[i].backward(retain_graph=True)
        rows.append(x.grad.clone().view(-1))
    return torch.stack(rows)


print(calculate_jacobian_matrix(torch.tensor([1.0, 2.0])))
# --- one-hot-not-reshaped | hands in a long row
import torch


def calculate_jacobian_matrix(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    rows = []
    for v in torch.eye(y.numel()):
        rows.append(torch.autograd.grad(y, x, v, retain_graph=True)[0].flatten())
    return torch.stack(rows)
# --- rows-in-the-shape-of-the-input | leaves the rows as tables
import torch


def calculate_jacobian_matrix(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    return torch.stack([torch.autograd.grad(n, x, retain_graph=True)[0] for n in y.flatten()])
# --- written-down | takes a diagonal of ones
import torch


def calculate_jacobian_matrix(values):
    return torch.diag(torch.ones(values.numel()))
# --- len-for-numel | counts rows
import torch


def calculate_jacobian_matrix(values):
    x = values.clone().requires_grad_(True)
    y = x * 1
    rows = []
    for i in range(y.shape[0]):
        v = torch.zeros(y.numel())
        v[i] = 1
        y.backward(v.view_as(y), retain_graph=True)
        rows.append(x.grad.clone().flatten())
        x.grad.zero_()
    return torch.stack(rows)
# --- Its shape is (2, 3, 2, 3). Expected: (6, 6). | gives what functional gives
import torch


def calculate_jacobian_matrix(values):
    return torch.autograd.functional.jacobian(lambda x: x * 1, values)
# --- The program raises IndentationError, on line 7, while it starts | forgets to indent the loop
import torch


def calculate_jacobian_matrix(values):
    x = values.clone().requires_grad_(True)
    for row in torch.eye(x.numel()):
    x.backward(row)
    return x.grad
# --- solved | reshapes what functional gives
import torch


def calculate_jacobian_matrix(values):
    n = values.numel()
    return torch.autograd.functional.jacobian(lambda x: x * 1, values).reshape(n, n)
# --- solved | makes the input flat first
import torch


def calculate_jacobian_matrix(values):
    x = values.flatten().clone().requires_grad_(True)
    y = x * 1
    return torch.stack([torch.autograd.grad(y[i], x, retain_graph=True)[0] for i in range(len(y))])
# --- solved | concatenates rows
import torch


def calculate_jacobian_matrix(values):
    matrix = torch.empty(0, values.numel())
    for i in range(values.numel()):
        x = values.detach().clone().requires_grad_(True)
        (x * 1).flatten()[i].backward()
        matrix = torch.cat([matrix, x.grad.reshape(1, -1)])
    return matrix
