"""What must be on file before a dossier is ended or approved, and a receipt entered by mistake."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from congtam.dossiers.applicant.citizen import CitizenDossier, compute_citizen_proof, find_for_citizen
from congtam.dossiers.handling.actions import attach, cancel_receipt, stop
from congtam.dossiers.models import DeskRecord, Dossier, Letter, Paper
from congtam.dossiers.public import (
    accept,
    altered_dossiers,
    approve,
    hand_over,
    issue_result,
    request_supplement,
    withdraw,
)
from congtam.dossiers.tests import desk
from congtam.foundation.public import lines_about
from congtam.kernel.clock import FixedClock
from congtam.kernel.errors import InputRefused
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db
DRAFT = replace(desk.RESULT, digest="3" * 64, name="dự thảo.docx", media_type="application/msword")


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(frozen_clock: FixedClock, small_tree: None, cast: Cast) -> None: ...


@pytest.mark.parametrize("end", [withdraw, stop])
def test_nobody_ends_it_for_the_applicant_without_a_request(cast: Cast, end: Callable[..., Dossier]) -> None:
    clerk, code = desk.part(cast, "clerk"), desk.received(cast).code
    with pytest.raises(InputRefused) as refused:
        end(code, reason="Người nộp đề nghị", actor=clerk)
    assert [(each.code, each.column) for each in refused.value.problems] == [("request_missing", "request")]
    assert Dossier.objects.get(code=code).state == "received"
    end(code, reason="Người nộp đề nghị", request=desk.REQUEST, actor=clerk)
    assert Paper.objects.get().kind == "request"


def test_a_request_attached_before_is_enough(cast: Cast) -> None:
    clerk, code = desk.part(cast, "clerk"), desk.received(cast).code
    attach(code, file=desk.REQUEST, kind="request", actor=clerk)
    assert withdraw(code, reason="Không cần nữa", actor=clerk).state == "withdrawn"


def test_nothing_is_approved_that_is_not_attached(cast: Cast) -> None:
    officer, head = desk.part(cast, "officer"), desk.part(cast, "unit_head")
    code = desk.at_approval(cast).code
    with pytest.raises(InputRefused) as refused:
        approve(code, actor=head)
    assert [each.code for each in refused.value.problems] == ["result_missing"]
    code = desk.handled(cast).code
    attach(code, file=DRAFT, kind="result", actor=officer)
    hand_over(code, actor=officer)
    accept(code, actor=head)
    approve(code, actor=head)
    with pytest.raises(InputRefused) as refused:
        issue_result(code, summary="Giấy", number="12/GCN", actor=head)
    assert [each.code for each in refused.value.problems] == ["signed_file_missing"]
    issue_result(code, summary="Giấy", number="12/GCN", file=desk.RESULT, actor=head)
    assert DeskRecord.objects.get(dossier__code=code).result["digest"] == desk.RESULT.digest


def test_the_approved_pdf_is_the_result_and_a_draft_is_none(cast: Cast) -> None:
    head = desk.part(cast, "unit_head")
    issued = issue_result(desk.approved(cast).code, summary="Giấy", number="12/GCN", actor=head)
    assert issued.result_digitised is True
    assert DeskRecord.objects.get(dossier=issued).result["digest"] == desk.RESULT.digest
    code = desk.at_approval(cast).code
    approve(code, file=DRAFT, actor=head)
    assert issue_result(code, summary="Giấy", actor=head).result_digitised is False


def test_a_mistaken_receipt_ends_with_true_words(cast: Cast) -> None:
    clerk = desk.part(cast, "clerk")
    wrong, right = desk.received(cast), desk.received(cast)
    for unknown in ("H-0", wrong.code):
        with pytest.raises(InputRefused):
            cancel_receipt(wrong.code, mistake="Nhầm thủ tục", replaced_by=unknown, actor=clerk)
    ended = cancel_receipt(wrong.code, mistake="Nhầm thủ tục", replaced_by=right.code, actor=clerk)
    letter = Letter.objects.get(dossier=ended)
    assert (ended.state, letter.kind) == ("stopped", "mistake")
    assert letter.content == {"reason": "Nhầm thủ tục", "replaced_by": right.code}
    proof = compute_citizen_proof(wrong.code, DeskRecord.objects.get(dossier=ended).lookup_secret)
    seen = find_for_citizen(wrong.code, proof)
    assert isinstance(seen, CitizenDossier)
    assert seen.letters[0].content["replaced_by"] == right.code
    assert lines_about("dossier", wrong.code)[0].verb == "dossier.cancel_receipt"
    assert list(altered_dossiers()) == []


def test_what_was_asked_for_is_ticked(cast: Cast, client_for: Callable[[object], Client]) -> None:
    code = desk.handled(cast).code
    request_supplement(code, missing=["Giấy xác nhận", "Ảnh"], reason="", actor=desk.part(cast, "officer"))
    form = client_for(cast.clerk).get(reverse("dossiers:verb", args=[code, "receive_supplement"]))
    ticked = re.findall(r'name="ticked" value="(\d+)"( checked)?', form.content.decode())
    assert ticked == [("0", ""), ("1", " checked")]


def test_one_button_is_the_main_one(cast: Cast, client_for: Callable[[object], Client]) -> None:
    main = re.compile(r'class="ct-button primary" href="[^"]*/verbs/([a-z_]+)/"')
    for code, part, expected in (
        (desk.received(cast).code, "clerk", "hand_over"),
        (desk.at_approval(cast).code, "unit_head", "approve"),
        (desk.approved(cast).code, "unit_head", "issue_result"),
    ):
        client = client_for(getattr(cast, part))
        page = client.get(reverse("dossiers:detail", args=[code])).content.decode()
        assert main.findall(page) == [expected]


def test_who_approves_opens_the_result_from_the_page(cast: Cast, client_for: Callable[..., Client]) -> None:
    code = desk.at_approval(cast).code
    attach(code, file=desk.RESULT, kind="result", actor=desk.part(cast, "officer"))
    page = client_for(cast.unit_head).get(reverse("dossiers:verb", args=[code, "approve"])).content.decode()
    url = reverse("dossiers:file", args=[code, desk.RESULT.digest])
    assert f'<a href="{url}?inline=1">kết quả.pdf</a>' in page
