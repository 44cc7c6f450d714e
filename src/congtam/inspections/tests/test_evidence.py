"""What a pack rests on is frozen when it is prepared, listed on its page, and compared by `congtam verify`."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from congtam.foundation.evidence import EvidenceFrozen, attach, read_evidence
from congtam.foundation.public import actor_for, altered_evidence, console_actor
from congtam.foundation.references import Ref
from congtam.indicators.public import figure_ref
from congtam.inspections.models import InspectionPack
from congtam.inspections.public import content_of, prepare
from congtam.kernel.errors import NotFound
from congtam.kernel.periods import Period
from congtam.testing.cast import Cast

SignIn = Callable[[object], Client]
pytestmark = pytest.mark.django_db


def subject(pack: InspectionPack) -> Ref:
    return Ref("inspection_pack", pack.key)


def test_every_figure_and_the_sample_are_frozen(pack: InspectionPack, cast: Cast) -> None:
    evidence = read_evidence(subject(pack), to=actor_for(cast.inspector))
    content = content_of(pack)
    receipts = [
        receipt
        for line in content.indicators
        for receipt in (line.now, line.previous, line.last_year)
        if receipt
    ]
    assert [line.form for line in evidence.lines] == ["receipt"] * len(receipts) + ["rows"]
    assert all(line.url and line.digest for line in evidence.lines)
    assert len(evidence.digest) == 64
    assert list(altered_evidence()) == []
    with pytest.raises(EvidenceFrozen):
        attach(subject(pack), figure_ref("dossiers.received", "024", "2024"), actor=console_actor())


def test_the_same_pack_prepared_again_keeps_its_evidence(pack: InspectionPack) -> None:
    before = read_evidence(subject(pack), to=console_actor())
    prepare(unit="024", period=Period.parse("2025-Q3"), seed=7, actor=console_actor(), sample_size=20)
    assert read_evidence(subject(pack), to=console_actor()) == before


def test_an_outsider_gets_no_evidence(pack: InspectionPack, cast: Cast) -> None:
    with pytest.raises(NotFound):
        read_evidence(subject(pack), to=actor_for(cast.outsider))


def test_the_page_lists_it_for_those_who_prepare(
    pack: InspectionPack, cast: Cast, client_for: SignIn
) -> None:
    page = client_for(cast.inspector).get(reverse("inspections:pack", args=[pack.key])).content.decode()
    evidence = read_evidence(subject(pack), to=console_actor())
    assert evidence.digest in page
    assert reverse("indicators:figure", args=["dossiers.on_time_rate", "024"]) + "?period=2025-Q3" in page
    assert "mẫu kiểm tra: 20 hồ sơ" in page
