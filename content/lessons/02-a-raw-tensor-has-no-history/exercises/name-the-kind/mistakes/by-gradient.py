"""You went by `.grad`. That is `None` until a `backward` has been here, for leaves too; it says what has happened, not
what the tensor is.
"""


def kind(t):
    if not t.requires_grad:
        return "untracked"
    return "leaf" if t.is_leaf and t.grad is not None else "non-leaf"
