"""A migration that does not say what it locks and rewrites is refused, and so is one that says less than it does."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.checks import migration_costs

HEAD = "from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n    operations = [%s]\n"
INDEX = 'migrations.AddIndex(model_name="thing", index=models.Index(fields=["a"], name="a"))'
UPDATE = 'migrations.RunSQL("UPDATE thing SET a = 1")'
CREATE = 'migrations.CreateModel(name="Thing", fields=[])'


def faults(tmp_path: Path, docstring: str, *operations: str) -> list[str]:
    """What is said of a migration with this docstring and these operations."""
    path = tmp_path / "0001_new.py"
    path.write_text(f'"""{docstring}"""\n\n' + HEAD % ", ".join(operations), encoding="utf-8")
    return [finding.text for finding in migration_costs.find_faults(path, root=tmp_path)]


@pytest.mark.parametrize(
    "docstring", ["", "A thing.", "A thing.\n\nLocks: nothing.\n", "Rewrites: nothing.\n"]
)
def test_a_migration_without_its_costs_is_refused(tmp_path: Path, docstring: str) -> None:
    (text,) = faults(tmp_path, docstring, INDEX)
    assert text.startswith("end the docstring with")


@pytest.mark.parametrize(("operation", "text"), [(INDEX, "AddIndex locks"), (UPDATE, "an UPDATE rewrites")])
def test_one_that_says_less_than_it_does_is_refused(tmp_path: Path, operation: str, text: str) -> None:
    (fault,) = faults(tmp_path, "A thing.\n\nLocks: nothing.\nRewrites: nothing.\n", operation)
    assert fault.startswith(text)


def test_what_the_same_migration_creates_costs_nothing(tmp_path: Path) -> None:
    docstring = "A thing.\n\nLocks: nothing that is there.\nRewrites: nothing.\n"
    assert faults(tmp_path, docstring, CREATE, INDEX) == []


def test_costs_may_go_over_a_line(tmp_path: Path) -> None:
    docstring = "A thing.\n\nLocks: thing against writing\n    for an instant.\nRewrites: thing: every row.\n"
    assert faults(tmp_path, docstring, INDEX, UPDATE) == []
    costs = migration_costs.costs_of(docstring)
    assert costs is not None
    assert (costs.locks, costs.is_free) == ("thing against writing for an instant", False)


def test_the_list_of_the_document_is_that_of_the_docstrings() -> None:
    text = migration_costs.DOCUMENT.read_text(encoding="utf-8")
    assert text == migration_costs.document_with_table(text, migration_costs.table())
