"""Tracebacks as the page shows them: the frames of the reader's file alone, laid out as Python 3.14 does."""

import ast
import linecache
import traceback


def laid_out(error: Exception, filename: str) -> str:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == filename]
    lines = ["Traceback (most recent call last):"]
    for frame in frames:
        lines += frame_lines(frame)
    return "\n".join(lines) + "\n" + "".join(traceback.format_exception_only(error))


def frame_lines(frame: traceback.FrameSummary) -> list[str]:
    if frame.end_lineno != frame.lineno:
        raise ValueError(f"line {frame.lineno}: a statement that raises has to stand on one line")
    source = linecache.getline(frame.filename, frame.lineno).rstrip("\n")
    line = source.lstrip()
    indent = len(source) - len(line)
    marks = carets(line, frame.colno - indent, frame.end_colno - indent)
    head = f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
    return [head, f"    {line}", *([f"    {marks}"] if marks else [])]


def carets(line: str, start: int, end: int) -> str:
    """The marks under a line: `^` where it went wrong, `~` under what belongs to it; none when they would say nothing."""
    if is_a_whole_call(line, start, end):
        return ""
    anchor = anchor_in(line[start:end])
    if anchor:
        low, high = start + anchor[0], start + anchor[1]
        return " " * start + "~" * (low - start) + "^" * (high - low) + "~" * (end - high)
    if line[:start].strip() or line[end:].strip():
        return " " * start + "^" * (end - start)
    return ""


def anchor_in(segment: str) -> tuple[int, int] | None:
    """The part of an expression to point at: an operator, a subscript, a call's parentheses."""
    match ast.parse(f"({segment}\n)").body[0].value:
        case ast.BinOp(left=left, op=op):
            low = left.end_col_offset - 1
            while segment[low] in " )":
                low += 1
            return low, low + (2 if isinstance(op, (ast.Pow, ast.FloorDiv, ast.LShift, ast.RShift)) else 1)
        case ast.Subscript(value=value) | ast.Call(func=value):
            low = value.end_col_offset - 1
            while segment[low] not in "[(":
                low += 1
            return low, len(segment)
    return None


def is_a_whole_call(line: str, start: int, end: int) -> bool:
    """Python leaves the marks out where a plain call is all that an assignment or a return holds."""
    statement = ast.parse("def f():\n " + line if line.startswith("return") else line, mode="exec").body[0]
    if isinstance(statement, ast.FunctionDef):
        statement, start, end = statement.body[0], start + 1, end + 1
    match statement:
        case ast.Return(value=ast.Call(func=ast.Name()) as call) | ast.Assign(value=ast.Call() as call):
            return (call.col_offset, call.end_col_offset) == (start, end)
    return False
