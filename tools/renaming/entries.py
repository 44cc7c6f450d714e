"""The map: one renaming a line.

```
module congtam.foundation.told -> congtam.foundation.serialization
name   congtam.foundation.audit.Told -> AuditFields          a class, function or constant of a module
member congtam.foundation.audit.Told.asked -> requested      a field, attribute or method of a class
param  congtam.foundation.audit.record(told) -> fields       also of a method: congtam.m.Class.method(told)
local  congtam.foundation.audit.record:found -> row
```

Every line is written in names of before. Blank lines and what follows `#` are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

KINDS: Final = ("module", "name", "member", "param", "local")


@dataclass(frozen=True, order=True)
class Entry:
    """One renaming. ``owner`` is what the name belongs to: a module, a class or a function, by its dotted name."""

    kind: str
    owner: str
    old: str
    new: str

    def __str__(self) -> str:
        if self.kind == "module":
            return f"module {self.old} -> {self.new}"
        form = {"param": f"{self.owner}({self.old})", "local": f"{self.owner}:{self.old}"}
        return f"{self.kind} {form.get(self.kind, f'{self.owner}.{self.old}')} -> {self.new}"


def parse(text: str) -> list[Entry]:
    """The entries of a map; ValueError with every line that is none."""
    entries, faults = [], []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.partition("#")[0].strip()
        if not line:
            continue
        entry = _entry(line)
        if entry is None:
            faults.append(f"line {number}: {raw}")
        else:
            entries.append(entry)
    if faults:
        raise ValueError("\n".join(faults))
    return entries


def _entry(line: str) -> Entry | None:
    kind, _, rest = line.partition(" ")
    left, arrow, new = (part.strip() for part in rest.partition("->"))
    if kind not in KINDS or not arrow or not new:
        return None
    if kind == "module":
        return Entry(kind, "", left, new)
    mark = {"param": "(", "local": ":"}.get(kind, ".")
    owner, found, old = left.rpartition(mark)
    old = old.removesuffix(")")
    return Entry(kind, owner, old, new) if found and old.isidentifier() and new.isidentifier() else None


def read_maps(paths: Iterable[Path]) -> list[Entry]:
    """The entries of several files, each once; ValueError where one thing gets two names."""
    entries = {entry for path in paths for entry in parse(path.read_text(encoding="utf-8"))}
    seen: dict[tuple[str, str, str], str] = {}
    for entry in sorted(entries):
        other = seen.setdefault((entry.kind, entry.owner, entry.old), entry.new)
        if other != entry.new:
            raise ValueError(f"{entry} and -> {other}")
    return sorted(entries)


def invert(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that lead back, in names of after."""
    entries = list(entries)
    renamed = {
        (entry.old if entry.kind == "module" else f"{entry.owner}.{entry.old}"): entry
        for entry in entries
        if entry.kind != "param"
    }
    # A method that overrides one of another class is renamed with it, and is no entry of its own.
    inherited = {f".{entry.old}": entry for entry in entries if entry.kind == "member"}
    return sorted(_inverse(entry, inherited | renamed) for entry in entries)


def _inverse(entry: Entry, renamed: dict[str, Entry]) -> Entry:
    if entry.kind == "module":
        return replace(entry, old=entry.new, new=entry.old)
    return Entry(entry.kind, _translated(entry.owner, renamed), entry.new, entry.old)


def _translated(dotted: str, renamed: dict[str, Entry]) -> str:
    """A dotted name of before in names of after."""
    before, after = "", ""
    for part in dotted.split("."):
        before = f"{before}.{part}" if before else part
        entry = renamed.get(before)
        if entry is None and after.rpartition(".")[2][:1].isupper():
            entry = renamed.get(f".{part}")
        if entry is None:
            after = f"{after}.{part}" if after else part
        else:
            after = entry.new if entry.kind == "module" else f"{after}.{entry.new}"
    return after
