"""The door rule for import-linter: one context is entered from another only through its declared modules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

Link = tuple[str, str]


class DoorContract(Contract):
    """A context (a package below the root) shows others its doors and nothing else.

    A test may enter its own context anywhere; others only by their doors, like everyone. The composition root may also
    use the root doors, such as a context's URLs and console commands. Packages that are no context are free.
    """

    type_name = "doors"

    contexts = fields.SetField(subfield=fields.StringField())
    doors = fields.SetField(subfield=fields.StringField())
    open_modules = fields.SetField(subfield=fields.StringField(), required=False, default=set())
    composition_root = fields.StringField()
    root_doors = fields.SetField(subfield=fields.StringField(), required=False, default=set())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001 - the parent's signature
        """Compare every import that crosses from one context into another with the doors."""
        broken = sorted(link for link in self._crossings(graph) if not self._may_enter(*link))
        lines = {
            link: [
                detail["line_number"]
                for detail in graph.get_import_details(importer=link[0], imported=link[1])
            ]
            for link in broken
        }
        return ContractCheck(kept=not broken, metadata={"links": broken, "lines": lines})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import and the door it should have used."""
        for importer, imported in check.metadata["links"]:
            lines = ", ".join(str(number) for number in check.metadata["lines"][importer, imported])
            context = imported.split(".")[1]
            output.print_error(f"{importer} (line {lines}) imports {imported}")
            output.print(
                f"    enter by {' or '.join(f'congtam.{context}.{door}' for door in sorted(_names(self.doors)))}"
            )
        output.new_line()

    def _crossings(self, graph: ImportGraph) -> Iterator[Link]:
        """Imports into a context from outside it."""
        contexts = _names(self.contexts)
        for imported in graph.modules:
            context = _context(imported)
            if context in contexts:
                for importer in graph.find_modules_that_directly_import(imported):
                    if _context(importer) != context:
                        yield importer, imported

    def _may_enter(self, importer: str, imported: str) -> bool:
        if any(
            imported == module or imported.startswith(f"{module}.") for module in _names(self.open_modules)
        ):
            return True
        room = imported.split(".")[2:3]
        doors = _names(self.doors)
        if _below(importer, str(self.composition_root)):
            doors |= _names(self.root_doors)
        return bool(room) and room[0] in doors


def _names(option: object) -> set[str]:
    """An option's value: import-linter puts it where the field was declared."""
    return set(cast("Iterable[str]", option))


def _context(module: str) -> str | None:
    """The package of the root a module lies in."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else None


def _below(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")
