"""Opens an address as Python does."""
# ends: Error
import urllib.request

print("REACHED", urllib.request.urlopen("http://127.0.0.1/").read())
