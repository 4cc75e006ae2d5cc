"""Writes engine/torch/_overloads.py: the signatures that PyTorch's error messages list.

Run with a Python that has PyTorch: `python scripts/record-overloads.py NAMES`, where NAMES is a
file with the operations that dxdx has, one a line. The signatures are read out of PyTorch's own
library; which of them belong to a function or method, and in which order, is asked of PyTorch by
calling it wrongly.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import torch

LIBRARY = Path(torch.__file__).parent / "lib" / "libtorch_python.so"
TARGET = Path(__file__).parent.parent / "engine" / "torch" / "_overloads.py"

# PyTorch's names of parameter types, and ours.
TYPES = {
    "IntArrayRef": "int[]",
    "SymIntArrayRef": "int[]",
    "ArrayRef<double>": "float[]",
    "ArrayRef<Scalar>": "Scalar[]",
    "TensorList": "Tensor[]",
    "ITensorListRef": "Tensor[]",
    "int64_t": "int",
    "SymInt": "int",
    "double": "float",
    "std::string": "str",
    "c10::string_view": "str",
    "PyObject*": "object",
}
KNOWN = {"Tensor", "Scalar", "bool", "str", "Generator", "Device", "Layout", "MemoryFormat"}
KNOWN |= {"ScalarType", "int", "float", "object", "int[]", "float[]", "Scalar[]", "Tensor[]"}
# Functions that take a Python number where a tensor belongs.
NUMBERS = {"add", "sub", "mul", "div", "divide", "multiply", "subtract", "true_divide"}
NUMBERS |= {"floor_divide", "copy"}


def main() -> None:
    wanted = Path(sys.argv[1]).read_text().split()
    signatures = read_signatures()
    lines = []
    for name in wanted:
        for letter, owner in (("f", torch), ("m", torch.Tensor)):
            call = getattr(owner, name, None)
            if call is None or type(call).__name__ not in BUILTIN:
                continue
            found = overloads_of(name, call, letter == "m", signatures.get(name, []))
            lines += [f"{letter}|{text}" for text in found]
    body = "\n".join(lines)
    TARGET.write_text(
        '"""PyTorch 2.13\'s own overloads: what its error messages list.\n\n'
        "Written by scripts/record-overloads.py. "
        'f: a function, m: a method without its object.\n"""\n\n'
        f'OVERLOADS = """\n{body}\n"""\n'
    )
    print(len(lines), "signatures")


FIRST_IS_TENSOR = re.compile(r"\w+\(Tensor(\|Number)? (input|self)\b|\w+\(Tensor\[\d*\] ")
BUILTIN = {"builtin_function_or_method", "method_descriptor", "wrapper_descriptor"}


def read_signatures() -> dict[str, list[str]]:
    """All signature strings in the library, by the operation's name."""
    found: dict[str, list[str]] = {}
    pattern = re.compile(rb"[a-z_][a-z0-9_]*\([^\0]*\)(?:\|deprecated)?(?=\0)")
    for match in pattern.finditer(LIBRARY.read_bytes()):
        text = match[0].decode("ascii", "replace")
        converted = convert(text)
        if converted is not None:
            found.setdefault(text.partition("(")[0], []).append(converted)
    return found


def convert(text: str) -> str | None:
    """The signature with our names of types; None where it is something else."""
    name, _, rest = text.partition("(")
    rest, closing, tail = rest.rpartition(")")
    parts = []
    for part in rest.split(", ") if rest else ():
        if part == "*":
            parts.append(part)
            continue
        type_text, _, parameter = part.partition(" ")
        nullable = type_text.endswith("?")
        base, bracket, size = type_text.removesuffix("?").partition("[")
        base = TYPES.get(base, base)
        if base not in KNOWN or not parameter:
            return None
        numeric = base == "Tensor" and parameter in ("input", "other")
        if numeric and name.removesuffix("_") in NUMBERS:
            base = "Tensor|Number"
        if bracket:
            base = base.replace("[]", "[" + size)
        parts.append(f"{base}{'?' if nullable else ''} {parameter}")
    return f"{name}({', '.join(parts)}){tail}"


def overloads_of(name: str, call: object, method: bool, known: list[str]) -> list[str]:
    """The overloads of one function or method, in the order in which PyTorch tries them."""
    message = provoke(call, method)
    listed = re.findall(r"^ \* (\(.*\))$", message, re.M)
    if not listed:
        expected = re.search(r"but expected (\(.*\))$", message)
        listed = [expected[1]] if expected else []
    if listed:
        by_text = {printed(text): text for text in known}
        deprecated = [text for text in known if text.endswith("|deprecated")]
        # PyTorch tries deprecated overloads last, and doesn't list them.
        hidden = [t for t in deprecated if method != bool(FIRST_IS_TENSOR.match(t))]
        return [by_text[text] for text in listed if text in by_text] + hidden
    if "takes no arguments" in message or "takes no keyword" in message:
        return [f"{name}()"]
    own = [text for text in known if method != bool(FIRST_IS_TENSOR.match(text))]
    return own if len(own) == 1 else []


def provoke(call: object, method: bool) -> str:
    """What PyTorch says when it is given forty arguments."""
    arguments = [torch.ones(1)] if method else []
    try:
        call(*arguments, *[object()] * 40)  # type: ignore[operator]
    except Exception as error:
        return str(error)
    return ""


def printed(signature: str) -> str:
    """A signature as messages show it."""
    names = {
        "Scalar": "Number",
        "int[]": "tuple of ints",
        "float[]": "tuple of floats",
        "Scalar[]": "tuple of Scalars",
        "Tensor[]": "tuple of Tensors",
        "Tensor|Number": "Tensor",
        "ScalarType": "torch.dtype",
        "Layout": "torch.layout",
        "MemoryFormat": "torch.memory_format",
        "Device": "torch.device",
        "Generator": "torch.Generator",
    }
    inner = signature.removesuffix("|deprecated").partition("(")[2][:-1]
    parts = []
    for part in inner.split(", ") if inner else ():
        if part == "*":
            parts.append(part)
            continue
        type_text, _, parameter = part.partition(" ")
        base = re.sub(r"\[\d*\]", "[]", type_text.removesuffix("?"))
        name, equals, default = parameter.partition("=")
        shown = f" = {default}" if equals else ""
        parts.append(f"{names.get(base, base)} {name}{shown}")
    return f"({', '.join(parts)})"


main()
