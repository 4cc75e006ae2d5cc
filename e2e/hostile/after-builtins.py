"""Replaces what every program uses."""
# ends: Ran|Ended
import builtins

for name in ("print", "len", "repr", "isinstance", "__import__", "__build_class__", "open", "compile", "exec"):
    setattr(builtins, name, lambda *a, **k: None)
