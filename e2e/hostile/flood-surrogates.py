"""Ends with text that no encoding knows, and with control characters."""
# ends: ValueError
print("\x00\x07\x1b[2J\u202e")
raise ValueError("\ud800\x00")
