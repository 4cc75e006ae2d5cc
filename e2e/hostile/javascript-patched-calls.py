"""Replaces `call`, `apply` and `bind` of all functions of JavaScript."""
# ends: Ran|Ended|broke
import torch

functions = [value for value in vars(torch._C).values() if "Js" in type(value).__name__]
for function in functions[:1]:
    prototype = function.__proto__
    for name in ("call", "apply", "bind"):
        setattr(prototype, name, lambda *_: print("REACHED"))
print("patched")
