"""From an application filed online to the rating: what a citizen sees and does, with the desk in between."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client

from congtam.dossiers.applicant.public import AttachedFile, IncomingFile
from congtam.dossiers.files.public import take_file
from congtam.dossiers.public import (
    accept,
    altered_dossiers,
    approve,
    hand_over,
    issue_result,
    request_supplement,
    return_result,
)
from congtam.foundation.notify import Notification
from congtam.foundation.public import Actor, drain_outbox
from congtam.kernel.clock import FixedClock
from congtam.portal.models import Rating, SupplementOffer
from congtam.portal.supplements.offers import accept_offer
from congtam.portal.tests import one_stop as desk
from congtam.portal.tests import visitor
from congtam.portal.tests.one_stop import ClockLine, DeskRecord
from congtam.testing.cast import Cast
from congtam.testing.doors.dossiers import accept_filing
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(*, frozen_clock: FixedClock, warehouse_dir: None, small_tree: None, cast: Cast) -> None: ...


def page(client: Client, code: str) -> str:
    answer = client.get(f"/public/dossier/{code}/", follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def finish(code: str, *, officer: Actor, head: Actor, clerk: Actor) -> None:
    hand_over(code, actor=officer)
    accept(code, actor=head)
    result: AttachedFile = take_file(
        IncomingFile(BytesIO(visitor.PDF), "ket-qua.pdf"), actor=head, kind="result"
    )
    approve(code, file=result, actor=head)
    issue_result(code, summary="Giấy chứng nhận kết hôn", number="12/2026", file=result, actor=head)
    return_result(code, way="online", actor=clerk)


def test_file_supplement_result_rating(client: Client, cast: Cast, frozen_clock: FixedClock) -> None:
    clerk, officer, head = (desk.part(cast, name) for name in ("clerk", "officer", "unit_head"))
    filing = visitor.file(client, frozen_clock)
    assert filing.lookup_secret in page(client, filing.code)
    code = accept_filing(filing.code, actor=clerk).code
    assert "Hồ sơ đã được tiếp nhận" in page(client, filing.code)
    hand_over(code, actor=clerk)
    accept(code, actor=officer)
    request_supplement(code, missing=["Giấy xác nhận <b>gốc</b>"], reason="Ảnh mờ", actor=officer)
    assert visitor.show_slip(client, code, filing.lookup_secret.lower()).status_code == 302
    assert "Giấy xác nhận &lt;b&gt;gốc&lt;/b&gt;" in page(client, code)
    sent = client.post(f"/public/dossier/{code}/supplement/", {"files": visitor.scan("ban-ro.pdf")})
    assert sent.status_code == 302
    offer = SupplementOffer.objects.get()
    frozen_clock.instant += timedelta(hours=20)
    accept_offer(offer.key, actor=clerk)
    assert ClockLine.objects.get(dossier__code=code, kind="resumed").at == offer.sent_at
    finish(code, officer=officer, head=head, clerk=clerk)
    assert DeskRecord.objects.get(dossier__code=code).role == ""
    fetched = client.get(f"/public/dossier/{code}/result/")
    assert b"".join(fetched.streaming_content) == visitor.PDF  # type: ignore[attr-defined]
    assert (
        client.post(f"/public/dossier/{code}/rate/", {"overall": "satisfied", "q1": "2"}).status_code == 200
    )
    assert Rating.objects.get().answers == {"1": 2}
    assert list(altered_dossiers()) == []


def test_each_change_is_one_notice(client: Client, cast: Cast, frozen_clock: FixedClock) -> None:
    filing = visitor.file(client, frozen_clock)
    drain_outbox()
    code = accept_filing(filing.code, actor=desk.part(cast, "clerk")).code
    drain_outbox()
    told = list(Notification.objects.order_by("pk").values_list("subject_code", "data__key"))
    assert told == [(filing.code, "filing.submitted"), (code, "received")]
