"""The worked example of docs/algorithms/receipts.md, recomputed from the page with nothing but hashes and sums."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from congtam.indicators.definitions.shipped import definition
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.receipts import Parts, RowDigest
from congtam.indicators.public import Figure
from congtam.kernel.periods import Period

PAGE = (Path(__file__).parents[4] / "docs" / "algorithms" / "receipts.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (HS-\d+)\\\|(\w+) \| ([0-9a-f]{32}) \| (yes|no) \|$", PAGE, re.MULTILINE)
DIGESTS = dict(re.findall(r"^\| (denominator|numerator) \(.*\) \| ([0-9a-f]{32}) \|$", PAGE, re.MULTILINE))
RECEIPT = re.findall(r"```text\n(.*?)\n```", PAGE, re.DOTALL)[0]
SEAL = re.findall(r"SHA-256: `([0-9a-f]{64})`", PAGE)[0]


def by_hand(identities: list[str]) -> str:
    left = right = 0
    for identity in identities:
        text = hashlib.md5(identity.encode(), usedforsecurity=False).hexdigest()
        left, right = (left + int(text[:16], 16)) % 2**64, (right + int(text[16:], 16)) % 2**64
    return f"{left:016x}{right:016x}"


def test_the_rows_of_the_page() -> None:
    assert len(ROWS) == 3
    for key, content, text, _ in ROWS:
        assert hashlib.md5(f"{key}|{content}".encode(), usedforsecurity=False).hexdigest() == text


def test_the_digests_of_the_page() -> None:
    everything = [f"{key}|{content}" for key, content, _, _ in ROWS]
    chosen = [f"{key}|{content}" for key, content, _, is_chosen in ROWS if is_chosen == "yes"]
    assert {"denominator": by_hand(everything), "numerator": by_hand(chosen)} == DIGESTS
    assert RowDigest.of_rows(everything).text == DIGESTS["denominator"]


def test_the_seal_of_the_page() -> None:
    assert hashlib.sha256(RECEIPT.encode()).hexdigest() == SEAL


def test_a_figure_is_sealed_as_the_page_says() -> None:
    one: Definition = replace(definition("dossiers.on_time_rate"), version=1)
    figure = Figure(
        definition=one,
        unit="024",
        period=Period(date(2025, 1, 1), date(2025, 4, 1)),
        map_on=None,
        as_of=datetime(2025, 4, 1, tzinfo=UTC),
        data_version=5,
        scope_digest="1" * 64,
        parts=Parts(2, 3, RowDigest.parse(DIGESTS["numerator"]), RowDigest.parse(DIGESTS["denominator"])),
    )
    text = RECEIPT.replace("definition=" + "0" * 64, f"definition={one.digest}")
    assert figure.digest == hashlib.sha256(text.encode()).hexdigest()
