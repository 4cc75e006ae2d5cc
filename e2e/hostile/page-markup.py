"""Prints markup and hopes that it is taken for some."""
# ends: Ended
markup = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"
print(markup)
raise ValueError(markup)
