"""Another name for a constraint (đổi tên ràng buộc) in a migration; Django has no operation for it."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class RenameConstraint(Operation):
    """Rename a constraint of a model: locks the table for an instant, rewrites and checks no row."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str, old_name: str, new_name: str) -> None:
        self.model_name, self.old_name, self.new_name = model_name, old_name, new_name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Put the constraint under its new name in the place of the old one."""
        model = self.model_name.lower()
        constraint = state.models[app_label, model].get_constraint_by_name(self.old_name).clone()
        constraint.name = self.new_name
        state.remove_constraint(app_label, model, self.old_name)
        state.add_constraint(app_label, model, constraint)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        _from_state: Any,
        to_state: ProjectState,
    ) -> None:
        """Rename it."""
        schema_editor.execute(
            self._rename_sql(self._table_name(app_label, to_state), self.old_name, self.new_name)
        )

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        _from_state: Any,
        to_state: ProjectState,
    ) -> None:
        """Rename it back."""
        schema_editor.execute(
            self._rename_sql(self._table_name(app_label, to_state), self.new_name, self.old_name)
        )

    def describe(self) -> str:
        """What the migration's output says."""
        return f"Rename constraint {self.old_name} to {self.new_name}"

    def _table_name(self, app_label: str, state: ProjectState) -> str:
        model = self.model_name.lower()
        return str(state.models[app_label, model].options.get("db_table") or f"{app_label}_{model}")

    @staticmethod
    def _rename_sql(table: str, old: str, new: str) -> str:
        return f'ALTER TABLE "{table}" RENAME CONSTRAINT "{old}" TO "{new}"'
