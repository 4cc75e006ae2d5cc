"""A softmax over very many classes, most of which are rare."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from .. import functional as F
from . import container
from .linear import Linear
from .module import Module


class _ASMoutput(NamedTuple):
    """The log-probabilities of the targets, and their mean, negated."""

    output: Any
    loss: Any




class AdaptiveLogSoftmaxWithLoss(Module):
    """Frequent classes share a head with one place for each cluster of rare ones.

    Grave et al. 2017, https://arxiv.org/abs/1609.04309.
    """

    def __init__(
        self,
        in_features: int,
        n_classes: int,
        cutoffs: Sequence[int],
        div_value: float = 4.0,
        head_bias: bool = False,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__()
        cuts = list(cutoffs)
        if not cuts:
            raise ValueError("cutoffs should be a sequence of length larger than 0")
        if (
            cuts != sorted(set(cuts))
            or min(cuts) <= 0
            or max(cuts) > n_classes - 1
            or any(int(cut) != cut for cut in cuts)
        ):
            raise ValueError(
                "cutoffs should be a sequence of unique, positive integers sorted in an increasing "
                "order, where each value is between 1 and n_classes-1"
            )
        self.in_features = in_features
        self.n_classes = n_classes
        self.cutoffs = [*cuts, n_classes]
        self.div_value = div_value
        self.head_bias = head_bias
        self.shortlist_size = self.cutoffs[0]
        self.n_clusters = len(cuts)
        self.head_size = self.shortlist_size + self.n_clusters
        made = {"device": device, "dtype": dtype}
        self.head = Linear(in_features, self.head_size, bias=head_bias, **made)
        self.tail = container.ModuleList()
        for i, (start, end) in enumerate(pairwise(self.cutoffs)):
            inner = int(in_features // div_value ** (i + 1))
            self.tail.append(
                container.Sequential(
                    Linear(in_features, inner, bias=False, **made),
                    Linear(inner, end - start, bias=False, **made),
                )
            )

    def reset_parameters(self) -> None:
        """Fill all weights with fresh random numbers."""
        self.head.reset_parameters()
        for inner, outer in self.tail:
            inner.reset_parameters()
            outer.reset_parameters()

    def forward(self, input_: Any, target_: Any) -> _ASMoutput:
        """The log-probability of each target, and the loss: minus their mean."""
        _check(input_, target_)
        batched = target_.dim() > 0
        input = input_ if batched else input_.unsqueeze(0)
        target = target_ if batched else target_.unsqueeze(0)
        output = input.new_zeros(target.size(0))
        places = target.new_empty(target.size(0))
        used = 0
        for i, (start, end) in enumerate(pairwise([0, *self.cutoffs])):
            mask = (target >= start) & (target < end)
            rows = mask.nonzero().squeeze()
            if rows.numel() == 0:
                continue
            used += rows.numel()
            if i == 0:
                places.index_copy_(0, rows, target[mask])
                continue
            within = target[mask] - start
            logs = F.log_softmax(self.tail[i - 1](input.index_select(0, rows)), dim=1)
            places.index_fill_(0, rows, self.shortlist_size + i - 1)
            output.index_copy_(0, rows, logs.gather(1, within.unsqueeze(1)).squeeze(1))
        if used != target.size(0):
            raise RuntimeError(
                f"Target values should be in [0, {self.n_classes - 1}], but values in range "
                f"[{target.min().item()}, {target.max().item()}] were found. "
            )
        logs = F.log_softmax(self.head(input), dim=1)
        output += logs.gather(1, places.unsqueeze(1)).squeeze()
        loss = (-output).mean()
        return _ASMoutput(output if batched else output.squeeze(0), loss)

    def _all(self, input: Any, scores: Any) -> Any:
        """The log-probabilities of all classes, from the scores of the head."""
        out = input.new_empty((scores.size(0), self.n_classes))
        logs = F.log_softmax(scores, dim=1)
        out[:, : self.shortlist_size] = logs[:, : self.shortlist_size]
        for i, (start, end) in enumerate(pairwise(self.cutoffs)):
            own = F.log_softmax(self.tail[i](input), dim=1)
            out[:, start:end] = own + logs[:, self.shortlist_size + i].unsqueeze(1)
        return out

    def log_prob(self, input: Any) -> Any:
        """The log-probabilities of all classes."""
        return self._all(input, self.head(input))

    def predict(self, input: Any) -> Any:
        """The most probable class of each example."""
        scores = self.head(input)
        output = scores.argmax(dim=1)
        rare = output >= self.shortlist_size
        if not rare.any():
            return output
        if rare.all():
            return self._all(input, scores).argmax(dim=1)
        output[rare] = self._all(input[rare], scores[rare]).argmax(dim=1)
        return output


def _check(input: Any, target: Any) -> None:
    if target.dim() > 1:
        raise RuntimeError("0D or 1D target tensor expected, multi-target not supported")
    if target.dim() == 1 and input.size(0) != target.size(0):
        raise RuntimeError("Input and target should have the same size in the batch dimension.")
    if input.dim() != target.dim() + 1:
        raise RuntimeError(
            f"{target.dim()}D target tensor expects {target.dim() + 1}D input tensors, "
            f"but found inputs with size {input.size()}"
        )
