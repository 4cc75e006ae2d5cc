"""Runs bytecode that Python would never make."""
# ends: Ended|broke down|Ran
def f():
    return 1

f.__code__ = f.__code__.replace(co_code=bytes([0x51, 0xFF]) * 200, co_consts=(), co_stacksize=0)
f()
