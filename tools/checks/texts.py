"""Refuse English texts in our old private dialect, and slips of typography, in everything a person may read.

The phrases are those that newcomers stumbled over; each comes with what to write instead. The list is short on
purpose: a phrase enters only where it is practically never right. A text that begins with a small letter although it
ends like a sentence, because it goes on from a label, is listed in `pyproject.toml` under `[tool.texts.continued]`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Final

from tools.checks.findings import ROOT, Finding, report
from tools.checks.messages import Message, from_tree

PHRASES: Final = {
    r"told": "“notified”, “shown” or “reported”",
    r"anew": "“again”",
    r"ask(?:ed|s|ing) for": "“requested”, “requires”",
    r"(?:take|takes|taken|taking) in": "“accept”, “receive”",
    r"turn(?:ed|s)? down": "“decline”, “reject”",
    r"(?:not|are) taken": "“accepted”",
    r"(?<!in )hand(?:ed|s)? in": "“submit”",
    r"(?:give|gives|given) back": "“refund”, “return”",
    r"put off": "“postpone”",
    r"worked out": "“calculated”",
    r"made[- ]up": "“synthetic”",
    r"by (?:itself|themselves)": "“automatically”",
    r"nobody": "“no one”, or say what is missing",
    r"somebody": "“someone”",
    r"stands?(?: still)?": "“is”, “is shown”; a clock “is stopped”",
    r"lies? with": "“is held by”",
    r"in sight": "“visible”",
    r"not known": "“unknown”, “does not exist”",
    r"cannot be done": "“is not possible”",
    r"look(?:s|ed)? after": "“manage”",
    r"mend(?:ed|s)?": "“fix”, “correct”",
    r"beforehand": "“preloaded”, “in advance”",
    r"instants?": "“time”",
    r"broken off|breaking off": "“interrupted”",
    r"number and sign": "“number and symbol”",
    r"(?:(?<=[0-9…] )|(?<=and )|(?<=or )|(?<=other )|(?<=special ))signs": "“characters”",
}
"""Words of the dialect (a pattern, whole words, in any case) and what to write instead."""

SLIPS: Final = {
    r"^\s|\s$": "no blank at its beginning or end; put it where the text is used",
    r"[^\S\n]{2,}": "one blank, not two",
    r'"': "curly quotation marks (“…”)",
    r"\.\.\.": "… in one character",
    r"\s[.,;:!?](?=\s|$)": "no blank before a punctuation mark",
}
"""Typography (a pattern) and what to write."""

_PLACEHOLDER: Final = re.compile(r"%\(\w+\)[sd]|%[sd]|(?<!\{)\{\w+[^{}]*\}(?!\})")
_PHRASES: Final = [
    (re.compile(rf"(?<!\w)(?:{phrase})\b", re.IGNORECASE), advice) for phrase, advice in PHRASES.items()
]
_SLIPS: Final = [(re.compile(slip), advice) for slip, advice in SLIPS.items()]


def faults(text: str) -> Iterator[str]:
    """What to write instead; names of placeholders are not read.

    >>> list(faults("At most {longest} signs can be told"))
    ['“told”: write “notified”, “shown” or “reported”', '“signs”: write “characters”']
    >>> list(faults('Press "Send" ...'))
    ['write curly quotation marks (“…”)', 'write … in one character']
    """
    shown = _PLACEHOLDER.sub("…", text)
    for phrase, advice in _PHRASES:
        if match := phrase.search(shown):
            yield f"“{match[0]}”: write {advice}"
    for slip, advice in _SLIPS:
        if slip.search(shown):
            yield f"write {advice}"


def is_sentence_in_small_letters(text: str) -> bool:
    """Whether a text ends like a sentence and does not begin like one.

    >>> is_sentence_in_small_letters("the file is empty."), is_sentence_in_small_letters("on time")
    (True, False)
    """
    return text[:1].islower() and text.endswith(".")


def check(messages: Iterable[Message], continued: Collection[str]) -> Iterator[Finding]:
    """Every English text, counted forms included."""
    for message in messages:
        for text in (message.msgid, message.plural):
            if text is None:
                continue
            for fault in faults(text):
                yield Finding(message.path, message.line, f"{text!r}: {fault}")
            if is_sentence_in_small_letters(text) and text not in continued:
                advice = "begin with a capital letter, or drop the full stop"
                yield Finding(message.path, message.line, f"{text!r}: {advice}")


def main() -> int:
    """Check the texts."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    messages = (replace(each, path=f"src/congtam/{each.path}") for each in from_tree(ROOT / "src/congtam"))
    return report(check(messages, settings["tool"]["texts"]["continued"]))


if __name__ == "__main__":
    raise SystemExit(main())
