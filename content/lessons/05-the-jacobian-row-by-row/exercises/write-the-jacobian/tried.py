# --- It gives a list of 0 | is the starter as it was
import torch


def calculate_jacobian(input_tensor):
    x = input_tensor.clone().requires_grad_(True)
    output_tensor = x ** 2 + x.view(-1)[0]

    rows = []
    # Ask for one row at a time, and put it into rows.

    return rows


print(calculate_jacobian(torch.tensor([1.0, 2.0, 3.0])))
# --- no-retain-graph | forgets to keep the graph, and keeps the line that prints
import torch


def calculate_jacobian(input_tensor):
    x = input_tensor.clone().requires_grad_(True)
    output_tensor = x ** 2 + x.view(-1)[0]
    rows = []
    for i in range(output_tensor.numel()):
        one_hot = torch.zeros_like(output_tensor)
        one_hot.view(-1)[i] = 1
        output_tensor.backward(one_hot)
        rows.append(x.grad.clone())
        x.grad.zero_()
    return torch.stack(rows)


print(calculate_jacobian(torch.tensor([1.0, 2.0, 3.0])))
# --- no-zero | asks each number of the output, and never empties
import torch


def calculate_jacobian(input_tensor):
    x = input_tensor.clone().requires_grad_(True)
    output_tensor = x ** 2 + x.view(-1)[0]
    rows = []
    for number in output_tensor.view(-1):
        number.backward(retain_graph=True)
        rows.append(x.grad.clone())
    return torch.stack(rows)


print(calculate_jacobian(torch.tensor([1.0, 2.0, 3.0])))
# --- no-clone | keeps grad itself, in an indexed loop
import torch


def calculate_jacobian(input_tensor):
    x = input_tensor.clone().requires_grad_(True)
    output_tensor = x ** 2 + x.view(-1)[0]
    rows = []
    for i in range(output_tensor.numel()):
        output_tensor.view(-1)[i].backward(retain_graph=True)
        rows += [x.grad]
        x.grad.zero_()
    return torch.stack(rows)


print(calculate_jacobian(torch.tensor([1.0, 2.0, 3.0])))
# --- list-of-rows | gives a list by comprehension
import torch


def calculate_jacobian(input_tensor):
    x = input_tensor.clone().requires_grad_(True)
    output_tensor = x ** 2 + x.view(-1)[0]
    return [torch.autograd.grad(y, x, retain_graph=True)[0] for y in output_tensor.view(-1)]
# --- all-outputs-at-once | walks with ones
import torch


def calculate_jacobian(input_tensor):
    x = input_tensor.clone().requires_grad_(True)
    output_tensor = x ** 2 + x.view(-1)[0]
    output_tensor.sum().backward()
    return x.grad


print(calculate_jacobian(torch.tensor([1.0, 2.0, 3.0])))
# --- columns-for-rows | stacks along the other dimension
import torch


def calculate_jacobian(input_tensor):
    x = input_tensor.clone().requires_grad_(True)
    output_tensor = x ** 2 + x.view(-1)[0]
    rows = [torch.autograd.grad(y, x, retain_graph=True)[0] for y in output_tensor.view(-1)]
    return torch.stack(rows, -1)
# --- len-for-numel | iterates over the rows of the table
import torch


def calculate_jacobian(input_tensor):
    x = input_tensor.clone().requires_grad_(True)
    output_tensor = x ** 2 + x.view(-1)[0]
    rows = []
    for i in range(len(output_tensor)):
        one_hot = torch.zeros(output_tensor.shape)
        one_hot.flatten()[i] = 1.0
        output_tensor.backward(one_hot, retain_graph=True)
        rows.append(x.grad.clone())
        x.grad = None
    return torch.stack(rows)
# --- The program raises RuntimeError, on line 8 | asks all outputs without a vector
import torch


def calculate_jacobian(input_tensor):
    x = input_tensor.clone().requires_grad_(True)
    output_tensor = x ** 2 + x.view(-1)[0]
    rows = []
    output_tensor.backward(retain_graph=True)
    rows.append(x.grad)
    return torch.stack(rows)
# --- The derivative of output 0 with respect to input 0 (row 0, column 0) is 2.0. Expected: 3.0. | forgets the second term
import torch


def calculate_jacobian(input_tensor):
    return torch.autograd.functional.jacobian(lambda x: x**2, input_tensor)
# --- The derivative of output 1 with respect to input 0 (row 1, column 0) is 0.0. Expected: 1.0. | writes down the diagonal
import torch


def calculate_jacobian(input_tensor):
    j = torch.diag(2 * input_tensor.flatten())
    j[0, 0] += 1
    return j
# --- Its shape is (6, 6). Expected: (6, 2, 3). | makes the rows of a table flat
import torch


def calculate_jacobian(input_tensor):
    x = input_tensor.clone().requires_grad_(True)
    output_tensor = x ** 2 + x.view(-1)[0]
    rows = []
    for i in range(output_tensor.numel()):
        (row,) = torch.autograd.grad(output_tensor.flatten()[i], x, retain_graph=True)
        rows.append(row.flatten())
    return torch.stack(rows)
# --- The numbers are right, but they are torch.float64 | computes in double precision
import torch


def calculate_jacobian(input_tensor):
    x = input_tensor.double().clone().requires_grad_(True)
    output_tensor = x ** 2 + x.view(-1)[0]
    rows = [torch.autograd.grad(y, x, retain_graph=True)[0] for y in output_tensor.view(-1)]
    return torch.stack(rows)
# --- solved | fills a tensor in place
import torch


def calculate_jacobian(input_tensor):
    x = input_tensor.clone().requires_grad_(True)
    output_tensor = x ** 2 + x.view(-1)[0]
    n = output_tensor.numel()
    jacobian = torch.zeros(n, *x.shape)
    for i in range(n):
        x.grad = None
        output_tensor.view(-1)[i].backward(retain_graph=i < n - 1)
        jacobian[i] = x.grad
    return jacobian
# --- solved | in one batch
import torch


def calculate_jacobian(input_tensor):
    x = input_tensor.clone().requires_grad_(True)
    output_tensor = x ** 2 + x.view(-1)[0]
    n = output_tensor.numel()
    one_hots = torch.eye(n).view(n, *output_tensor.shape)
    (rows,) = torch.autograd.grad(output_tensor, x, one_hots, is_grads_batched=True)
    return rows
# --- solved | by jacrev, which knows the function
import torch
from torch.func import jacrev


def calculate_jacobian(input_tensor):
    return jacrev(lambda x: (x**2 + x.reshape(-1)[0]).reshape(-1))(input_tensor)
# --- solved | by recursion
import torch


def calculate_jacobian(input_tensor):
    x = input_tensor.clone().requires_grad_(True)
    outputs = (x ** 2 + x.view(-1)[0]).view(-1)

    def rows(i):
        if i == len(outputs):
            return []
        return [torch.autograd.grad(outputs[i], x, retain_graph=True)[0], *rows(i + 1)]

    return torch.stack(rows(0))
