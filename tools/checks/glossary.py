"""Keep docs/glossary.md whole: every column filled, no term twice, in order, every context explained."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tools.checks.findings import ROOT, Finding, report

GLOSSARY: Final = "docs/glossary.md"
CONTEXTS: Final = ROOT / "src" / "congtam"
COLUMNS: Final = ("term", "tiếng Việt", "definition", "source", "not to be confused with")
WITHOUT_WORDS: Final = frozenset({"config", "kernel", "foundation", "locale", "testing", "ui"})
"""Folders that hold no words of the business."""

Row = tuple[int, list[str]]


def cells(line: str) -> list[str]:
    """The cells of a table line.

    >>> cells("| dossier | hồ sơ |")
    ['dossier', 'hồ sơ']
    """
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))]


def sections(text: str) -> Iterator[list[Row]]:
    """The tables of the page as (line number, cells), heading and rule left out."""
    table: list[Row] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("|"):
            table.append((number, cells(line)))
        elif table:
            yield table[2:]
            table = []
    if table:
        yield table[2:]


def check_rows(text: str) -> Iterator[Finding]:
    """Broken rows, repeated terms, terms out of order within their section."""
    seen: dict[str, int] = {}
    for table in sections(text):
        previous = ""
        for line, row in table:
            term = row[0].lower()
            if len(row) != len(COLUMNS):
                yield Finding(GLOSSARY, line, f"{row[0]!r} has {len(row)} columns, not {len(COLUMNS)}")
            for name, cell in zip(COLUMNS, row, strict=False):
                if not cell:
                    yield Finding(
                        GLOSSARY, line, f"{row[0]!r}: “{name}” is empty; write – where nothing applies"
                    )
            if term in seen:
                yield Finding(GLOSSARY, line, f"{row[0]!r} is defined on line {seen[term]} already")
            if term < previous:
                yield Finding(GLOSSARY, line, f"{row[0]!r} comes after {previous!r}: run with --sort")
            seen[term], previous = line, term


def check_contexts(text: str, contexts: Sequence[str]) -> Iterator[Finding]:
    """Contexts whose word is explained nowhere: as a term (in the singular or plural) or as `folder/`."""
    terms = {row[0].lower() for table in sections(text) for _, row in table}
    for context in contexts:
        word = context.replace("_", " ")
        if not {word, singular(word)} & terms and f"`{context}/`" not in text:
            yield Finding(GLOSSARY, 1, f"no term explains the context {context}/")


def singular(word: str) -> str:
    """The singular of a context's name.

    >>> singular("dossiers"), singular("directories")
    ('dossier', 'directory')
    """
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def contexts_of(package: Path) -> list[str]:
    """The folders of the package that hold words of the business."""
    return sorted(
        folder.name
        for folder in package.iterdir()
        if (folder / "apps.py").is_file() and folder.name not in WITHOUT_WORDS
    )


def in_order(text: str) -> str:
    """The page with the rows of every table in order."""
    lines = text.splitlines()
    for table in sections(text):
        numbers = [number for number, _ in table]
        rows = sorted((lines[number - 1] for number in numbers), key=lambda line: cells(line)[0].lower())
        for number, line in zip(numbers, rows, strict=True):
            lines[number - 1] = line
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] = ()) -> int:
    """Check the glossary, or put its rows in order first."""
    parser = argparse.ArgumentParser(prog="python -m tools.checks.glossary", description=__doc__)
    parser.add_argument("--sort", action="store_true", help="put the rows in order first")
    chosen = parser.parse_args(arguments)
    page = ROOT / GLOSSARY
    if chosen.sort:
        page.write_text(in_order(page.read_text(encoding="utf-8")), encoding="utf-8")
    text = page.read_text(encoding="utf-8")
    return report([*check_rows(text), *check_contexts(text, contexts_of(CONTEXTS))])


if __name__ == "__main__":
    import sys

    sys.exit(main(sys.argv[1:]))
