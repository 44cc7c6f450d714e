"""The page of a dossier says in one line whose move it is and until when."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from congtam.dossiers.models import DeskRecord
from congtam.dossiers.public import issue_result, request_supplement, withdraw
from congtam.dossiers.tests import desk
from congtam.dossiers.tests.desk import part
from congtam.foundation.public import display_names
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("warehouse_dir", "frozen_clock", "small_tree", "procedures"),
]


@pytest.fixture
@prepared(desk.enter_procedures, at=FROZEN)
def procedures(small_tree: None) -> None: ...


@pytest.fixture
def line(cast: Cast, client_for: Callable[[object], Client]) -> Callable[[str, str], str]:
    """What the card of the page says, in English, without its markup."""

    def read(who: str, code: str) -> str:
        client = client_for(getattr(cast, who))
        client.post(reverse("set_language"), {"language": "en"})
        page = client.get(reverse("dossiers:detail", args=[code])).content.decode()
        card = page.split('id="whose-move">')[1].split("ct-verbs")[0].split("</section>")[0]
        return " ".join(re.sub(r"<[^>]+>", " ", card).split())

    return read


Line = Callable[[str, str], str]


def test_who_holds_it_reads_that_it_is_their_move(cast: Cast, line: Line) -> None:
    code = desk.handled(cast).code
    step = DeskRecord.objects.get().process[1]["name"]
    assert line("officer", code).startswith(f"Your turn to act: {step}")
    assert line("clerk", code).startswith("Held by ")
    for told in ("Step due by: ", "Result due by: 05/03/2026 17:00 3 working days left"):
        assert told in line("clerk", code)


def test_what_nobody_accepted_waits_for_the_role(cast: Cast, line: Line) -> None:
    assert line("clerk", desk.offered(cast).code).startswith("Waiting for acceptance by Handling officer")


def test_while_the_applicant_is_waited_for_only_their_date_runs(cast: Cast, line: Line) -> None:
    code = desk.handled(cast).code
    request_supplement(code, missing=["Căn cước"], reason="Thiếu", actor=part(cast, "officer"))
    told = line("officer", code)
    assert told.startswith("Waiting for the applicant to submit the supplement Supplement due by: ")
    assert told.count(" left") == 1
    assert "Step due by" not in told


def test_a_result_waits_to_be_returned_in_the_way_that_was_chosen(cast: Cast, line: Line) -> None:
    code = desk.approved(cast).code
    issue_result(code, summary="Giấy", actor=part(cast, "unit_head"))
    assert line("clerk", code).startswith("The result is ready to be returned: at the desk")


def test_an_ended_dossier_says_how_and_when(cast: Cast, line: Line) -> None:
    code = desk.received(cast).code
    withdraw(code, reason="Không cần nữa", request=desk.REQUEST, actor=part(cast, "clerk"))
    assert line("clerk", code).startswith("The dossier is closed Withdrawn · 02/03/2026 ")


def test_the_program_has_a_name_where_it_acted() -> None:
    with override("en"):
        names = display_names(["system:payments", "console", "gone"])
    assert names == {
        "system:payments": "System (automatic)",
        "console": "Server administrator",
        "gone": "gone",
    }
