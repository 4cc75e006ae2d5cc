"""Has Pyodide run JavaScript."""
# ends: Error
from pyodide.code import run_js

run_js("fetch('/')")
print("REACHED")
