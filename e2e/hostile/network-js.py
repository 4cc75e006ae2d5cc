"""Fetches the page it is on through the module `js`."""
# ends: ModuleNotFoundError
import js

js.fetch("/")
print("REACHED")
