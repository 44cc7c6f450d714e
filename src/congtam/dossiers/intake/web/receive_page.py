"""What the receiving page shows (trang tiếp nhận hồ sơ)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.http import QueryDict
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from congtam.dossiers.deadlines.web.due_preview import due_preview
from congtam.dossiers.intake.duplicates import duplicate_codes
from congtam.dossiers.intake.web.form_data import APPLICANT, FormData, file_ticket
from congtam.dossiers.intake.web.receive_form import form_panel
from congtam.dossiers.record.labels import CHANNELS, RETURN_WAYS
from congtam.dossiers.record.permissions import receivable_units
from congtam.dossiers.record.web.fields import all_units
from congtam.dossiers.record.web.problems import problems_by_field, serialize_problems
from congtam.foundation.public import EVERYWHERE, Actor, Role, clock
from congtam.kernel.clock import local_day
from congtam.kernel.errors import Problem
from congtam.kernel.vietnamese import collation_key
from congtam.org_units.public import find_kind, find_unit, tree, unit_on
from congtam.procedures.public import DeskPaper, DeskProcedure, desk_procedure, search_for_desk
from congtam.ui.public import dong

_MOST_UNITS: Final = 400


def context(
    form_data: FormData, *, actor: Actor, problems: Sequence[Problem] = (), token: str = ""
) -> dict[str, Any]:
    """The values of the whole page."""
    return {
        "values": form_data.fields,
        "applicant": _applicant_context(form_data),
        "token": token or get_random_string(32),
        "problems": serialize_problems(problems),
        "problems_by_field": problems_by_field(problems),
        "duplicates": duplicate_codes(problems),
        "person_and_procedure": form_data.person_and_procedure,
        "units": desk_units(actor),
        "channels": [{"code": code, "text": CHANNELS[code].text} for code in ("desk", "post", "online")],
        "return_ways": [{"code": code, "text": label.text} for code, label in RETURN_WAYS.items()],
        "kinds": _applicant_kinds(),
        "carried_files": carried_file_rows(form_data, actor=actor),
        **panel(form_data, actor=actor, problems=problems),
    }


def _applicant_context(form_data: FormData) -> dict[str, str]:
    """The fields of the applicant under names without a dot, as templates need them."""
    return {name: form_data[f"applicant.{name}"] for name in (*APPLICANT, "kind")}


def panel(form_data: FormData, *, actor: Actor, problems: Sequence[Problem] = ()) -> dict[str, Any]:
    """What depends on the procedure: papers, kinds of case, fee, due date."""
    now = clock().now()
    procedure = desk_procedure(form_data["procedure_code"], local_day(now))
    if procedure is None:
        return {"procedure": None}
    case_kind = _case_kind(form_data, procedure)
    by_field = problems_by_field(problems)
    fee = procedure.fee_for(channel=form_data["channel"], case_kind=case_kind)
    return {
        "procedure": procedure,
        "case_kind": case_kind,
        "papers": [
            _paper_row(
                paper,
                form_data,
                actor=actor,
                row=f"{procedure.digest[:8]}-{paper.position}",
                by_field=by_field,
            )
            for paper in procedure.papers_for(case_kind)
        ],
        "fee": dong(fee) if fee else "",
        "preview": due_preview(procedure, channel=form_data["channel"], case_kind=case_kind, now=now),
        "all_units": all_units() if procedure.any_office else (),
        "is_offered": form_data["channel"] in procedure.channels,
        "channel_text": CHANNELS[form_data["channel"]].text if form_data["channel"] in CHANNELS else "",
        **form_panel(procedure, case_kind, form_data, problems=problems),
    }


def _case_kind(form_data: FormData, procedure: DeskProcedure) -> str:
    """The kind of case chosen; the first one when the procedure has kinds and none was chosen yet."""
    codes = [kind.code for kind in procedure.case_kinds]
    if form_data["case_kind"] in codes:
        return form_data["case_kind"]
    return codes[0] if codes else ""


def _paper_row(
    paper: DeskPaper, form_data: FormData, *, actor: Actor, row: str, by_field: Mapping[str, list[Problem]]
) -> dict[str, Any]:
    usual = {"originals": paper.originals, "certified": paper.certified, "copies": paper.copies}
    if not any(usual.values()):
        usual["originals"] = 1
    counts = form_data.counts(paper.position)
    names = {"originals": _("Originals"), "certified": _("Certified copies"), "copies": _("Photocopies")}
    return {
        "position": paper.position,
        "row": row,
        "problems": by_field.get(f"papers_{paper.position}"),
        "problems_id": f"wrong-paper-{paper.position}",
        "name": paper.name,
        "is_required": paper.is_required,
        "is_ticked": paper.position in form_data.ticked,
        "counts": [
            {"name": name, "label": label, "value": counts[name] or usual[name]}
            for name, label in names.items()
        ],
        "carried_files": carried_file_rows(form_data, actor=actor, position=paper.position),
    }


def carried_file_rows(
    form_data: FormData, *, actor: Actor, position: int | None = None
) -> list[dict[str, str]]:
    """The files of an earlier try that belong to a paper, or to none."""
    return [
        {"name": file.name, "ticket": file_ticket(file, username=actor.username)}
        for file in form_data.carried_files
        if file.position == position
    ]


def _applicant_kinds() -> list[dict[str, str]]:
    return [
        {"code": "citizen", "text": _("Citizen")},
        {"code": "enterprise", "text": _("Enterprise")},
        {"code": "organisation", "text": _("Organisation")},
    ]


def desk_units(actor: Actor) -> list[dict[str, str]]:
    """The units a clerk receives for: those of the roles first, then what lies below them today."""
    reach, own = receivable_units(actor), _own_units(actor)
    nodes = tree(local_day(clock().now()))
    below = sorted(
        (node for node in nodes.values() if node.code in reach and node.code not in own),
        key=lambda node: collation_key(node.name),
    )
    named = [(code, unit.name) for code in own if (unit := find_unit(code))]
    named += [(node.code, node.name) for node in below][:_MOST_UNITS]
    return [{"code": code, "name": name} for code, name in named]


def starting_unit(actor: Actor) -> str:
    """The unit that stands in the page at first: the clerk's own."""
    return next(iter(_own_units(actor)), "")


def _own_units(actor: Actor) -> list[str]:
    """The units of the clerk's roles that exist today; all of them where none does."""
    today = local_day(clock().now())
    own = [code for code in actor.units_with(Role.CLERK) if code != EVERYWHERE]
    return [code for code in own if unit_on(code, today)] or own


def prefilled_fields(query: QueryDict) -> dict[str, str]:
    """What a link may fill in beforehand."""
    names = ("procedure_code", "unit_code", "channel", "case_kind", "parent_code")
    return {name: value.strip()[:100] for name in names if (value := query.get(name, ""))}


def suggestions(text: str, *, unit_code: str = "") -> Iterator[dict[str, str]]:
    """Procedures as the autocomplete shows them."""
    today = local_day(clock().now())
    unit = find_unit(unit_code) if unit_code else None
    level = find_kind(unit.kind).level if unit else None
    procedures = search_for_desk(
        text, on=today, unit_code=unit_code, unit_level=level.name.lower() if level else ""
    )
    for each in procedures:
        yield {"code": each.code, "name": each.name, "detail": each.field_name}
