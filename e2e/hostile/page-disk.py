"""Mounts the browser's database as a disk."""
# ends: Error
import pyodide_js

files = pyodide_js.FS
files.mkdir("/mnt/disk")
files.mount(files.filesystems.IDBFS, None, "/mnt/disk")
files.syncfs(True, lambda error: print("REACHED" if error is None else "no"))
