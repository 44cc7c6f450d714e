"""Find what imports do not show: templates, pages, models and modules of a room above that are named in text.

`{% extends %}`, `{% include %}`, `{% load %}`, `{% url %}`, `reverse("room:page")`, `"app.Model"` and
`import_module("congtam.room.module")` bind a room to another as an import does, and follow the same order of rooms and
the same doors. A name that a template puts together by filters cannot be read, so it is reported.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from posixpath import normpath
from typing import Final

from tools.checks.findings import Finding
from tools.checks.rooms import PACKAGE, Contracts, Rooms, Source, read_contracts, read_sources, room_of

TAG: Final = re.compile(r"{%-?\s*(extends|include|load|url|static)\s+(.*?)-?%}")
QUOTED: Final = re.compile(r"""^(["'])(?P<text>[^"']+)\1""")
PAGE: Final = re.compile(r"^(?P<namespace>[a-z_]+):(?P<page>[a-z0-9_]+)$")
FILTERED: Final = re.compile(r"""^(?:(["'])[^"']*\1|[\w.]+)\|""")
"""The first part of a tag is a name with a filter."""
ENDING: Final = re.compile(r"""\|\s*add:\s*(["'])(?P<text>[^"']*\.(?:html|txt))\1""")
MODULE: Final = re.compile(rf"^{PACKAGE}(\.[a-z_][a-z0-9_]*)+$")
TEMPLATE: Final = re.compile(r"^[\w./-]+\.(html|txt)$")
MODEL: Final = re.compile(r"^(?P<label>[a-z_]+)\.(?P<model>[A-Z]\w+)$")
REVERSING: Final = frozenset({"reverse", "reverse_lazy", "redirect", "resolve_url"})
PUT_TOGETHER: Final = "name put together"
ROOT_ROOM: Final = "config"
_WRITE_OUT: Final = "write it out, or let the view name it"
WAYS_OUT: Final = {
    "template": "move the page up, or let the upper room fill a slot",
    "static file": "move the file down",
    "template tags": "move the tags down",
    "page": "resolve a Ref, or take the URL from the room above",
    "model": "keep the code of the row, or move the model down",
    "module": "import it, so that its place is checked",
    "template folder": "move the pages up, or let the upper room fill a slot",
}


@dataclass(frozen=True)
class Named:
    """Something another room may own, as a file names it."""

    kind: str
    name: str
    line: int


@dataclass(frozen=True)
class Owners:
    """Which rooms own each name; a name without a namespace (tags, some pages) may have several owners."""

    rooms: Mapping[tuple[str, str], set[str]]
    names: frozenset[str] = frozenset()
    """The rooms, whose names are taken for namespaces, whether they have pages or not."""

    def of(self, named: Named) -> frozenset[str]:
        """The rooms that own it; none for what belongs to a library."""
        if named.kind == "module":
            return frozenset({room_of(named.name)})
        return frozenset(self.rooms.get((named.kind, named.name), ()))

    def is_missing(self, named: Named) -> bool:
        """Whether a page is named in one of our namespaces, and no such page exists."""
        match = PAGE.match(named.name) if named.kind == "page" else None
        ours = match and (match["namespace"] in self.names or ("namespace", match["namespace"]) in self.rooms)
        return bool(ours and not self.of(named))


def in_template(source: str, folder: str) -> Iterator[Named]:
    """What the tags of a template in a folder name; variables are for the view to answer for."""
    for match in ENDING.finditer(source):
        yield Named(PUT_TOGETHER, f"…{match['text']}", source.count("\n", 0, match.start()) + 1)
    for match in TAG.finditer(source):
        tag, rest, line = match[1], match[2].strip(), source.count("\n", 0, match.start()) + 1
        if tag == "load":
            libraries = rest.split(" from ")[-1].split()
            yield from (Named("template tags", library, line) for library in libraries)
        elif FILTERED.match(rest) and not ENDING.search(match[0]):
            yield Named(PUT_TOGETHER, rest.split()[0], line)
        elif text := QUOTED.match(rest):
            kind = {"url": "page", "static": "static file"}.get(tag, "template")
            name = text["text"]
            yield Named(kind, normpath(f"{folder}/{name}") if name.startswith(".") else name, line)


def in_module(nodes: Iterable[ast.AST]) -> Iterator[Named]:
    """Texts of a module that may name a template, a page or a model; the owners tell which do."""
    for node in nodes:
        if isinstance(node, ast.Call) and _called(node) in REVERSING and node.args:
            yield from _page_argument(node.args[0])
        elif isinstance(node, ast.Call) and _called(node) == "get_model":
            yield from _model_arguments(node)
        elif isinstance(node, ast.JoinedStr):
            yield from _template_folder(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _in_string(node.value, node.lineno)


def _in_string(text: str, line: int) -> Iterator[Named]:
    if TEMPLATE.match(text):
        yield Named("template", text, line)
    elif PAGE.match(text):
        yield Named("page", text, line)
    elif MODEL.match(text):
        yield Named("model", text, line)
    elif MODULE.match(text):
        yield Named("module", text, line)


def _model_arguments(call: ast.Call) -> Iterator[Named]:
    """A model as Django finds it: by one text or two, in any case of letters."""
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    texts = [value.value for value in values if isinstance(value, ast.Constant)]
    name = ".".join(text for text in texts if isinstance(text, str))
    # A text with a capital is read as any other text is.
    if name and not any(MODEL.match(str(text)) for text in texts):
        yield Named("model", name.lower(), call.lineno)


def _template_folder(text: ast.JoinedStr) -> Iterator[Named]:
    """The folder of a template whose name is put together from it: f"portal/mails/{name}.txt"."""
    first, last = text.values[0], text.values[-1]
    if not isinstance(first, ast.Constant) or not isinstance(last, ast.Constant):
        return
    folder, slash, _ = str(first.value).rpartition("/")
    if slash and str(last.value).endswith((".html", ".txt")):
        yield Named("template folder", folder, text.lineno)


def _page_argument(argument: ast.expr) -> Iterator[Named]:
    """A page without a namespace is known by the call only; one in a namespace is read as a string."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and ":" not in argument.value:
        yield Named("page", argument.value, argument.lineno)
    elif isinstance(argument, ast.JoinedStr) and isinstance(argument.values[0], ast.Constant):
        namespace, colon, _ = str(argument.values[0].value).partition(":")
        if colon:
            yield Named("namespace", namespace, argument.lineno)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def own(sources: Iterable[Source]) -> Owners:
    """Read from the files which room owns which name."""
    rooms: dict[tuple[str, str], set[str]] = defaultdict(set)
    by_room: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        by_room[source.room].append(source)
    for room, members in by_room.items():
        for key in chain(_files_owned(members), _pages_owned(members), _models_owned(room, members)):
            rooms[key].add(room)
    # The routes of the API have names of their own, which no `path` declares.
    return Owners(rooms, frozenset(by_room) - {"api"})


def _files_owned(sources: Iterable[Source]) -> Iterator[tuple[str, str]]:
    for source in sources:
        parts = source.below_room.parts
        for folder, kind in (("templates", "template"), ("static", "static file")):
            if folder in parts:
                inside = parts[parts.index(folder) + 1 :]
                yield kind, "/".join(inside)
                yield from ((f"{kind} folder", "/".join(inside[:depth])) for depth in range(1, len(inside)))
        if source.is_module and parts[-2:-1] == ("templatetags",):
            yield "template tags", source.below_room.stem


def _pages_owned(sources: Iterable[Source]) -> Iterator[tuple[str, str]]:
    """Pages under the room's namespaces, or by their bare names in a room that has none."""
    nodes = [node for source in sources for node in source.nodes]
    namespaces = set(_texts_assigned(nodes, "app_name"))
    yield from (("namespace", namespace) for namespace in namespaces)
    for page in _pages(nodes):
        yield from (("page", f"{namespace}:{page}") for namespace in namespaces)
        if not namespaces:
            yield "page", page


def _models_owned(room: str, sources: Sequence[Source]) -> Iterator[tuple[str, str]]:
    """Every class under the room's app label: which of them are models does not matter here."""
    apps = [source for source in sources if source.below_room.name == "apps.py"]
    labels = {label for source in apps for label in _texts_assigned(source.nodes, "label")} or {room}
    for node in chain.from_iterable(source.nodes for source in sources):
        if isinstance(node, ast.ClassDef):
            for name in (node.name, node.name.lower()):
                yield from (("model", f"{label}.{name}") for label in labels)


def _texts_assigned(nodes: Iterable[ast.AST], name: str) -> Iterator[str]:
    """The texts assigned to a name in a module or in one of its classes."""
    for node in nodes:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Constant)
            and any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
        ):
            yield str(node.value.value)


def _pages(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """The names of the pages that are declared."""
    for node in nodes:
        if isinstance(node, ast.Call) and _called(node) in {"path", "re_path"}:
            for keyword in node.keywords:
                if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
                    yield str(keyword.value.value)


def complaints(source: Source, owners: Owners, rooms: Rooms) -> Iterator[Finding]:
    """What a file names that does not exist, or is not below its room."""
    for named in names_in(source):
        if named.kind == PUT_TOGETHER:
            yield Finding(
                source.path, named.line, f"names {named.name}, put together by a filter: {_WRITE_OUT}"
            )
        if owners.is_missing(named):
            yield Finding(source.path, named.line, f"names the page {named.name}, which does not exist")
        known = {owner for owner in owners.of(named) if owner in rooms}
        if known and not any(rooms.may_name(source.room, owner) for owner in known):
            kind = "page" if named.kind == "namespace" else named.kind
            yield Finding(
                source.path,
                named.line,
                f"names the {kind} {named.name} of {' or '.join(sorted(known))}, which is not below {source.room}:"
                f" {WAYS_OUT[kind]}",
            )


def check(root: Path) -> Iterator[Finding]:
    """Every template and module of the rooms."""
    contracts, sources = read_contracts(root), read_sources(root)
    owners, rooms = own(sources), contracts.rooms
    for source in sources:
        if source.room in rooms:
            yield from complaints(source, owners, rooms)
            yield from _round_the_door(source, contracts)


def _round_the_door(source: Source, contracts: Contracts) -> Iterator[Finding]:
    """Modules of other rooms that are named in text and are no doors; the composition root may name any."""
    for named in names_in(source) if source.room != ROOT_ROOM else ():
        if (
            named.kind == "module"
            and room_of(named.name) != source.room
            and not contracts.is_open(named.name)
        ):
            yield Finding(
                source.path, named.line, f"names the module {named.name}, which is no door of its room"
            )


def names_in(source: Source) -> Iterable[Named]:
    """What a file names, whatever kind of file it is."""
    if source.is_module:
        return in_module(source.nodes)
    parts = source.below_room.parent.parts
    if "templates" not in parts:
        return ()
    return in_template(source.text, "/".join(parts[parts.index("templates") + 1 :]))
