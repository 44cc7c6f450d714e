"""The door rule for import-linter: one context is entered from another only through its declared modules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

Link = tuple[str, str]


class DoorContract(Contract):
    """A context (a package below the root) shows others its doors and nothing else.

    A door is a module of the context (`public`), or a further door of one of its sub-rooms, named in full. Where a door
    is a package, the modules in it are no doors; a root door opens what is in it too. A test may
    enter its own context anywhere; others by their doors, like everyone, or by the test doors, which only tests may
    use. The composition root may also use the root doors, such as a context's URLs and console commands. Packages that
    are no context are free.
    """

    type_name = "doors"

    contexts = fields.SetField(subfield=fields.StringField())
    doors = fields.SetField(subfield=fields.StringField())
    further_doors = fields.SetField(subfield=fields.StringField(), required=False, default=set())
    test_doors = fields.StringField(required=False, default="")
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
            output.print_error(f"{importer} (line {lines}) imports {imported}")
            output.print(f"    {self._way_in(imported)}")
        output.new_line()

    def _way_in(self, imported: str) -> str:
        if _below(imported, str(self.test_doors)):
            return "this is for tests only"
        root, context, *_ = imported.split(".")
        further = {door for door in _names(self.further_doors) if door.startswith(f"{context}.")}
        doors = {f"{context}.{door}" for door in _names(self.doors)} | further
        return f"enter by {' or '.join(f'{root}.{door}' for door in sorted(doors))}"

    def _crossings(self, graph: ImportGraph) -> Iterator[Link]:
        """Imports into a context, or by the test doors, from outside."""
        contexts = _names(self.contexts)
        for imported in graph.modules:
            if _context(imported) in contexts or _below(imported, str(self.test_doors)):
                for importer in graph.find_modules_that_directly_import(imported):
                    if _context(importer) != _context(imported):
                        yield importer, imported

    def _may_enter(self, importer: str, imported: str) -> bool:
        if _below(imported, str(self.test_doors)):
            return "tests" in importer.split(".")
        if _below(importer, str(self.test_doors)) or any(
            _below(imported, module) for module in _names(self.open_modules)
        ):
            return True
        _root, context, *inside = imported.split(".")
        doors, root_doors = _names(self.doors), _names(self.root_doors)
        if ".".join(inside) in doors or ".".join([context, *inside]) in _names(self.further_doors):
            return True
        is_root = _below(importer, str(self.composition_root))
        return is_root and bool(inside) and inside[0] in root_doors - doors


def _names(option: object) -> set[str]:
    """An option's value: import-linter puts it where the field was declared."""
    return set(cast("Iterable[str]", option))


def _context(module: str) -> str | None:
    """The package of the root a module lies in."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else None


def _below(module: str, package: str) -> bool:
    return bool(package) and (module == package or module.startswith(f"{package}."))
