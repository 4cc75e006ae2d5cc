"""The workloads in Python: for PyTorch itself and for our package `torch` on our engine.

    python workloads.py NAME SECONDS

prints one line of JSON: the seconds of one run (a list, one entry a sample) and the gradient.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable

import torch

CHAIN = 1000
MILLION = 1_000_000

Run = Callable[[], object]
Gradient = Callable[[], list[float]]


def numbers(count: int, seed: float) -> torch.Tensor:
    """The numbers that the other engines get."""
    return torch.tensor([math.sin((i + 1) * seed) for i in range(count)])


def leaf(values: torch.Tensor, *shape: int) -> torch.Tensor:
    return values.reshape(shape).clone().requires_grad_()


def flat(gradients: list[torch.Tensor]) -> list[float]:
    return [value for each in gradients for value in each.reshape(-1).tolist()]


def differentiate(leaves: list[torch.Tensor], loss: Callable[[], torch.Tensor]) -> tuple[Run, Gradient]:
    def run() -> None:
        for each in leaves:
            each.grad = None
        loss().backward()

    def gradient() -> list[float]:
        run()
        return flat([each.grad for each in leaves])

    return run, gradient


def example(function: Callable[[torch.Tensor], torch.Tensor]) -> tuple[Run, Gradient]:
    x = leaf(torch.tensor([1.0, 2.0, 3.0, 4.0]), 2, 2)
    return differentiate([x], lambda: function(x).sum())


def jacobian_by_rows(n: int) -> tuple[Run, Gradient]:
    given = numbers(n, 1.1)

    def run() -> torch.Tensor:
        x = given.clone().requires_grad_(True)
        y = x * x
        rows = []
        for i in range(n):
            row = torch.zeros_like(y)
            row[i] = 1
            y.backward(row, retain_graph=True)
            rows.append(x.grad)
            x.grad = None
        return torch.stack(rows)

    return run, lambda: flat([run()])


def jacobian_batched(n: int) -> tuple[Run, Gradient]:
    given = numbers(n, 1.1)

    def run() -> torch.Tensor:
        return torch.autograd.functional.jacobian(lambda x: x * x, given, vectorize=True)

    return run, lambda: flat([run()])


def chain() -> tuple[Run, Gradient]:
    x = leaf(torch.tensor([1.0, 2.0, 3.0, 4.0]), 2, 2)

    def loss() -> torch.Tensor:
        y = x
        for _ in range(CHAIN):
            y = y * 1.001
        return y.sum()

    return differentiate([x], loss)


def matmul(n: int) -> tuple[Run, Gradient]:
    a, b = leaf(numbers(n * n, 1.3), n, n), leaf(numbers(n * n, 2.1), n, n)
    return differentiate([a, b], lambda: (a @ b).sum())


def train(parameters: list[torch.Tensor], rate: float, loss: Callable[[], torch.Tensor]) -> tuple[Run, Gradient]:
    """Differentiates and takes a step down: the gradient is that of the first step."""
    differentiated, gradient = differentiate(parameters, loss)
    first = gradient()

    def run() -> None:
        differentiated()
        with torch.no_grad():
            for each in parameters:
                each.sub_(each.grad, alpha=rate)

    return run, lambda: first


def mlp() -> tuple[Run, Gradient]:
    x = numbers(64 * 784, 0.7).reshape(64, 784)
    target = torch.tensor([(i * 7) % 10 for i in range(64)])
    w1 = leaf(numbers(784 * 128, 1.3) * 0.05, 784, 128)
    w2 = leaf(numbers(128 * 10, 2.1) * 0.1, 128, 10)
    b1, b2 = leaf(torch.zeros(128), 128), leaf(torch.zeros(10), 10)

    def loss() -> torch.Tensor:
        hidden = torch.relu(torch.addmm(b1, x, w1))
        return torch.nn.functional.cross_entropy(torch.addmm(b2, hidden, w2), target)

    return train([w1, b1, w2, b2], 0.01, loss)


def million() -> tuple[Run, Gradient]:
    a, b = leaf(numbers(MILLION, 1.3), MILLION), leaf(numbers(MILLION, 2.1), MILLION)
    return differentiate([a, b], lambda: (a * b).sum())


def attention() -> tuple[Run, Gradient]:
    heads, length, width = 4, 64, 32
    q, k, v = (leaf(numbers(heads * length * width, seed), heads, length, width) for seed in (1.3, 1.9, 2.3))
    root = math.sqrt(1 / width)
    return differentiate([q, k, v], lambda: (torch.softmax(q @ k.transpose(1, 2) * root, 2) @ v).sum())


def training() -> tuple[Run, Gradient]:
    points, target = numbers(8, 0.9).reshape(8, 1), numbers(8, 1.7).reshape(8, 1)
    w, b = leaf(torch.tensor([0.5]), 1, 1), leaf(torch.tensor([0.1]), 1)
    return train([w, b], 0.01, lambda: torch.nn.functional.mse_loss(torch.addmm(b, points, w), target))


WORKLOADS: dict[str, Callable[[], tuple[Run, Gradient]]] = {
    "identity": lambda: example(lambda x: x * 1),
    "square": lambda: example(lambda x: x**2),
    **{f"jacobian_rows_{n}": lambda n=n: jacobian_by_rows(n) for n in (2, 64, 256)},
    **{f"jacobian_batched_{n}": lambda n=n: jacobian_batched(n) for n in (2, 64, 256)},
    "chain": chain,
    **{f"matmul_{n}": lambda n=n: matmul(n) for n in (64, 256, 512)},
    "mlp": mlp,
    "million": million,
    "attention": attention,
    "training": training,
}


def sample(run: Run, seconds: float) -> list[float]:
    """The time of one run, measured over and over for so many seconds after a warm-up as long."""
    repeats = 1
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        started = time.perf_counter()
        for _ in range(repeats):
            run()
        if time.perf_counter() - started < 0.002:
            repeats *= 2
    times = []
    end = time.perf_counter() + seconds
    while not times or time.perf_counter() < end:
        started = time.perf_counter()
        for _ in range(repeats):
            run()
        times.append((time.perf_counter() - started) / repeats)
    return times


if __name__ == "__main__":
    torch_threads = getattr(torch, "set_num_threads", None)
    if torch_threads is not None:
        torch_threads(1)
    run, gradient = WORKLOADS[sys.argv[1]]()
    found = gradient()
    print(json.dumps({"version": torch.__version__, "times": sample(run, float(sys.argv[2])), "gradient": found}))
