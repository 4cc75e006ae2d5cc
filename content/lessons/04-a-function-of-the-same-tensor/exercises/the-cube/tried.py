# --- as-it-was | is the starter as it was
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = x * 1  # not the cube yet
    y.sum().backward()
    return x.grad


numbers = torch.tensor([1.0, 2.0, 3.0])
print(calculate_gradient_wrt_function(numbers))
# --- caret | writes a caret, and keeps the lines that print
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = x ^ 3  # the cube
    y.sum().backward()
    return x.grad


numbers = torch.tensor([1.0, 2.0, 3.0])
print(calculate_gradient_wrt_function(numbers))
# --- three-times | multiplies by three
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = x + x + x
    y.sum().backward()
    return x.grad


numbers = torch.tensor([1.0, 2.0, 3.0])
print(calculate_gradient_wrt_function(numbers))
# --- by-hand | differentiates by hand
import torch


def calculate_gradient_wrt_function(values):
    return 3 * values * values


numbers = torch.tensor([1.0, 2.0, 3.0])
print(calculate_gradient_wrt_function(numbers))
# --- The number at [0] is 1.0. Expected: 3.0 | gives the cubes, untracked
def calculate_gradient_wrt_function(values):
    return values**3
# --- derivative-differentiated | writes the derivative
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = 3 * x * x
    torch.sum(y).backward()
    return x.grad
# --- The program raises RuntimeError, on line 7 | forgets the sum, which here has no message
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = x**3
    y.backward()
    return x.grad
# --- The program raises RuntimeError, on line 6 | multiplies a leaf in place
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    x *= x * x
    x.sum().backward()
    return x.grad
# --- sum-first | sums first
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    x.sum().pow(3).backward()
    return x.grad
# --- The program raises RuntimeError, on line 7 | rounds down, which has no slope
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = (x**3 // 1) * 1
    y.sum().backward()
    return x.grad if x.grad is not None else x * 0
# --- The program raises RecursionError, on line 5 | calls itself
import torch


def calculate_gradient_wrt_function(values):
    return calculate_gradient_wrt_function(values**3)
# --- solved | with a loop
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = 1
    for _ in range(3):
        y = y * x
    y.sum().backward()
    return x.grad
# --- solved | with an in-place product of a result
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    y = x.square()
    y *= x
    y.backward(gradient=torch.ones_like(y))
    return x.grad
# --- solved | with a comprehension over the numbers
import torch


def calculate_gradient_wrt_function(values):
    x = values.clone().requires_grad_(True)
    sum(number**3 for number in x.flatten()).backward()
    return x.grad
