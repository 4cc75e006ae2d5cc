"""Takes memory until there is none."""
# ends: MemoryError
kept = []
while True:
    kept.append(bytearray(100_000_000))
