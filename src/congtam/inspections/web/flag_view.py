"""A red flag as pages show it (dấu hiệu cần kiểm tra): its count beside the expected one, and its dossiers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congtam.inspections.domain.content import DossierLine, FlagLine
from congtam.inspections.web.pack_parts import FlagSection, PackDossierRow
from congtam.ui.public import amount, day, number


@dataclass(frozen=True, kw_only=True)
class FlagPage:
    """One page of the dossiers of a flag."""

    section: FlagSection
    rows: tuple[PackDossierRow, ...]
    has_pages: bool
    summary: str
    first_url: str
    next_url: str
    receipt: tuple[tuple[str, str], ...]


def page_url(name: str, *arguments: str, query: str = "") -> str:
    """The address of a page with its query."""
    return reverse(name, args=arguments) + query


def finish_text(row: DossierLine, last_day: date) -> str:
    """When it was finished, as it stood on the last day of the period: what came later was not finished then."""
    if row.finished_on and date.fromisoformat(row.finished_on[:10]) <= last_day:
        return _format_day(row.finished_on)
    unfinished = _("not finished by %(day)s") % {"day": day(last_day)}
    return f"{unfinished} ({_format_day(row.finished_on)})" if row.finished_on else unfinished


def dossier_row(row: DossierLine, *, last_day: date, **more: Any) -> PackDossierRow:
    """A dossier with the way to its page."""
    return PackDossierRow(
        code=row.code,
        url=page_url("dossiers:detail", row.code),
        procedure=row.procedure,
        received_on=_format_day(row.received_on),
        due_on=_format_day(row.due_on),
        finished_on=finish_text(row, last_day),
        **more,
    )


class FlagWriter:
    """Writes the flags of one pack in one language."""

    def __init__(self, key: str, language: str, *, last_day: date) -> None:
        self.key = key
        self.language = language
        self.last_day = last_day

    def section(self, flag: FlagLine) -> FlagSection:
        """The flag with its first dossiers and the way to all of them."""
        count = number(flag.count, self.language)
        is_cut = len(flag.rows) < flag.count
        shown = number(len(flag.rows), self.language)
        return FlagSection(
            code=flag.code,
            name=flag.name.in_language(self.language),
            why=flag.why.in_language(self.language),
            count=count,
            summary=_("first %(shown)s of %(count)s") % {"shown": shown, "count": count} if is_cut else "",
            rows=tuple(dossier_row(row, last_day=self.last_day) for row in flag.rows),
            compared=self.comparison_text(flag),
            left_out=self.left_out(flag),
            url=page_url("inspections:flag", self.key, flag.code) if flag.codes else "",
            url_text=ngettext(
                "Open the list of %(count)s dossier", "Open the list of all %(count)s dossiers", flag.count
            )
            % {"count": count},
        )

    def quiet_text(self, flag: FlagLine) -> str:
        """A flag that names no dossier; with the numbers where some show it all the same."""
        name = flag.name.in_language(self.language)
        texts = [text for text in (self.comparison_text(flag), self.left_out(flag)) if text]
        return f"{name} ({' '.join(texts)})" if texts and (flag.sign_count or flag.without_time) else name

    def comparison_text(self, flag: FlagLine) -> str:
        """How many show the sign, beside the expected numbers."""
        if flag.expected is None or flag.receipt is None:
            return ""
        values = {
            "seen": number(flag.sign_count, self.language),
            "among": amount(flag.receipt.denominator, self.language),
            "own": number(flag.expected, self.language),
            "peers": amount(flag.expected_by_peers, self.language),
        }
        if flag.expected_by_peers is None:
            text = _("%(seen)s of %(among)s dossiers; expected by the unit's own dossiers: %(own)s.")
        else:
            text = _(
                "%(seen)s of %(among)s dossiers; expected by the unit's own dossiers: %(own)s, at the rate of units of "
                "the same level: %(peers)s."
            )
        return text % values

    def left_out(self, flag: FlagLine) -> str:
        """How many were left out because only the day is known."""
        if not flag.without_time:
            return ""
        return ngettext(
            "%(count)s dossier left out: only the day was recorded, not the time.",
            "%(count)s dossiers left out: only the day was recorded, not the time.",
            flag.without_time,
        ) % {"count": number(flag.without_time, self.language)}

    def page(self, flag: FlagLine, page: Page[str], rows: tuple[DossierLine, ...]) -> FlagPage:
        """One page of all its dossiers."""
        section = self.section(flag)
        return FlagPage(
            section=section,
            rows=tuple(dossier_row(row, last_day=self.last_day) for row in rows),
            has_pages=page.has_other_pages(),
            summary=_("%(first)s–%(last)s of %(count)s")
            % {
                "first": number(page.start_index(), self.language),
                "last": number(page.end_index(), self.language),
                "count": section.count,
            },
            first_url="?page=1" if page.has_previous() else "",
            next_url=f"?page={page.next_page_number()}" if page.has_next() else "",
            receipt=self._receipt_rows(flag),
        )

    def _receipt_rows(self, flag: FlagLine) -> tuple[tuple[str, str], ...]:
        receipt = flag.receipt
        if receipt is None:
            return ()
        return (
            (_("Dossiers that show it"), amount(receipt.numerator, self.language)),
            (_("Dossiers examined"), amount(receipt.denominator, self.language)),
            (_("Version of the definition"), receipt.definition_version),
            (_("Data version"), receipt.data_version),
            (_("Digest"), receipt.digest),
        )


def _format_day(text: str) -> str:
    """A day, with the minute where the pack has one."""
    if not text:
        return ""
    moment = datetime.fromisoformat(text)
    return f"{moment:%d/%m/%Y %H:%M}" if "T" in text else day(moment)
