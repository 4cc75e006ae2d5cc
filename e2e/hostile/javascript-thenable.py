"""Makes every object of JavaScript a promise that never settles."""
# ends: Ran|Ended
import torch

functions = [value for value in vars(torch._C).values() if "Js" in type(value).__name__]
for function in functions[:1]:
    function.__proto__.__proto__.then = functions[0]
print("done")
