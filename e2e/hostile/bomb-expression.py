"""Compiles an expression nested too deep for the compiler."""
# ends: Ended|broke down|went too deep|Ran
eval("-" * 90_000 + "1")
