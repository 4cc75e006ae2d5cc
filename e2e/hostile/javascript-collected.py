"""Looks through all that Python's garbage collector knows for objects of JavaScript."""
# ends: Ran|Ended
import gc

names = ("fetch", "indexedDB", "caches", "postMessage", "XMLHttpRequest", "importScripts", "BroadcastChannel")
for thing in gc.get_objects():
    if "Js" in type(thing).__name__ and not isinstance(thing, type):
        for name in names:
            try:
                found = getattr(thing, name, None)
            except Exception:
                continue
            if found is not None:
                print("REACHED", name, thing)
print("looked")
