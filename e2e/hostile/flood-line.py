"""Prints a line of 50 MB."""
# ends: Ran
print("x" * 50_000_000)
