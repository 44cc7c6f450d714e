"""References resolve through the room that owns the kind, for one reader; the rest resolves to nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import pytest

from congtam.foundation.public import Actor, Grant, Role
from congtam.foundation.references import (
    Ref,
    ReferenceInvalid,
    ReferenceKind,
    Resolved,
    register,
    resolve,
    resolve_many,
)
from congtam.testing.registries import registered

OWNER = Actor(username="owner", name="Owner", grants=(Grant(role=Role.CLERK, unit_code="024"),))
OUTSIDER = Actor(username="outsider", name="Outsider")
NAMES = {"a": "Alpha", "b": "Beta"}


@pytest.fixture
def asked() -> Iterator[list[set[str]]]:
    """The kind `thing`, visible to who has a role; each call of its query is noted."""
    calls: list[set[str]] = []

    def visible(actor: Actor, codes: Collection[str]) -> Mapping[str, tuple[str, str]]:
        calls.append(set(codes))
        return {code: (code, name) for code, name in NAMES.items() if code in codes} if actor.grants else {}

    thing = ReferenceKind(
        kind="thing", visible=visible, label=lambda row: row[1], url=lambda row: f"/things/{row[0]}/"
    )
    with registered(thing):
        yield calls


@pytest.mark.parametrize("text", ["dossier:H22-1", "figure:a:b:c", "unit:Phường Trần Phú"])
def test_a_reference_is_read_as_it_was_written(text: str) -> None:
    assert str(Ref.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "dossier",
        "dossier:",
        ":H22",
        "Dossier:H22",
        "do ssier:1",
        "dossier: H22",
        "dossier:a\x00b",
        f"unit:{'x' * 121}",
    ],
)
def test_what_is_no_reference_is_refused(text: str) -> None:
    with pytest.raises(ReferenceInvalid, match="is not a reference"):
        Ref.parse(text)


def test_a_reader_gets_label_and_address(asked: list[set[str]]) -> None:
    assert resolve(Ref("thing", "a"), to=OWNER) == Resolved(label="Alpha", url="/things/a/")


@pytest.mark.parametrize(
    ("ref", "reader"),
    [
        pytest.param(Ref("thing", "a"), OUTSIDER, id="not visible"),
        pytest.param(Ref("thing", "z"), OWNER, id="does not exist"),
        pytest.param(Ref("nothing", "a"), OWNER, id="no room answers for the kind"),
    ],
)
def test_the_rest_resolves_to_nothing(asked: list[set[str]], ref: Ref, reader: Actor) -> None:
    assert resolve(ref, to=reader) is None


def test_many_are_resolved_with_one_query_for_a_kind(asked: list[set[str]]) -> None:
    resolved = resolve_many(
        [Ref("thing", "a"), Ref("thing", "b"), Ref("thing", "a"), Ref("other", "a")], to=OWNER
    )
    assert {str(ref): one.label for ref, one in resolved.items()} == {"thing:a": "Alpha", "thing:b": "Beta"}
    assert asked == [{"a", "b"}]


def test_a_kind_belongs_to_one_room(asked: list[set[str]]) -> None:
    with pytest.raises(ValueError, match="thing"):
        register(ReferenceKind(kind="thing", visible=lambda _actor, _codes: {}, label=str, url=str))
