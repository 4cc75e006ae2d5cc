"""Has Pyodide load a package."""
# ends: Error
import pyodide_js

pyodide_js.loadPackage("numpy")
print("REACHED")
