"""Takes what the engine shows of itself, and changes it."""
# ends: Ran|Ended
import torch

engine = torch._C.dxdx_engine
for name in list(engine.object_keys()):
    setattr(engine, name, lambda *_: 0)
engine.__proto__.toString = "mine"
print("changed")
