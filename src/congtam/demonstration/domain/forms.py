"""The electronic forms of the demonstration's procedures (tờ khai điện tử mẫu), and how far each is online."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import yaml

from congtam.demonstration.domain.offices import CATALOGUE

_OF_BLOCK: Final = frozenset({"block", "prefix", "of", "optional"})


@dataclass(frozen=True, kw_only=True)
class DemoForm:
    """A form as `fields_from_json` reads it, the papers it stands for, and the level of the online service."""

    fields: tuple[Mapping[str, Any], ...]
    papers: frozenset[int]
    level: str
    reason: str


@cache
def _form_catalogue() -> dict[str, Any]:
    with (CATALOGUE / "procedure_forms.yaml").open(encoding="utf-8") as stream:
        rows: dict[str, Any] = yaml.load(stream, yaml.BaseLoader)  # noqa: S506 - reads texts only
        return rows


def read_form(code: str) -> DemoForm:
    """The form of a procedure; those without one are online in part, for the papers are handed in."""
    catalogue = _form_catalogue()
    row = catalogue["forms"].get(code, catalogue["otherwise"])
    return DemoForm(
        fields=tuple(_expand_blocks(row.get("fields", ()))),
        papers=frozenset(int(number) for number in row.get("papers", ())),
        level=row["level"],
        reason=row.get("reason", ""),
    )


def _expand_blocks(rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for row in rows:
        if "block" not in row:
            yield _complete_field(row)
            continue
        for each in _form_catalogue()["blocks"][row["block"]]:
            yield _complete_field({**each, **_block_field_values(row, each)})


def _block_field_values(row: Mapping[str, Any], each: Mapping[str, Any]) -> dict[str, Any]:
    """What a block says of each of its fields: names begin with its prefix, labels name who is meant."""
    prefix = f"{row['prefix']}_" if "prefix" in row else ""
    values = {key: value for key, value in row.items() if key not in _OF_BLOCK}
    values["name"] = prefix + each["name"]
    values["label"] = each["label"].replace("{of}", row.get("of", ""))
    if "shown_when" in each:
        values["shown_when"] = prefix + each["shown_when"]
    if row.get("optional"):
        values["is_required"] = "false"
    return values


def _complete_field(row: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(row)
    if "is_required" in row:
        made["is_required"] = row["is_required"] != "false"
    if "options" in row:
        made["options"] = _option_rows(row["options"])
    if "shown_when" in row:
        field, _, values = row["shown_when"].partition(" = ")
        made["shown_when"] = {"field": field, "values": values.split(" | ")}
    if "columns" in row:
        made["columns"] = [_complete_field(column) for column in row["columns"]]
    return made


def _option_rows(options: Any) -> list[dict[str, str]]:
    listed = _form_catalogue()["options"][options] if isinstance(options, str) else options
    pairs = listed.items() if isinstance(listed, dict) else ((label, label) for label in listed)
    return [{"value": value, "label": label} for value, label in pairs]
