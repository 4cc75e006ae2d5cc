"""Recurses without end."""
# ends: RecursionError
def f():
    return f()

f()
