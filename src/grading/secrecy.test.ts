import { expect, test } from 'vitest';
import { createNodeInterpreter } from '../runtime/node.ts';

const SECRET = 'nobody-may-read-this';
const CHECK = `
# ${SECRET}
import torch
from dxdx_grading import check

@check("It doubles two numbers")
def two_numbers(program):
    return program.double(torch.tensor([1.0, 2.0]))
`;

/** Looks wherever a program can look, from the module and from within the function that the check calls. */
const SPY = `
import gc, inspect, linecache, sys

def texts(value, depth=0):
    if isinstance(value, str):
        yield value
    elif depth < 3 and isinstance(value, dict):
        for key, item in list(value.items()):
            yield from texts(key, depth + 1)
            yield from texts(item, depth + 1)
    elif depth < 3 and isinstance(value, (list, tuple, set)):
        for item in list(value):
            yield from texts(item, depth + 1)

def look():
    frame = sys._getframe().f_back
    while frame is not None:
        yield from texts(dict(frame.f_locals))
        yield from texts({k: v for k, v in frame.f_globals.items() if not k.startswith("__")})
        try:
            yield inspect.getsource(frame.f_code)
        except OSError:
            pass
        frame = frame.f_back
    for thing in gc.get_objects():
        yield from texts(thing)
    for name in list(linecache.cache):
        if name != "main.py":
            yield "".join(linecache.getlines(name))

# Written backwards, so that this program does not find itself.
WANTED = "siht-daer-yam-ydobon"

def spy(where):
    print(where, any(WANTED in text[::-1] for text in look()))

spy("outside")

def double(x):
    spy("inside")
    return x * 2
`;

test('a program that is judged does not find the text of its check', async () => {
  const python = await createNodeInterpreter();
  const { programs } = await python.grade({ check: CHECK, programs: { answer: SPY } });
  expect(programs.answer[0][0].printed).toBe('outside False\ninside False\n');
});
