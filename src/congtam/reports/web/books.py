"""The book of dossiers on screen and as a file (sổ theo dõi hồ sơ)."""

from __future__ import annotations

from typing import Any, Final

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from congtam.dossiers.printing.public import Book, book_count, book_page
from congtam.foundation.public import Actor, LargeFileTurn, actor_of, clock
from congtam.kernel.clock import LOCAL
from congtam.kernel.input.numbers import digits_or_none
from congtam.kernel.spreadsheets import XLSX_TYPE
from congtam.org_units.public import unit_name, unit_text
from congtam.reports.actions import books
from congtam.reports.books.columns import shown_cells, titles
from congtam.reports.books.document import MOST_PRINTED
from congtam.reports.permissions import may_set_templates
from congtam.reports.web.choices import HALVES, MONTHS, QUARTERS, ReportChoice, part_options, read_choice
from congtam.reports.web.forms import file_response
from congtam.reports.web.statistics_page import form_tabs
from congtam.ui.public import busy_page

PARTS: Final = (*MONTHS, *QUARTERS, *HALVES)
PAGE: Final = 50
SHORT: Final = 10_000
"""Lines of a book that is written at once."""


@require_GET
def book(request: HttpRequest) -> HttpResponse:
    """A page of the book of a unit and a time."""
    actor = actor_of(request)
    choice, requested_book = _read_book(request, actor)
    after = request.GET.get("after") or None
    lines_before = _lines_before(request) if after else 0
    page = book_page(requested_book, to=actor, after=after, limit=PAGE)
    numbered = enumerate(page.lines, start=lines_before + 1)
    rows = [{"code": line.code, "cells": shown_cells(number, line)} for number, line in numbered]
    shown = lines_before + len(rows)
    context = {
        **_page_context(choice, requested_book, actor),
        "count": book_count(requested_book, to=actor),
        "titles": titles(),
        "rows": rows,
        "next_url": _next_url(choice, requested_book, after=page.next_after, lines_before=shown),
        "first_url": f"?{_book_query(choice, requested_book)}" if after else "",
    }
    return render(request, "reports/book.html", context)


@require_GET
def book_file(request: HttpRequest, extension: str) -> HttpResponseBase:
    """The book as .xlsx (whole), .docx or PDF (its first lines)."""
    actor = actor_of(request)
    _choice, requested_book = _read_book(request, actor)
    if extension == "xlsx":
        return _workbook_or_queue(request, requested_book, actor)
    return file_response(books.print_book(requested_book, extension, actor=actor))


def _workbook_or_queue(request: HttpRequest, requested_book: Book, actor: Actor) -> HttpResponseBase:
    """The whole book; a long one when its turn has come."""
    if book_count(requested_book, to=actor) <= SHORT:
        return _workbook_response(requested_book, actor)
    turn = LargeFileTurn.take()
    if turn is None:
        return busy_page(request, back=f"{reverse('reports:books')}?{request.GET.urlencode()}")
    try:
        answer = _workbook_response(requested_book, actor)
    except BaseException:
        turn.give_back()
        raise
    answer.streaming_content = turn.sending(iter(answer.streaming_content))  # type: ignore[arg-type]
    return answer


def _workbook_response(requested_book: Book, actor: Actor) -> FileResponse:
    content, name = (
        books.book_workbook(requested_book, actor=actor),
        books.book_file_name(requested_book, "xlsx"),
    )
    return FileResponse(content, as_attachment=True, filename=name, content_type=XLSX_TYPE)


def _lines_before(request: HttpRequest) -> int:
    """How many lines of the book came before the page."""
    return digits_or_none(request.GET.get("n", ""), most=10**8) or 0


def _read_book(request: HttpRequest, actor: Actor) -> tuple[ReportChoice, Book]:
    month = f"{clock().now().astimezone(LOCAL).month:02}"
    choice = read_choice(request.GET, to=actor, parts=PARTS, usual=month)
    with_below = request.GET.get("below") == "1"
    return choice, Book(unit_code=choice.unit, period=choice.period, with_below=with_below)


def _page_context(choice: ReportChoice, requested_book: Book, actor: Actor) -> dict[str, Any]:
    return {
        "choice": choice,
        "unit_name": unit_name(choice.unit, requested_book.period.last_day),
        "unit_text": unit_text(choice.unit, on=requested_book.period.last_day),
        "parts": part_options(PARTS, choice.part),
        "with_below": requested_book.with_below,
        "query": _book_query(choice, requested_book),
        "most_printed": MOST_PRINTED,
        "tabs": form_tabs(choice.query() if choice.part not in MONTHS else choice.query(days="calendar")),
        "is_book": True,
        "may_set_templates": may_set_templates(actor),
        "book_query": _book_query(choice, requested_book),
    }


def _book_query(choice: ReportChoice, requested_book: Book) -> str:
    return choice.query(below="1" if requested_book.with_below else "")


def _next_url(choice: ReportChoice, requested_book: Book, *, after: str | None, lines_before: int) -> str:
    if after is None:
        return ""
    return "?" + choice.query(
        below="1" if requested_book.with_below else "", after=after, n=str(lines_before)
    )
