"""What the type checker knows: to which class an attribute belongs, and what a call calls."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

from mypy import build
from mypy.fscache import FileSystemCache
from mypy.main import process_options
from mypy.nodes import (
    CallExpr,
    Expression,
    FuncDef,
    MemberExpr,
    MypyFile,
    Node,
    OverloadedFuncDef,
    RefExpr,
    SuperExpr,
    TypeInfo,
)
from mypy.nodes import Decorator as DecoratorNode
from mypy.types import (
    CallableType,
    Instance,
    LiteralType,
    Overloaded,
    TupleType,
    Type,
    TypedDictType,
    TypeType,
    TypeVarType,
    UnionType,
    get_proper_type,
)

Span = tuple[str, int, int, int, int]
REFERENCES: Final = frozenset({"node", "info", "type", "definition", "original_def", "original_first_item"})
PACKAGES: Final = ("congtam", "tests", "bench", "tools")


@dataclass
class Knowledge:
    """Attributes by where they stand, with the classes that define them; calls, with what they call."""

    attributes: dict[Span, set[str]] = field(default_factory=dict)
    calls: dict[Span, set[str]] = field(default_factory=dict)
    """The dotted names of functions, and of classes with their bases for a constructor."""
    bases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The classes of the package with all their bases, themselves first."""
    members: dict[str, frozenset[str]] = field(default_factory=dict)
    """The names each class defines itself."""
    unknown: set[tuple[str, int, str]] = field(default_factory=set)
    """Attributes of things without a type: file, line, name."""


def study(root: Path) -> Knowledge:
    """Type-check the packages and keep what is needed of it; takes a minute or two."""
    cache = FileSystemCache()
    arguments = [part for package in PACKAGES for part in ("-p", package)]
    sources, options = process_options([*arguments, "--no-incremental"], fscache=cache)
    options.export_types = options.preserve_asts = True
    options.incremental = False
    options.cache_dir = "/dev/null"
    result = build.build(sources, options, fscache=cache)
    knowledge = Knowledge()
    for name, tree in result.files.items():
        if name.partition(".")[0] in PACKAGES:
            _keep_classes(tree, knowledge)
    for name, tree in result.files.items():
        if name.partition(".")[0] in PACKAGES:
            path = str(Path(tree.path).resolve().relative_to(root.resolve()))
            _Collector(path, result.types, knowledge).collect(tree)
    return knowledge


def _keep_classes(tree: MypyFile, knowledge: Knowledge) -> None:
    waiting = [node.node for node in tree.names.values() if isinstance(node.node, TypeInfo)]
    while waiting:
        info = waiting.pop()
        if info.fullname in knowledge.bases or info.fullname.partition(".")[0] not in PACKAGES:
            continue
        knowledge.bases[info.fullname] = tuple(base.fullname for base in info.mro)
        knowledge.members[info.fullname] = frozenset(info.names)
        waiting += [node.node for node in info.names.values() if isinstance(node.node, TypeInfo)]


class _Collector:
    def __init__(self, path: str, types: dict[Expression, Type], knowledge: Knowledge) -> None:
        self.path, self.types, self.knowledge = path, types, knowledge

    def collect(self, tree: MypyFile) -> None:
        for node in _nodes(tree):
            if isinstance(node, MemberExpr):
                self._attribute(node)
            elif isinstance(node, SuperExpr) and node.info is not None:
                bases = (base for base in node.info.mro[1:] if node.name in base.names)
                self.knowledge.attributes[self._span(node)] = {base.fullname for base in bases}
            elif isinstance(node, CallExpr) and any(node.arg_names) and (targets := set(self._targets(node))):
                self.knowledge.calls[self._span(node)] = targets

    def _attribute(self, o: MemberExpr) -> None:
        classes = set(_classes(self.types.get(o.expr)))
        if isinstance(o.expr, RefExpr) and isinstance(o.expr.node, TypeInfo):
            classes.add(o.expr.node)
        owners = {owner for info in classes if (owner := _owner(info, o.name))}
        if owners:
            self.knowledge.attributes[self._span(o)] = owners
        elif o.expr not in self.types and not isinstance(o.node, FuncDef):
            self.knowledge.unknown.add((self.path, o.line, o.name))

    def _targets(self, call: CallExpr) -> Iterator[str]:
        callee = call.callee
        name = callee.fullname if isinstance(callee, RefExpr) else ""
        if name in {"dataclasses.replace", "copy.replace"} and call.args:
            for info in _classes(self.types.get(call.args[0])):
                yield from (base.fullname for base in info.mro)
            return
        if name == "functools.partial" and call.args:
            callee = call.args[0]
        yield from self._called(callee)

    def _called(self, callee: Expression) -> Iterator[str]:
        if isinstance(callee, RefExpr):
            yield from _named(callee)
        if isinstance(callee, MemberExpr):
            owners = {_owner(info, callee.name) for info in _classes(self.types.get(callee.expr))}
            yield from (f"{owner}.{callee.name}" for owner in owners if owner)
        kind = get_proper_type(self.types.get(callee))
        for each in kind.items if isinstance(kind, Overloaded) else [kind]:
            if isinstance(each, CallableType):
                yield from _typed(each)

    def _span(self, node: Any) -> Span:
        return self.path, node.line, node.column, node.end_line, node.end_column


def _nodes(tree: MypyFile) -> Iterator[Node]:
    """Every node of a file; the compiled visitors of mypy cannot be inherited from."""
    waiting: list[Any] = [tree.defs]
    seen: set[int] = set()
    while waiting:
        each = waiting.pop()
        if isinstance(each, list | tuple):
            waiting += each
        elif isinstance(each, Node) and not isinstance(each, TypeInfo | MypyFile) and id(each) not in seen:
            seen.add(id(each))
            yield each
            waiting += [getattr(each, name, None) for name in _fields(cast("Hashable", type(each)))]


@cache
def _fields(kind: Hashable) -> tuple[str, ...]:
    """The attributes of a node that hold its parts, not what it refers to."""
    names = {name for base in getattr(kind, "__mro__", ()) for name in getattr(base, "__mypyc_attrs__", ())}
    return tuple(sorted(names - REFERENCES))


def _owner(info: TypeInfo, name: str) -> str:
    found = next((base for base in info.mro if name in base.names), None)
    return found.fullname if found else ""


def _named(callee: RefExpr) -> Iterator[str]:
    if isinstance(callee.node, TypeInfo):
        yield from (base.fullname for base in callee.node.mro)
    elif isinstance(callee.node, FuncDef | OverloadedFuncDef | DecoratorNode):
        yield callee.node.fullname


def _typed(kind: CallableType) -> Iterator[str]:
    if kind.is_type_obj():
        yield from (base.fullname for base in kind.type_object().mro)
    elif isinstance(kind.definition, FuncDef | DecoratorNode):
        yield kind.definition.fullname


def _classes(kind: Type | None) -> Iterator[TypeInfo]:
    """The classes a type may be an instance of, or for a class itself that class."""
    proper = get_proper_type(kind)
    if isinstance(proper, UnionType):
        for each in proper.items:
            yield from _classes(each)
    elif isinstance(proper, Instance):
        yield proper.type
        if proper.type.fullname == "builtins.type" and proper.args:
            yield from _classes(proper.args[0])
    elif isinstance(proper, TypeType | TypeVarType):
        yield from _classes(proper.item if isinstance(proper, TypeType) else proper.upper_bound)
    else:
        yield from _fallback(proper)


def _fallback(proper: Type | None) -> Iterator[TypeInfo]:
    if isinstance(proper, TupleType):
        yield proper.partial_fallback.type
    elif isinstance(proper, TypedDictType | LiteralType):
        yield proper.fallback.type
    elif isinstance(proper, CallableType | Overloaded) and proper.is_type_obj():
        yield proper.type_object()
