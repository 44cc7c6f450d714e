"""Templates of a province: an administrator sets them, documents of their day are written in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.files import open_file
from congtam.foundation.public import (
    actor_for,
    clock,
    console_actor,
    drain_outbox,
    lines_about,
    unused_count,
)
from congtam.inspections.public import prepare
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused, NotAllowed, NotFound
from congtam.kernel.periods import Period
from congtam.reports.actions.documents import pack_document
from congtam.reports.actions.rendering import render_form
from congtam.reports.actions.templates import (
    FORMS,
    NoTemplateToEnd,
    TemplateInPast,
    build_starter_template,
    end_template,
    set_template,
)
from congtam.reports.models import FormTemplate
from congtam.reports.queries import template_in_force
from congtam.reports.samples import sample_document
from congtam.testing.cast import Cast
from congtam.testing.doors.foundation import replace_clock
from congtam.typesetting.public import OfficialDocument

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def place(small_tree: None, warehouse_dir: Path, frozen_clock: None) -> None:
    """Units, a folder for files, and a day that stands still."""


def with_words(form: str, words: str) -> bytes:
    """The starter of a form with words of its own."""
    word = docx.Document(BytesIO(build_starter_template(form, actor=console_actor())))
    word.element.body.insert(0, word.add_paragraph(words)._p)
    target = BytesIO()
    word.save(target)
    return target.getvalue()


def put(form: str, words: str, *, on: date | None = None) -> FormTemplate:
    return set_template(
        form,
        with_words(form, words),
        name="mẫu.docx",
        valid_from=on or today(clock()),
        actor=console_actor(),
    )


def text_of(content: bytes) -> str:
    return "".join(node.text or "" for node in docx.Document(BytesIO(content)).element.iter("{*}t"))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_can_be_written_in_a_template(form: str) -> None:
    put(form, "Mẫu của tỉnh")
    document = sample_document(form, today(clock()))
    text = text_of(render_form(document, form, "docx"))
    assert text.startswith("Mẫu của tỉnh")
    assert document.type_name in text
    assert document.abstract in text
    assert "{{" not in text
    assert render_form(document, form, "pdf").startswith(b"%PDF")


def test_a_template_holds_from_its_day_until_the_next() -> None:
    start = today(clock())
    put("receipt", "Một", on=start)
    put("receipt", "Hai", on=start + 2 * DAY)
    put("receipt", "Ba", on=start + 2 * DAY)
    end_template("receipt", valid_from=start + 5 * DAY, actor=console_actor())

    def words(day: date) -> str:
        document: OfficialDocument = sample_document("receipt", day)
        return text_of(render_form(document, "receipt", "docx"))[:3]

    assert words(start) == words(start + DAY) == "Một"
    assert words(start + 2 * DAY) == words(start + 4 * DAY) == "BaM"
    assert template_in_force("receipt", start - DAY) is None
    assert template_in_force("receipt", start + 5 * DAY) is None
    assert template_in_force("control", start) is None


def test_the_report_of_a_pack_is_written_in_it_and_stays_as_it_was_made() -> None:
    actor = console_actor()
    put("inspection_report", "Đoàn kiểm tra của tỉnh")
    received = datetime(2025, 7, 1, 2, 0, tzinfo=UTC)
    row = DossierRow(code="H-1", unit_code="024", received_at=received, state="in_progress")
    store_dossiers([row], unit_code="024", actor=actor, import_key="one", source="test")
    drain_outbox()
    pack = prepare(unit="024", period=Period.parse("2025-Q3"), seed=7, actor=actor, sample_size=5)
    kept = pack_document(pack, "docx", actor=actor)
    with open_file(kept.digest) as content:
        assert text_of(content.read()).startswith("Đoàn kiểm tra của tỉnh")
    put("inspection_report", "Khác")
    assert pack_document(pack, "docx", actor=actor) == kept


def test_setting_is_on_record() -> None:
    put("receipt", "Một")
    end_template("receipt", valid_from=today(clock()), actor=console_actor())
    lines = lines_about("form_template", "receipt")
    assert sorted(line.verb for line in lines) == ["report.template_ended", "report.template_set"]


def test_what_cannot_be_set_is_refused(cast: Cast) -> None:
    start, content = today(clock()), with_words("receipt", "x")
    for part in (cast.leader, cast.inspector, cast.citizen):
        with pytest.raises(NotAllowed):
            set_template("receipt", content, name="a.docx", valid_from=start, actor=actor_for(part))
    with pytest.raises(TemplateInPast):
        set_template("receipt", content, name="a.docx", valid_from=start - DAY, actor=console_actor())
    with pytest.raises(NotFound):
        set_template("book", content, name="a.docx", valid_from=start, actor=console_actor())
    with pytest.raises(NoTemplateToEnd):
        end_template("receipt", valid_from=start, actor=console_actor())
    with pytest.raises(InputRefused) as refused:
        set_template(
            "receipt", with_words("control", "x"), name="a.docx", valid_from=start, actor=console_actor()
        )
    missing = [one.data["slots"] for one in refused.value.problems]
    assert missing == ["{{ abstract }}", "{{ qr }}"]
    assert not FormTemplate.objects.exists()


def _send(
    client: Client, content: bytes, *, act: str, name: str = "mau.docx", form: str = "receipt"
) -> object:
    data = {
        "form": form,
        "file": SimpleUploadedFile(name, content),
        "valid_from": today(clock()).isoformat(),
        "act": act,
    }
    return client.post(reverse("reports:templates"), data)


def test_an_administrator_checks_looks_and_puts_in_force(cast: Cast, client_for: SignIn) -> None:
    client, content = client_for(cast.administrator), with_words("receipt", "Mẫu riêng")
    assert "mau.docx" in _send(client, content, act="check").content.decode()  # type: ignore[attr-defined]
    seen = _send(client, content, act="preview")
    text = text_of(seen.content)  # type: ignore[attr-defined]
    assert text.startswith("Mẫu riêng")
    assert "Vừ Thị Mỷ" in text
    assert "DỮ LIỆU MÔ PHỎNG" in text_of_footers(seen.content)  # type: ignore[attr-defined]
    assert not FormTemplate.objects.exists()
    assert _send(client, content, act="set").status_code == 302  # type: ignore[attr-defined]
    row = FormTemplate.objects.get()
    assert (row.form, row.name, row.set_by) == ("receipt", "mau.docx", "administrator")
    page = client.get(reverse("reports:templates")).content.decode()
    assert "mau.docx" in page
    assert client.get(reverse("reports:template_file", args=["receipt", row.digest])).content[:2] == b"PK"
    shown = client.get(reverse("reports:template_preview", args=["receipt", row.digest]))
    assert text_of(shown.content).startswith("Mẫu riêng")
    assert client.post(reverse("reports:template_end", args=["receipt"])).status_code == 302
    assert client.post(reverse("reports:template_end", args=["receipt"])).status_code == 400


def text_of_footers(content: bytes) -> str:
    sections = docx.Document(BytesIO(content)).sections
    return "".join(one.text for section in sections for one in section.footer.paragraphs)


def test_a_page_of_problems_names_them_all(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.administrator)
    word = docx.Document()
    word.add_paragraph("{{ contnet }} {% if %}")
    target = BytesIO()
    word.save(target)
    answer = _send(client, target.getvalue(), act="set")
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert answer.status_code == 400  # type: ignore[attr-defined]
    assert page.count('class="ct-problem error"') >= 4
    assert "Có phải là “content”?" in page
    wrong_name = _send(client, with_words("receipt", "x"), act="set", name="mau.docm")
    assert wrong_name.status_code == 400  # type: ignore[attr-defined]
    assert not FormTemplate.objects.exists()


def test_nobody_else_comes_in(cast: Cast, client_for: SignIn) -> None:
    row = put("receipt", "Một")
    addresses = [
        reverse("reports:templates"),
        reverse("reports:template_starter", args=["receipt"]),
        reverse("reports:template_file", args=["receipt", row.digest]),
        reverse("reports:template_preview", args=["receipt", row.digest]),
    ]
    for part in (cast.leader, cast.outsider, cast.citizen):
        client = client_for(part)
        assert {client.get(address).status_code for address in addresses} == {403}
        assert client.post(reverse("reports:template_end", args=["receipt"])).status_code == 403
        assert client.post(reverse("reports:templates"), {}).status_code == 403
    assert {Client().get(address).status_code for address in addresses} == {302}


def test_what_is_not_there_is_not_found(cast: Cast, client_for: SignIn) -> None:
    row = put("receipt", "Một")
    client = client_for(cast.administrator)
    for address in (
        reverse("reports:template_starter", args=["book"]),
        reverse("reports:template_file", args=["control", row.digest]),
        reverse("reports:template_preview", args=["receipt", "0" * 64]),
    ):
        assert client.get(address).status_code == 404
    assert client.get(reverse("reports:template_end", args=["receipt"])).status_code == 405
    assert client.put(reverse("reports:templates")).status_code == 405


def test_the_stored_file_does_not_count_as_unused() -> None:
    put("receipt", "Một")
    before = replace_clock(_Later(clock().now() + 10 * DAY))
    try:
        assert unused_count() == 0
    finally:
        replace_clock(before)


class _Later:
    """A clock that shows another instant."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    def now(self) -> datetime:
        return self.instant.astimezone(UTC)
