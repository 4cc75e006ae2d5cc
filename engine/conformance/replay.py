"""Replays the questions of a family and says where the answers differ from PyTorch's.

Runs on this project's `torch` in the tests; on real PyTorch (`python replay.py [FAMILY…]`) it proves
that recordings and comparison are right.
"""

from __future__ import annotations

import json
import sys

from answer import answer
from compare import differences
from files import families, read_answers
from vocabulary import questions


def replay(source: str, filename: str, recorded: str) -> dict[str, dict[str, str | None]]:
    """What differs, by the name of the question and the part of its answer."""
    answers = json.loads(recorded)["answers"]
    found = {}
    for question in questions(source, filename):
        if question.name not in answers:
            found[question.name] = {question.kind: "has not been recorded"}
            continue
        found[question.name] = differences(answer(question), answers.pop(question.name), question.exact)
    return found | {name: {"question": "is asked no more"} for name in answers}


def main() -> None:
    """Replay on real PyTorch."""
    for name, filename, source in families(sys.argv[1:]):
        found = replay(source, filename, read_answers(name))
        parts = [(asked, part, text) for asked, each in found.items() for part, text in each.items()]
        differing = [each for each in parts if each[2]]
        print(f"{name}: {len(parts) - len(differing)} of {len(parts)} agree")
        for each in differing[:20]:
            print("  ", *each)


if __name__ == "__main__":
    main()
