"""Leaf and non-leaf are the wrong way round. A leaf is where the history *starts*: it has no `grad_fn`.
"""


def kind(t):
    if not t.requires_grad:
        return "untracked"
    return "non-leaf" if t.is_leaf else "leaf"
