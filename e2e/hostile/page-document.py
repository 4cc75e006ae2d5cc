"""Writes into the page."""
# ends: ModuleNotFoundError
import js

js.document.body.innerHTML = "<h1>REACHED</h1>"
