"""Every flag of a pack opens to all its dossiers: on a page, in a workbook, with a receipt."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from congtam.foundation.public import Actor, Grant, Role, console_actor
from congtam.indicators.public import recount
from congtam.inspections.models import InspectionPack
from congtam.inspections.public import altered_packs, content_of, flagged_dossiers, prepare
from congtam.kernel.periods import Period
from congtam.testing.cast import Cast

SignIn = Callable[[object], Client]
pytestmark = pytest.mark.django_db
NIGHT = "flags.outside_hours"
CODE = re.compile(r"H\.024-\d{4}")


def _flag_url(pack: InspectionPack, code: str = NIGHT) -> str:
    return reverse("inspections:flag", args=[pack.key, code])


def _list_url(pack: InspectionPack) -> str:
    return reverse("inspections:flag_list", args=[pack.key])


def test_the_pack_leads_to_all_dossiers_of_a_flag(
    pack: InspectionPack, cast: Cast, client_for: SignIn
) -> None:
    client = client_for(cast.inspector)
    line = content_of(pack).flag(NIGHT)
    assert line is not None
    assert line.count == len(line.codes) > 50
    page = client.get(reverse("inspections:pack", args=[pack.key])).content.decode()
    assert _flag_url(pack) in page
    assert _list_url(pack) in page
    listed: list[str] = []
    for number in range(1, 4):
        page = client.get(_flag_url(pack), {"page": number}).content.decode()
        listed += dict.fromkeys(CODE.findall(page))
    assert listed == list(line.codes)
    assert line.receipt is not None
    assert line.receipt.digest in page


def test_the_workbook_lists_every_dossier_of_every_flag(
    pack: InspectionPack, cast: Cast, client_for: SignIn
) -> None:
    answer = client_for(cast.inspector).get(_list_url(pack))
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    content = content_of(pack)
    assert content.flag_list is not None
    assert hashlib.sha256(body).hexdigest() == content.flag_list.digest
    assert content.flag_list.name in answer["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    raised = [flag for flag in content.flags if flag.count]
    assert len(book.sheet_names) == len(raised) + 1
    for name, flag in zip(book.sheet_names[1:], raised, strict=True):
        rows = book.get_sheet_by_name(name).to_python()[3:]
        assert [row[1] for row in rows] == list(flag.codes)


def test_the_same_dossiers_make_the_same_workbook(pack: InspectionPack) -> None:
    again = prepare(unit="024", period=Period.parse("2025-Q3"), seed=8, actor=console_actor(), sample_size=10)
    assert again.pk != pack.pk
    assert content_of(again).flag_list == content_of(pack).flag_list


def test_a_count_is_counted_again_by_its_receipt(pack: InspectionPack) -> None:
    for flag in content_of(pack).flags:
        assert flag.receipt is not None
        counted = recount(flag.receipt.digest, to=console_actor())
        assert counted.is_same
        assert counted.now.numerator == flag.sign_count


def test_the_longest_overdue_come_first(pack: InspectionPack) -> None:
    content = content_of(pack)
    line = content.flag("flags.open_overdue")
    assert line is not None
    rows = flagged_dossiers(content, line.codes, to=console_actor())
    assert [row.code for row in rows] == list(line.codes)
    assert all(one.due_on <= other.due_on for one, other in pairwise(rows))
    assert all("T" in row.due_on for row in rows)


def test_rows_out_of_sight_are_not_shown(pack: InspectionPack) -> None:
    content = content_of(pack)
    line = content.flag(NIGHT)
    assert line is not None
    stranger = Actor(username="x", name="X", grants=(Grant(role=Role.OBSERVER, unit_code="026"),))
    assert flagged_dossiers(content, line.codes, to=stranger) == ()


def test_outsiders_find_neither_page_nor_file(pack: InspectionPack, cast: Cast, client_for: SignIn) -> None:
    for address in (_flag_url(pack), _list_url(pack)):
        assert client_for(cast.outsider).get(address).status_code == 404
        assert client_for(cast.inspector).post(address).status_code == 405
        assert Client().get(address).status_code == 302
    for code in ("flags.unknown", "flags.resubmitted", "flags.last_hour"):
        assert client_for(cast.inspector).get(_flag_url(pack, code)).status_code == 404


def test_who_may_not_see_the_peers_reads_no_number_of_theirs(
    pack: InspectionPack, cast: Cast, client_for: SignIn
) -> None:
    expected = re.compile("đơn vị cùng cấp: ")
    pages = {
        part: client_for(getattr(cast, part))
        .get(reverse("inspections:pack", args=[pack.key]))
        .content.decode()
        for part in ("inspector", "clerk")
    }
    assert expected.search(pages["inspector"])
    assert not expected.search(pages["clerk"])


def test_packs_with_flags_are_whole(pack: InspectionPack) -> None:
    assert list(altered_packs()) == []
