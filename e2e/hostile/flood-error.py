"""Raises an error with a message of 50 MB."""
# ends: ValueError
raise ValueError("x" * 50_000_000)
