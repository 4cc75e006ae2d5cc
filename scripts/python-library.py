"""Makes the zip with all that is Python in the browser. Runs in the very Python that will read it."""

import importlib.util
import marshal
import re
import sys
import zipfile

LIBRARY = "/lib/python314.zip"

# What needs processes, threads, sockets, a terminal or a server has no use in a browser's worker; nor have the tools of
# those who package or debug programs from a terminal, formats of mail and the web, Python's own versions of what it has
# in C, and encodings that only old files of other systems are in.
USELESS = re.compile(
    r"^(multiprocessing/|xmlrpc/|xml/|wsgiref/|http/|urllib/(request|response|robotparser)|email/|html/|ctypes/"
    r"|sqlite3/|_pyrepl/(?!__init__|pager)|tomllib/|zoneinfo/"
    r"|encodings/(big5|cp(?!1252)|euc_|gb|hp_|hz|iso2022|iso8859_(?!1\.|15)|johab|koi8|kz1048|mac_|ptcp|shift_|tis_)"
    r"|pyodide/http/|(socketserver|smtplib|ftplib|poplib|imaplib|mailbox|mimetypes|netrc|plistlib|wave|pdb|doctest"
    r"|bdb|tarfile|modulefinder|compileall|tabnanny|trace|tracemalloc|webbrowser|zipapp|optparse|configparser|_pyio"
    r"|_pydatetime|pickletools|_aix_support|_apple_support|_android_support|_ios_support|nturl2path|pyclbr|pty|shelve"
    r"|fileinput|filecmp|quopri|stringprep|getpass|rlcompleter|sched|cmd|code)\.py)"
)
# What no traceback of a reader's program shows has its source left out once it is compiled.
UNSEEN = re.compile(
    r"^((torch|dxdx_grading|asyncio|_?pyodide|concurrent|zipfile|compression|encodings|importlib|logging)/|_dxdx_"
    r"|(_ssl|ssl|socket|selectors|subprocess|zipimport|tempfile|shutil|locale|site|lzma|bz2|ntpath|posixpath|signal"
    r"|threading|glob|fnmatch|base64|_colorize|_opcode_metadata|opcode|_py_warnings|codecs|stat|genericpath)\.py$)"
)


def make_zip(path: str, packages: dict[str, str], compiled: bool) -> None:
    """Write the zip; where `compiled`, the modules that are imported now, and all of ours, are in it compiled too."""
    imported = {getattr(module, "__file__", None) for module in sys.modules.values()}
    with zipfile.ZipFile(LIBRARY) as library, zipfile.ZipFile(path, "w") as made:
        files = {name: library.read(name) for name in sorted(library.namelist()) if not USELESS.match(name)}
        ours = {name: packages[name].encode() for name in sorted(packages)}
        for name, source in (files | ours).items():
            compile_it = compiled and name.endswith(".py") and (name in ours or f"{LIBRARY}/{name}" in imported)
            if compile_it:
                # Not deflated: it is read at every start, and the whole is compressed for its way anyhow.
                _write(made, f"{name}c", _compiled(source, f"{LIBRARY}/{name}"), zipfile.ZIP_STORED)
            if not (compile_it and UNSEEN.match(name)):
                _write(made, name, source, zipfile.ZIP_DEFLATED)


def _write(made: zipfile.ZipFile, name: str, data: bytes, compression: int) -> None:
    # Always the same date, so that the same files make the same zip.
    entry = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
    made.writestr(entry, data, compression, compresslevel=9)


def _compiled(source: bytes, name: str) -> bytes:
    """A `.pyc` that Python takes as it is, without looking at the source's date."""
    code = compile(source, name, "exec", dont_inherit=True, optimize=0)
    unchecked = (1).to_bytes(4, "little")
    return importlib.util.MAGIC_NUMBER + unchecked + importlib.util.source_hash(source) + marshal.dumps(code)
