"""Put the Vietnamese of all fragments into one catalogue, and name every text that has none.

People edit the fragments, ``src/congtam/locale/fragments/*.yaml``: ``"English msgid": "Tiếng Việt"``. A text with a
context is written ``"context|English msgid"``; of a counted text, the plural. The catalogue (.po, .mo) is built
from them at set-up and is not committed.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import yaml
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po
from tools.checks.findings import ROOT, Finding, report
from tools.checks.messages import Message, from_tree

PACKAGE: Final = ROOT / "src" / "congtam"
_PLACEHOLDER: Final = re.compile(r"%\(\w+\)[sd]|%[sd]|(?<!\{)\{\w+[^{}]*\}(?!\})")


class _Strict(yaml.SafeLoader):
    """YAML that refuses a key written twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - as the parent
        keys = Counter(self.construct_object(key) for key, _ in node.value)
        for key, count in keys.items():
            if count > 1:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key!r} is written twice", node.start_mark
                )
        return super().construct_mapping(node, deep)


@dataclass
class Fragments:
    """All translations, by msgid, with the file each comes from."""

    texts: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def find(self, message: Message) -> str | None:
        """The Vietnamese of a text; it has no plural forms, so either key of a counted text will do."""
        for text in (message.plural, message.msgid):
            for key in ([f"{message.context}|{text}"] if message.context else []) + [text]:
                if key is not None and key in self.texts:
                    return self.texts[key]
        return None


def read_fragments(folder: Path) -> Fragments:
    """Read all fragments; what is wrong with them is collected, not raised."""
    read = Fragments()
    for path in sorted(folder.glob("*.yaml")):
        try:
            entries = yaml.load(path.read_text(encoding="utf-8"), _Strict) or {}  # noqa: S506 - a safe loader
        except yaml.YAMLError as error:
            read.findings.append(Finding(path.name, 0, f"not valid YAML: {' '.join(str(error).split())}"))
            continue
        for key, text in entries.items():
            _enter(read, path.name, entry=(key, text))
    return read


def _enter(read: Fragments, file: str, *, entry: tuple[object, object]) -> None:
    key, text = entry
    if not isinstance(key, str) or not isinstance(text, str) or not text.strip():
        read.findings.append(Finding(file, 0, f"{key!r}: write both sides as quoted text"))
    elif read.texts.get(key, text) != text:
        read.findings.append(
            Finding(file, 0, f"{key!r} is “{text}” here, “{read.texts[key]}” in {read.files[key]}")
        )
    else:
        read.texts[key], read.files[key] = text, file


def placeholders(text: str) -> list[str]:
    """The places of a text that are filled in, in a stable order.

    >>> placeholders("%(count)s of {file} cost 5 %%")
    ['%(count)s', '{file}']
    """
    return sorted(_PLACEHOLDER.findall(text.replace("%%", "")))


def check(messages: Sequence[Message], fragments: Fragments) -> list[Finding]:
    """Texts without Vietnamese, and Vietnamese whose places to fill in differ from the English."""
    findings = list(fragments.findings)
    for message in messages:
        text = fragments.find(message)
        wanted = [placeholders(part) for part in (message.msgid, message.plural) if part is not None]
        if text is None:
            findings.append(Finding(message.path, message.line, f"no Vietnamese for {message.msgid!r}"))
        elif placeholders(text) not in wanted:
            findings.append(
                Finding(message.path, message.line, f"other places to fill in: {message.msgid!r} / {text!r}")
            )
    return findings


def unused(messages: Sequence[Message], fragments: Fragments) -> list[Finding]:
    """Translations of texts that no longer exist."""
    texts = {text for message in messages for text in (message.msgid, message.plural)}
    keys = texts | {f"{message.context}|{message.msgid}" for message in messages if message.context}
    return [
        Finding(fragments.files[key], 0, f"unused: {key!r}") for key in fragments.texts if key not in keys
    ]


def catalogue(messages: Sequence[Message], fragments: Fragments) -> Catalog:
    """The catalogue of everything translated.

    Texts no code shows yet are in it too, so that a change of code alone does not ask for a new catalogue.
    """
    built = Catalog(locale="vi", project="Công Tâm", charset="utf-8", fuzzy=False)
    known = {message.msgid for message in messages}
    for key, text in fragments.texts.items():
        if key not in known:
            built.add(key, text)
    for message in messages:
        text = fragments.find(message) or ""
        plural = message.plural
        built.add(
            message.msgid if plural is None else (message.msgid, plural),
            text if plural is None else (text,),
            locations=[(message.path, message.line)],
            context=message.context,
        )
    return built


def build(package: Path) -> int:
    """Write the .po and .mo of a package; the number of texts."""
    messages = from_tree(package)
    built = catalogue(messages, read_fragments(package / "locale" / "fragments"))
    folder = package / "locale" / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    for name, write in (("django.po", write_po), ("django.mo", write_mo)):
        buffer = BytesIO()
        write(buffer, built)
        (folder / name).write_bytes(buffer.getvalue())
    return len(built)


def main(arguments: Sequence[str] = ()) -> int:
    """Build the catalogue, or check that it is whole."""
    parser = argparse.ArgumentParser(prog="python -m tools.checks.translations", description=__doc__)
    parser.add_argument("--build", action="store_true", help="write the catalogue")
    parser.add_argument("--check", action="store_true", help="name every text without Vietnamese (default)")
    chosen = parser.parse_args(arguments)
    if chosen.build:
        print(f"{build(PACKAGE)} texts")
        return 0
    messages, fragments = from_tree(PACKAGE), read_fragments(PACKAGE / "locale" / "fragments")
    return report(check(messages, fragments), unused(messages, fragments))


if __name__ == "__main__":
    import sys

    sys.exit(main(sys.argv[1:]))
