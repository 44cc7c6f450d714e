"""The rule against circular imports, for import-linter: modules never import each other in a ring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

Ring = tuple[str, ...]


class AcyclicContract(Contract):
    """No module of the root package reaches itself by imports, those for type checking and in functions included.

    Packages named in `ignored` (tests, migrations) are left out wherever they lie.
    """

    type_name = "acyclic"

    ignored = fields.SetField(subfield=fields.StringField(), required=False, default=set())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001 - the parent's signature
        """Look for rings of imports."""
        ignored = frozenset(cast("Iterable[str]", self.ignored))
        packages = self.session_options["root_packages"]
        rings = [ring for package in packages for ring in find_rings(imports_below(package, graph, ignored))]
        return ContractCheck(kept=not rings, metadata={"rings": rings})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name the modules of each ring in the order of their imports."""
        for ring in check.metadata["rings"]:
            output.print_error("circular import:")
            for importer, imported in pairwise(ring):
                output.print(f"    {importer} imports {imported}")
            output.print("    move what both need into a module of its own, or pass it in")
        output.new_line()


def imports_below(package: str, graph: ImportGraph, left_out: frozenset[str]) -> dict[str, set[str]]:
    """The imports among the modules of a package."""
    modules = {
        module
        for module in graph.modules
        if module.startswith(f"{package}.") and left_out.isdisjoint(module.split("."))
    }
    return {module: graph.find_modules_directly_imported_by(module) & modules for module in modules}


def find_rings(imports: Mapping[str, set[str]]) -> Iterator[Ring]:
    """Rings that share no module, each with its first module also last; mend them and look again.

    >>> list(find_rings({"b": {"c"}, "c": {"a"}, "a": {"b"}, "d": {"a"}}))
    [('a', 'b', 'c', 'a')]
    """
    left = dict(imports)
    while ring := _find_ring(left):
        yield ring
        left = {module: imported - set(ring) for module, imported in left.items() if module not in ring}


def _find_ring(imports: Mapping[str, set[str]]) -> Ring | None:
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return tuple(_from_least(list(reversed(error.args[1][1:]))))
    return None


def _from_least(ring: list[str]) -> Iterator[str]:
    """The ring begun at the name that sorts first, so that a report does not change from run to run."""
    start = ring.index(min(ring))
    yield from ring[start:]
    yield from ring[: start + 1]
