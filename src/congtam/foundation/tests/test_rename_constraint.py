"""A constraint gets another name in a migration, and its old one when the migration is taken back."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from congtam.foundation.rename_constraint import RenameConstraint

pytestmark = pytest.mark.django_db
OLD, NEW = "api_token_named", "api_token_name_not_blank"


def constraint_names() -> set[str]:
    """What the table of tokens is held to."""
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, "foundation_apitoken"))


def test_only_the_name_changes_and_changes_back() -> None:
    before = MigrationLoader(connection).project_state()
    after = before.clone()
    rename = RenameConstraint("ApiToken", OLD, NEW)
    rename.state_forwards("foundation", after)
    model = after.models["foundation", "apitoken"]
    condition = before.models["foundation", "apitoken"].get_constraint_by_name(OLD).condition
    assert model.get_constraint_by_name(NEW).condition == condition
    assert OLD not in {one.name for one in model.options["constraints"]}
    names = constraint_names()
    with connection.schema_editor(atomic=False) as editor:
        rename.database_forwards("foundation", editor, before, after)
        assert constraint_names() == names - {OLD} | {NEW}
        rename.database_backwards("foundation", editor, after, before)
    assert constraint_names() == names
