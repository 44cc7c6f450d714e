"""What other contexts may use of the warehouse."""

from congtam.warehouse.actions.compare import compare_with_database
from congtam.warehouse.actions.sync import refresh_outdated
from congtam.warehouse.domain.facts import HASH_COLUMNS, Column, Fact, Join, VersionGone
from congtam.warehouse.domain.visibility import Relation, RowFilter
from congtam.warehouse.lake.engine import EngineFailed
from congtam.warehouse.lake.engine import cursor as connection
from congtam.warehouse.queries import (
    NO_VERSION,
    changed_relations,
    data_version,
    query,
    query_arrow,
    relation_sql,
    restrict_rows,
    visible_rows,
)
from congtam.warehouse.registry import add_listener, fact, facts
from congtam.warehouse.subscriptions import register

__all__ = [
    "HASH_COLUMNS",
    "NO_VERSION",
    "Column",
    "EngineFailed",
    "Fact",
    "Join",
    "Relation",
    "RowFilter",
    "VersionGone",
    "add_listener",
    "changed_relations",
    "compare_with_database",
    "connection",
    "data_version",
    "fact",
    "facts",
    "query",
    "query_arrow",
    "refresh_outdated",
    "register",
    "relation_sql",
    "restrict_rows",
    "visible_rows",
]
