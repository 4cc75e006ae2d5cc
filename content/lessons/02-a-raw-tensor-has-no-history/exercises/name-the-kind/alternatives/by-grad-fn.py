def kind(t):
    if t.grad_fn is not None:
        return "non-leaf"
    if t.requires_grad:
        return "leaf"
    return "untracked"
