"""Has Python parse 100,000 parentheses."""
# ends: Ended|broke down|went too deep
eval("(" * 100_000)
