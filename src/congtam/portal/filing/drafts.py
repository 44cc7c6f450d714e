"""Writing an application online (soạn hồ sơ trực tuyến): begun, kept with every step, sent once."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any, Final

from django.db import transaction

from congtam.dossiers.applicant.public import (
    AttachedFile,
    DeclinedFiling,
    IncomingFile,
    drop_file,
    file_online,
    take_files,
)
from congtam.dossiers.public import Applicant, Receipt
from congtam.foundation.files import open_file
from congtam.foundation.public import real_clock, system_actor
from congtam.kernel.errors import NotFound, Problem, msgid
from congtam.kernel.identity import plain_identity
from congtam.kernel.input.texts import storable_text
from congtam.kernel.vietnamese import nfc
from congtam.portal.filing.domain.application import MOST_FILES, NAMES, FilingStep
from congtam.portal.models import Draft, browser_digest

LIFE: Final = timedelta(days=30)
ACTOR: Final = "portal"
_MOST_FORGOTTEN: Final = 1000
_MOST_CHARACTERS: Final = 200_000
"""Characters of all answers together."""
_IS_BORROWED: Final = "is_borrowed"
"""Marks a file that belongs to what was turned down before: the draft refers to it and never removes it."""
_OF_THE_DRAFT: Final = frozenset({"key", _IS_BORROWED})


def begin_draft(
    procedure_code: str,
    *,
    browser: str,
    form_snapshot: Mapping[str, Any],
    earlier: DeclinedFiling | None = None,
) -> Draft:
    """Begin an application in a browser; the key in its address cannot be guessed.

    ``form_snapshot`` is what its form asks.

    ``earlier`` is what was handed in before and turned down: nobody types it twice.
    """
    now = real_clock().now()
    return Draft.objects.create(
        key=secrets.token_urlsafe(32),
        browser_digest=browser_digest(browser),
        procedure_code=procedure_code,
        form_snapshot=form_snapshot,
        answers=_answers_from_declined_filing(earlier) if earlier else {},
        files=[
            {**file, "key": secrets.token_hex(8), _IS_BORROWED: True}
            for file in earlier.files
            if _is_file_stored(file)
        ]
        if earlier
        else [],
        begun_at=now,
        changed_at=now,
        expires_at=now + LIFE,
    )


def _is_file_stored(file: Mapping[str, Any]) -> bool:
    """Whether a file is still kept; what a filing that was turned down leaves is removed after a time."""
    try:
        open_file(file["digest"]).close()
    except NotFound:
        return False
    return True


def _answers_from_declined_filing(handed: DeclinedFiling) -> dict[str, Any]:
    person = {name: handed.applicant.get(name, "") for name in NAMES[FilingStep.PERSON]}
    form = {f"form.{name}": value for name, value in handed.form.items()}
    office = {"unit_code": handed.unit_code, "case_kind": handed.case_kind, "return_way": handed.return_way}
    return {**person, **office, **form}


@transaction.atomic
def save_answers(draft: Draft, answers: Mapping[str, Any]) -> bool:
    """Keep what was typed, right or wrong; nothing is lost by a mistake, nor by a page in another window.

    False, and nothing kept, when it is more than any application holds, or it was sent in the meantime.
    """
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    draft.answers = {**locked.answers, **{name: _storable_value(value) for name, value in answers.items()}}
    if locked.filing_code or len(json.dumps(draft.answers, ensure_ascii=False)) > _MOST_CHARACTERS:
        return False
    draft.changed_at = real_clock().now()
    draft.save(update_fields=["answers", "changed_at"])
    return True


def _storable_value(value: Any) -> Any:
    """Texts in composed Unicode, without what no database can keep, also within lists and rows."""
    if isinstance(value, list):
        return [_storable_value(each) for each in value]
    if isinstance(value, dict):
        return {name: _storable_value(each) for name, each in value.items()}
    return nfc(storable_text(value))


@transaction.atomic
def add_files(draft: Draft, files: Iterable[IncomingFile]) -> tuple[Problem, ...]:
    """Keep files with the draft; what is wrong with those that were not taken comes back."""
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    sent = list(files)
    if len(locked.files) + len(sent) > MOST_FILES:
        message = msgid("You can send up to {limit} files. Combine several pages into one PDF.")
        return (Problem(code="too_many_files", message=message, data={"limit": MOST_FILES}, column="files"),)
    taken, problems = take_files(sent, actor=system_actor(ACTOR), kind="scan")
    locked.files = [*locked.files, *({"key": secrets.token_hex(8), **asdict(each)} for each in taken)]
    locked.changed_at = real_clock().now()
    locked.save(update_fields=["files", "changed_at"])
    draft.files = locked.files
    return problems


@transaction.atomic
def remove_file(draft: Draft, key: str) -> None:
    """Take a file out of the draft."""
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    taken_out = [each for each in locked.files if each["key"] == key]
    locked.files = [each for each in locked.files if each["key"] != key]
    locked.save(update_fields=["files"])
    draft.files = locked.files
    for each in taken_out:
        _drop_draft_file(each)


def _drop_draft_file(file: Mapping[str, Any]) -> bool:
    """Remove a file that was taken in for a draft; False when it must be tried again."""
    return bool(file.get(_IS_BORROWED)) or drop_file(file["digest"], actor=system_actor(ACTOR))


def build_receipt(draft: Draft, form_names: Collection[str]) -> Receipt:
    """The application as the desk takes it in; ``form_names`` are what the form asks today."""
    answers = {name: value.strip() for name, value in draft.answers.items() if isinstance(value, str)}
    applicant = Applicant(
        name=answers.get("name", ""),
        kind=answers.get("kind", "") or "citizen",
        phone=answers.get("phone", ""),
        email=answers.get("email", ""),
        id_number=plain_identity(answers.get("id_number", "")),
        address=answers.get("address", ""),
        submitter=answers.get("submitter", ""),
    )
    form_answers = {name: draft.answers.get(f"form.{name}", "") for name in form_names}
    return Receipt(
        procedure_code=draft.procedure_code,
        unit_code=answers.get("unit_code", ""),
        applicant=applicant,
        channel="online",
        case_kind=answers.get("case_kind", ""),
        files=tuple(to_attachment(each) for each in draft.files),
        form={name: value for name, value in form_answers.items() if value},
        return_way=answers.get("return_way", ""),
    )


def to_attachment(file: Mapping[str, Any]) -> AttachedFile:
    """A file of a draft as the dossiers know it."""
    return AttachedFile(**{name: value for name, value in file.items() if name not in _OF_THE_DRAFT})


@transaction.atomic
def submit_draft(draft: Draft, *, form_names: Collection[str]) -> str:
    """Send the application to the desk, once; the code of the filing.

    Raises InputRefused with everything the desk's own rules find wrong.
    """
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    if locked.filing_code:
        return locked.filing_code
    filing = file_online(build_receipt(locked, form_names), actor=system_actor(ACTOR))
    locked.filing_code = filing.code
    # What was written is with the filing now; a draft keeps personal data no longer than it must.
    locked.answers, locked.form_snapshot, locked.files = {}, {}, []
    locked.save(update_fields=["filing_code", "answers", "form_snapshot", "files"])
    draft.filing_code = filing.code
    return filing.code


def delete_expired_drafts() -> int:
    """Remove drafts whose time is over, with the files they hold; how many there were."""
    over = Draft.objects.filter(expires_at__lt=real_clock().now()).order_by("pk")
    return sum(_delete_draft(key) for key in over.values_list("pk", flat=True)[:_MOST_FORGOTTEN])


@transaction.atomic
def _delete_draft(key: int) -> bool:
    """Whether a draft is gone; what somebody else stores this very moment is left for the next time."""
    locked = Draft.objects.select_for_update().filter(pk=key).first()
    if locked is None:
        return False
    locked.files = [each for each in locked.files if not _drop_draft_file(each)]
    if locked.files:
        locked.save(update_fields=["files"])
        return False
    locked.delete()
    return True
