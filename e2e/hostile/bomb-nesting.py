"""Shows a list nested 100,000 deep."""
# ends: Ended|broke down|went too deep
nest = []
for _ in range(100_000):
    nest = [nest]
print(repr(nest))
