"""One search asks every source, in order, with a limit; what it gets is readable."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from congtam.foundation.public import Actor
from congtam.foundation.references import Ref
from congtam.foundation.search import LONGEST, Hit, SearchSource, register_source, search
from congtam.kernel.errors import InputRefused
from congtam.testing.registries import only_sources

ACTOR = Actor(username="somebody", name="Somebody")


def hits(kind: str, count: int) -> list[Hit]:
    return [
        Hit(ref=Ref(kind, str(number)), label=f"{kind} {number}", url=f"/{number}/")
        for number in range(count)
    ]


@pytest.fixture
def texts() -> Iterator[list[str]]:
    """A source with many hits and one with a single hit, registered in the other order; the texts they were asked."""
    asked: list[str] = []

    def find_many(_actor: Actor, text: str, limit: int) -> list[Hit]:
        asked.append(text)
        return hits("many", 9)[:limit]

    few = SearchSource(kind="few", name="Few", icon="x", find=lambda *_: hits("few", 1), order=1)
    none = SearchSource(kind="none", name="None", icon="x", find=lambda *_: [], order=2)
    with only_sources(SearchSource(kind="many", name="Many", icon="x", find=find_many, order=3), none, few):
        yield asked


def test_hits_come_by_source_in_order_and_limited(texts: list[str]) -> None:
    groups = search("alpha", to=ACTOR, limit=3)
    assert [(group.source.kind, len(group.hits), group.has_more) for group in groups] == [
        ("few", 1, False),
        ("many", 3, True),
    ]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        pytest.param("  Hà\u00a0  Giang\n", ["Hà Giang"], id="blanks"),
        pytest.param("Ha\u0300 Giang", ["Hà Giang"], id="decomposed"),
        pytest.param("Hà\x00 Gi\u200bang", ["Hà Giang"], id="invisible signs"),
        pytest.param("H", [], id="one sign asks nobody"),
        pytest.param(" \x00 ", [], id="nothing asks nobody"),
        pytest.param("x" * LONGEST, ["x" * LONGEST], id="as long as may be"),
    ],
)
def test_sources_get_readable_text(texts: list[str], text: str, asked: list[str]) -> None:
    search(text, to=ACTOR)
    assert texts == asked


def test_a_text_that_is_too_long_is_refused(texts: list[str]) -> None:
    with pytest.raises(InputRefused, match="limited to 100 characters"):
        search("x" * (LONGEST + 1), to=ACTOR)
    assert texts == []


def test_a_source_belongs_to_one_room(texts: list[str]) -> None:
    with pytest.raises(ValueError, match="many"):
        register_source(SearchSource(kind="many", name="Other", icon="x", find=lambda *_: []))
