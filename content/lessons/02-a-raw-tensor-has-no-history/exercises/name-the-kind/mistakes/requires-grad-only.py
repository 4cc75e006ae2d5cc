"""Every tracked tensor comes out as a leaf. `requires_grad` is passed on to all that is computed from a tracked tensor,
so it cannot tell the start of a history from its end.
"""


def kind(t):
    return "leaf" if t.requires_grad else "untracked"
