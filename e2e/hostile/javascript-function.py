"""Makes a function of a text, with the constructors of what the engine shows of JavaScript."""
# ends: EvalError
import torch

refusal = None
for value in list(vars(torch._C).values()):
    if "Js" not in type(value).__name__:
        continue
    try:
        scope = value.constructor.constructor("return globalThis")()
        print("REACHED", scope.fetch)
    except Exception as error:
        refusal = refusal if "EvalError" in str(refusal) else error
raise refusal
