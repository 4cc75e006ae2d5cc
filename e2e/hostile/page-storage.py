"""Deletes the reader's progress."""
# ends: ModuleNotFoundError
from js import localStorage

localStorage.clear()
print("REACHED")
