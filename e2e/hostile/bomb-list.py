"""Doubles a list until there is no memory."""
# ends: MemoryError
numbers = [0] * 1000
while True:
    numbers += numbers
