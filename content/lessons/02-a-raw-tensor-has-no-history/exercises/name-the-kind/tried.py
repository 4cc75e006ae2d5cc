# --- requires-grad-only | looks at requires_grad alone
def kind(t):
    if t.requires_grad == True:
        return "leaf"
    else:
        return "untracked"
# --- is-leaf-first | asks is_leaf first
import torch


def kind(t):
    if t.is_leaf:
        return "leaf"
    elif t.requires_grad:
        return "non-leaf"
    else:
        return "untracked"


print(kind(torch.tensor([1.0, 2.0])))
# --- is-leaf-first | looks at grad_fn alone
import torch


def kind(t):
    return "leaf" if t.grad_fn is None else "non-leaf"
# --- by-gradient | goes by grad
def kind(t):
    if t.requires_grad is False:
        return "untracked"
    if t.grad is None:
        return "non-leaf"
    return "leaf"
# --- swapped | has them the wrong way round
def kind(t):
    if t.grad_fn is not None:
        return "leaf"
    return "non-leaf" if t.requires_grad else "untracked"
# --- It prints the right value | prints the word
def kind(t):
    if not t.requires_grad:
        print("untracked")
    elif t.is_leaf:
        print("leaf")
    else:
        print("non-leaf")
# --- It gives None | forgets one case
def kind(t):
    if t.requires_grad and t.is_leaf:
        return "leaf"
    if t.requires_grad and t.grad_fn is not None:
        return "non-leaf"
# --- It gives the str 'nonleaf' | writes the word otherwise
def kind(t):
    if not t.requires_grad:
        return "untracked"
    return "leaf" if t.is_leaf else "nonleaf"
# --- The program raises NameError, on line 3 | mixes up the name
def kind(t):
    """Which kind of tensor."""
    if x.requires_grad:
        return "leaf"
    return "untracked"
# --- The program raises SyntaxError, on line 2, while it starts | forgets a colon
def kind(t):
    if t.requires_grad
        return "leaf"
# --- solved | by a table
def kind(tensor):
    words = {(False, True): "untracked", (True, True): "leaf", (True, False): "non-leaf"}
    return words[tensor.requires_grad, tensor.is_leaf]
# --- solved | by match
def kind(t):
    match (t.requires_grad, t.grad_fn):
        case (False, _):
            return "untracked"
        case (True, None):
            return "leaf"
    return "non-leaf"
# --- solved | by a class that can be called
class Kind:
    names = ["untracked", "leaf", "non-leaf"]

    def __call__(self, t):
        return self.names[t.requires_grad + (t.grad_fn is not None)]


kind = Kind()
