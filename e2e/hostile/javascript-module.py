"""Looks for Pyodide's own module, with its memory, and has it run a script."""
# ends: Error
import pyodide_js

pyodide_js._module._emscripten_run_script("fetch('/')")
print("REACHED")
