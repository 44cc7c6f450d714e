"""Entering by hand what the desks need of a procedure (sửa nội dung tiếp nhận)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import BinaryIO, Final

from django.db import transaction

from congtam.foundation.public import Actor, FileLimits, declare_file_kind, is_stored, record, store_file
from congtam.kernel.errors import InputRefused, NotFound, Problem, msgid
from congtam.procedures import permissions
from congtam.procedures.actions import versions
from congtam.procedures.actions.form_files import media_type_of
from congtam.procedures.domain.content import Content, differences, from_json
from congtam.procedures.domain.desk_parts import DeskParts, problems_of
from congtam.procedures.models import ProcedureVersion

FORM_KIND: Final = "procedure_form"
declare_file_kind(
    FORM_KIND, FileLimits(size=10 << 20, endings=(".pdf", ".doc", ".docx", ".xls", ".xlsx", ".odt"))
)


def keep_form(content: BinaryIO, *, name: str, actor: Actor) -> str:
    """Keep the form of a paper (lưu mẫu đơn); its digest. Raises FileRefused for what is no document."""
    permissions.require_edit(actor)
    media_type = media_type_of(content, name)
    return store_file(content, name=name, media_type=media_type, kind=FORM_KIND, actor=actor).digest


@transaction.atomic
def edit_desk_parts(
    code: str, parts: DeskParts, *, valid_from: date, ground: str, actor: Actor, base: str = ""
) -> ProcedureVersion:
    """Make a version with these parts from a day on (phiên bản mới); what does not differ changes nothing.

    ``ground`` is the decision or letter behind it; ``base`` the digest of the version that was edited. Raises
    InputRefused with everything that is wrong. On the first day of a version the version itself is corrected: the
    ledger keeps the digest before and after.
    """
    permissions.require_edit(actor)
    version = _newest(code)
    known = from_json(version.details)
    problems = [
        *problems_of(parts),
        *_problems_of_forms(parts, known),
        *_problems_of_time(version, valid_from, base=base, ground=ground),
    ]
    if problems:
        raise InputRefused(problems)
    content = parts.put_into(known)
    changed = differences(known, content)
    if not changed:
        return version
    before = version.digest
    by_hand = sorted({*version.by_hand, *changed})
    after = _write(version, content, valid_from=valid_from, ground=ground, by_hand=by_hand)
    data = {"parts": list(changed), "valid_from": valid_from.isoformat(), "ground": ground}
    record(
        actor, "procedure.edited", kind="procedures", key=code, data=data, before=before, after=after.digest
    )
    return after


def _newest(code: str) -> ProcedureVersion:
    found = (
        ProcedureVersion.objects.select_for_update(of=("self",))
        .select_related("procedure")
        .filter(procedure__code=code, valid__upper_inf=True)
        .first()
    )
    if found is None:
        raise NotFound(kind="procedure", key=code)
    return found


def _problems_of_forms(parts: DeskParts, known: Content) -> Iterator[Problem]:
    """A form is public: only what was sent in as one is, whatever digest the page names."""
    before = {paper.form_digest for paper in known.papers}
    for place, paper in enumerate(parts.papers):
        digest = paper.form_digest
        if digest and digest not in before and not is_stored(digest, kind=FORM_KIND):
            yield Problem(
                code="form_unknown",
                message=msgid("This form was not sent along. Choose its file again."),
                column=f"papers.{place}.form",
            )


def _problems_of_time(
    version: ProcedureVersion, valid_from: date, *, base: str, ground: str
) -> list[Problem]:
    found = []
    if base and base != version.digest:
        found.append(
            Problem(
                code="changed_meanwhile",
                message=msgid("Someone else changed this procedure while you were editing it."),
                advice=msgid("Look at the version on record, then enter your changes again."),
            )
        )
    if version.valid.lower is not None and valid_from < version.valid.lower:
        found.append(
            Problem(
                code="version_newer",
                message=msgid("A version from {day} is on record already."),
                data={"day": version.valid.lower.strftime("%d/%m/%Y")},
                column="valid_from",
                advice=msgid("Choose that day or a later one."),
            )
        )
    if not ground.strip():
        found.append(
            Problem(
                code="ground_missing",
                message=msgid("The decision or letter behind the change is missing."),
                column="ground",
            )
        )
    return found


def _write(
    version: ProcedureVersion, content: Content, *, valid_from: date, ground: str, by_hand: list[str]
) -> ProcedureVersion:
    code = version.procedure.code
    if version.valid.lower == valid_from:
        version.by_hand = by_hand
        versions.rewrite_versions([(version, content)])
    else:
        versions.close_versions([version], valid_from)
        news = versions.NewVersion(code, content, valid_from, by_hand=by_hand)
        versions.open_versions([news], source=ground[:300])
    return ProcedureVersion.objects.get(procedure__code=code, valid__upper_inf=True)
