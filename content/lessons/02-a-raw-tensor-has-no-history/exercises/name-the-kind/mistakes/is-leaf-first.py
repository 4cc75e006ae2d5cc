"""Raw tensors come out as leaves. They are leaves, as every tensor that no recorded operation made; `is_leaf` alone
does not tell them from a tracked leaf. Ask another mark first.
"""


def kind(t):
    if t.is_leaf:
        return "leaf"
    return "non-leaf" if t.requires_grad else "untracked"
