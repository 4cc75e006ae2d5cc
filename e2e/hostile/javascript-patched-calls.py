"""Replaces `call`, `apply` and `bind` of all functions of JavaScript."""
# ends: Ran|Ended|broke
import asyncio

# One of JavaScript's functions, which Python's event loop schedules with.
function = type(asyncio.new_event_loop()).call_later.__globals__["scheduleCallback"]
prototype = function.__proto__
for name in ("call", "apply", "bind"):
    setattr(prototype, name, lambda *_: print("REACHED"))
print("patched")
