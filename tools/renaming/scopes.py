"""Which thing each name in a file stands for: a name of a module, of a class, or of a function."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(eq=False)
class Scope:
    """A module, class or function with its own names; comprehensions and lambdas belong to the function around."""

    qualname: str
    kind: str
    names: set[str] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)
    imports: dict[str, str] = field(default_factory=dict)
    """What a function imports itself, under the same name: the dotted name of it."""
    outer: Scope | None = None

    def find(self, name: str, *, direct: bool = True) -> Scope | None:
        """The scope a name belongs to, as Python looks it up: classes are seen only from within themselves."""
        if name in self.names and (self.kind != "class" or direct):
            return self
        return self.outer.find(name, direct=False) if self.outer else None


@dataclass(frozen=True)
class Use:
    """A place where a name stands, and the scope it belongs to; None for builtins."""

    node: ast.AST
    name: str
    scope: Scope | None
    within: Scope
    line: int
    column: int
    """In bytes."""


def uses(tree: ast.Module, module: str) -> Iterator[Use]:
    """Every name of a file."""
    yield from _Walk(tree, Scope(module, "module")).uses()


class _Walk:
    def __init__(self, tree: ast.Module, scope: Scope) -> None:
        self.tree, self.scope = tree, scope

    def uses(self) -> Iterator[Use]:
        self.scope.names |= set(_local_names(self.tree.body))
        yield from self._visit_all(self.tree.body, self.scope)

    def _visit_all(self, nodes: list[ast.stmt], scope: Scope) -> Iterator[Use]:
        for node in nodes:
            yield from self._visit(node, scope)

    def _visit(self, node: ast.AST, scope: Scope) -> Iterator[Use]:
        if isinstance(node, Function):
            yield from self._function(node, scope)
        elif isinstance(node, ast.ClassDef):
            yield from self._class(node, scope)
        else:
            for name, column in _names_of(node):
                yield Use(node, name, scope.find(name), scope, getattr(node, "lineno", 0), column)
            if not isinstance(node, ast.Name):
                yield from self._children(node, scope)

    def _children(self, node: ast.AST, scope: Scope) -> Iterator[Use]:
        for child in ast.iter_child_nodes(node):
            yield from self._visit(child, scope)

    def _function(self, node: Function, scope: Scope) -> Iterator[Use]:
        yield Use(node, node.name, scope.find(node.name), scope, node.lineno, -1)
        inner = Scope(f"{scope.qualname}.{node.name}", "function", outer=scope)
        inner.parameters = {each.arg for each in _parameters(node.args)}
        inner.imports = {
            alias.name: f"{each.module}.{alias.name}"
            for each in ast.walk(node)
            if isinstance(each, ast.ImportFrom)
            for alias in each.names
            if not alias.asname
        }
        declared = {
            name
            for each in ast.walk(node)
            if isinstance(each, ast.Global | ast.Nonlocal)
            for name in each.names
        }
        inner.names = (inner.parameters | set(_local_names(node.body))) - declared
        for outside in (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)):
            yield from self._visit(outside, scope)
        for parameter in _parameters(node.args):
            yield Use(parameter, parameter.arg, inner, inner, parameter.lineno, parameter.col_offset)
            if parameter.annotation:
                yield from self._visit(parameter.annotation, scope)
        if node.returns:
            yield from self._visit(node.returns, scope)
        yield from self._visit_all(node.body, inner)

    def _class(self, node: ast.ClassDef, scope: Scope) -> Iterator[Use]:
        yield Use(node, node.name, scope.find(node.name), scope, node.lineno, -1)
        for outside in (*node.decorator_list, *node.bases, *(each.value for each in node.keywords)):
            yield from self._visit(outside, scope)
        inner = Scope(f"{scope.qualname}.{node.name}", "class", outer=scope)
        inner.names = set(_local_names(node.body))
        yield from self._visit_all(node.body, inner)


def _names_of(node: ast.AST) -> Iterator[tuple[str, int]]:
    """The names a node itself writes, with their columns; -1 where the tree does not tell."""
    if isinstance(node, ast.Name):
        yield node.id, node.col_offset
    elif isinstance(node, ast.arg):
        yield node.arg, node.col_offset
    elif isinstance(node, ast.Global | ast.Nonlocal):
        yield from ((name, -1) for name in node.names)
    elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
        yield node.name, -1


def _parameters(arguments: ast.arguments) -> list[ast.arg]:
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return every + [each for each in (arguments.vararg, arguments.kwarg) if each]


def _local_names(body: list[ast.stmt]) -> Iterator[str]:
    """What a body binds, in nested blocks, comprehensions and lambdas too, but not in nested functions."""
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Function | ast.ClassDef):
            yield node.name
            waiting += [*node.decorator_list]
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name
        elif isinstance(node, ast.ImportFrom | ast.Import):
            for alias in node.names:
                yield alias.asname or alias.name.partition(".")[0]
        waiting += ast.iter_child_nodes(node)
