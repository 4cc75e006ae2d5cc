"""Prints lines without end."""
# ends: Stopped
while True:
    print("again and again and again and again and again and again")
