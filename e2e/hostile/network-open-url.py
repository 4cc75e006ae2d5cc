"""Opens an address as Pyodide does, without waiting."""
# ends: Error
from pyodide.http import open_url

print("REACHED", open_url("/").read())
