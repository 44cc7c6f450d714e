"""What the pages of imports show (trang nhập dữ liệu)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from congtam.dossiers.public import STATE_LABELS
from congtam.dossiers.storing.public import UNDO_TIME
from congtam.foundation.public import Actor, display_names
from congtam.foundation.references import Ref, resolve
from congtam.imports.absent_list import absence_text, absent_rows
from congtam.imports.actions.stop import STOPPABLE
from congtam.imports.actions.undo import is_undoable
from congtam.imports.models import Import, ImportState, OldFonts
from congtam.imports.queries import find_import_being_stored, imports_visible_to, imports_waiting_behind
from congtam.imports.web.result_links import result_links
from congtam.kernel.errors import Problem, fill
from congtam.kernel.precision import has_time
from congtam.org_units.public import find_unit, unit_name
from congtam.tabular.problems import PROBLEMS
from congtam.ui.public import MISSING, current_language, instant, number

TONES: Final = {
    ImportState.UPLOADED: "main",
    ImportState.PREVIEWED: "warn",
    ImportState.RUNNING: "main",
    ImportState.DONE: "good",
    ImportState.FAILED: "bad",
    ImportState.STOPPED: "warn",
    ImportState.UNDONE: "warn",
}
_ABSENT_SHOWN: Final = 20
_WORKING: Final = (ImportState.UPLOADED, ImportState.RUNNING)


def is_working(started: Import) -> bool:
    """Whether the background is busy with it."""
    return started.state in _WORKING


def list_rows(imports: Sequence[Import]) -> list[dict[str, Any]]:
    """The lines of the list of imports."""
    names = display_names(started.started_by for started in imports)
    return [_list_row(started, names) for started in imports]


def _list_row(started: Import, names: Mapping[str, str]) -> dict[str, Any]:
    report: Mapping[str, Any] = started.report
    return {
        "key": started.key,
        "file": started.file_name,
        "mapping": started.mapping_name,
        "unit": unit_name(started.unit_code),
        "at": instant(started.created_at),
        "by": names[started.started_by],
        "state": started.get_state_display(),
        "tone": TONES[ImportState(started.state)],
        "cases": report.get("cases"),
        "refused": report.get("refused"),
    }


def unit_choices(actor: Actor) -> list[dict[str, str]]:
    """The units a person holds roles over, to choose from."""
    codes = sorted({grant.unit_code for grant in actor.grants if grant.unit_code != "*"})
    return [{"code": code, "name": unit.name} for code in codes if (unit := find_unit(code))]


def context(started: Import, *, actor: Actor, may_handle: bool) -> dict[str, Any]:
    """The values of the page of one import."""
    report: Mapping[str, Any] = started.report
    return {
        "import": started,
        "state": started.get_state_display(),
        "tone": TONES[ImportState(started.state)],
        "is_working": is_working(started),
        "progress": progress_context(started, to=actor),
        "is_stopped": started.state == ImportState.STOPPED,
        "is_undone": started.state == ImportState.UNDONE,
        "may_undo": may_handle and is_undoable(started),
        "undo_until": instant(started.finished_at + UNDO_TIME) if started.finished_at else "",
        "old_fonts": _old_font_choices(report),
        "links": list(result_links(started, to=actor)),
        "is_waiting": started.state == ImportState.PREVIEWED,
        "file_refused": bool(report.get("file_refused")),
        "broke_off": started.state == ImportState.FAILED and not report,
        "may_handle": may_handle,
        "may_stop": may_handle and started.state in STOPPABLE and not started.stop_requested_by,
        "stopped_by": display_names([started.stop_requested_by]).get(started.stop_requested_by, ""),
        "waiting": [_describe_running_import(other, to=actor) for other in imports_waiting_behind(started)],
        "tiles": list(_count_tiles(report)) if report and not report.get("file_refused") else [],
        "sample": [_sample_row(row) for row in report.get("sample", ())],
        "problems": _problem_rows(report) if may_handle else [],
        "problem_counts": _problem_counts_text(report),
        "has_kinds_of_problems": len(report.get("problem_counts") or {}) > 1,
        "facts": list(_import_facts(started, actor)),
        "absence": _absence_context(started, report.get("absent"), to=actor),
        "refused_url": reverse("imports:refused", args=[started.key]) if started.refused_digest else "",
    }


def _absence_context(
    started: Import, absent: Mapping[str, Any] | None, *, to: Actor
) -> dict[str, Any] | None:
    """What earlier imports of the source have and the file lacks; None where nothing was compared."""
    if not absent or started.state == ImportState.UNDONE:
        return None
    before = resolve(Ref("import", absent["last_import"]), to=to)
    return {
        "text": absence_text(absent),
        "rows": list(islice(absent_rows(started, to=to), _ABSENT_SHOWN)),
        "shown": _ABSENT_SHOWN,
        "count": absent["count"],
        "before": before,
        "url": reverse("imports:absent", args=[started.key]) if started.absent_digest else "",
    }


def progress_context(started: Import, *, to: Actor) -> dict[str, Any]:
    """The progress component: what is done so far, or whom it waits for."""
    text = started.get_phase_display()
    if started.stop_requested_by:
        text = _("Stopping")
    elif before := find_import_being_stored(started):
        text = _("Waiting until this import is stored: {other}").format(
            other=_describe_running_import(before, to=to)
        )
    return {
        "text": text,
        "done": started.progress,
        "is_running": is_working(started),
        "url": reverse("imports:progress", args=[started.key]),
    }


def _old_font_choices(report: Mapping[str, Any]) -> list[dict[str, str]]:
    """What can be done with texts of old fonts, where there are any."""
    if "text_legacy_font" not in (report.get("problem_counts") or {}):
        return []
    return [{"code": one.value, "text": str(one.label)} for one in (OldFonts.CONVERT, OldFonts.KEEP)]


def _describe_running_import(other: Import, *, to: Actor) -> str:
    """Another import in one line; of one the actor may not see, only since when it runs."""
    if not imports_visible_to(to).filter(pk=other.pk).exists():
        return _("an import of another unit, started at {at}").format(at=instant(other.created_at))
    by = display_names([other.started_by])[other.started_by]
    return _("{file} of {unit}, started at {at} by {by}").format(
        file=other.file_name, unit=unit_name(other.unit_code), at=instant(other.created_at), by=by
    )


def _problem_rows(report: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What refuses rows first, then what only warns, each in the order of the file."""
    return sorted(
        map(translate_problem, report.get("problems", ())),
        key=lambda problem: problem["severity"] == "warning",
    )


def translate_problem(problem: Mapping[str, Any]) -> dict[str, Any]:
    """A problem of a stored report in the reader's language."""
    message, advice = PROBLEMS.get(problem["code"], (problem["message"], problem["advice"]))
    data = problem["data"]
    return {**problem, "text": fill(_(message), data), "advice": fill(_(advice), data) if advice else ""}


def translate_problems(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems just found, in the reader's language."""
    return [translate_problem(problem.as_dict()) for problem in problems]


def _count_tiles(report: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    language = current_language()
    names = {
        "cases": _("Dossiers in the file"),
        "events": _("Steps"),
        "new": _("New"),
        "changed": _("Changed"),
        "unchanged": _("Unchanged"),
        "refused": _("Refused"),
    }
    for name, label in names.items():
        tone = "bad" if name == "refused" and report[name] else ""
        yield {"label": label, "value": number(report[name], language), "tone": tone}


def _problem_counts_text(report: Mapping[str, Any]) -> str:
    counts: Mapping[str, int] = report.get("problem_counts") or {}
    language = current_language()
    return " · ".join(f"{code}: {number(count, language)}" for code, count in sorted(counts.items()))


def _import_facts(started: Import, actor: Actor) -> Iterator[dict[str, Any]]:
    yield {"label": _("File"), "value": started.file_name}
    yield {"label": _("Mapping"), "value": started.mapping_name}
    page = resolve(Ref("unit", started.unit_code), to=actor)
    yield {
        "label": _("Unit"),
        "value": page.label if page else started.unit_code,
        "url": page.url if page else "",
    }
    yield {"label": _("Started by"), "value": display_names([started.started_by])[started.started_by]}
    yield {"label": _("Started at"), "value": instant(started.created_at)}
    if started.finished_at:
        yield {"label": _("Ended at"), "value": instant(started.finished_at)}
    if started.undone_at:
        by = display_names([started.undone_by])[started.undone_by]
        yield {"label": _("Undone"), "value": f"{instant(started.undone_at)} · {by}"}
    yield {"label": _("File digest"), "value": started.file_digest[:16] + "…"}


def _source_time_text(written: str | None, zone: ZoneInfo, *, is_limit: bool) -> str:
    """An instant as the source means it, in the source's time zone; only its day where it gave no time."""
    if not written:
        return MISSING
    at = datetime.fromisoformat(written)
    form = "%d/%m/%Y %H:%M" if has_time(at, zone.key, is_limit=is_limit) else "%d/%m/%Y"
    return at.astimezone(zone).strftime(form)


def _sample_row(row: Mapping[str, Any]) -> dict[str, Any]:
    zone = ZoneInfo(row["time_zone"])
    dates = {
        name: _source_time_text(row[name], zone, is_limit=name == "due_at")
        for name in ("received_at", "due_at", "finished_at")
    }
    labels = {
        "procedure": row["procedure_name"] or row["procedure_code"],
        "state_text": STATE_LABELS[row["state"]].text,
    }
    return {**row, **dates, **labels}
