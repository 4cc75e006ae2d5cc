"""Ends with a value of 50 MB."""
# ends: Ran
"x" * 50_000_000
