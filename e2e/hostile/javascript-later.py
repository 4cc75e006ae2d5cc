"""Has JavaScript call a function once the program is over, again and again."""
# ends: Ran|Ended|broke
import asyncio

# One of JavaScript's functions, which Python's event loop schedules with.
function = type(asyncio.new_event_loop()).call_later.__globals__["scheduleCallback"]
def again():
    import torch

    torch.set_default_dtype(torch.float64)
    print("REACHED")
    function(again, 1)

function(again, 1)
print("left")
