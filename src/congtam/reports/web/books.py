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
from congtam.org_units.public import unit_name, unit_text
from congtam.reports.actions import books
from congtam.reports.books.columns import shown_cells, titles
from congtam.reports.books.document import MOST_PRINTED
from congtam.reports.permissions import may_set_templates
from congtam.reports.web.choices import HALVES, MONTHS, QUARTERS, Choice, part_options, read_choice
from congtam.reports.web.forms import handed_out
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
    choice, asked = _asked(request, actor)
    after = request.GET.get("after") or None
    place = _place(request) if after else 0
    page = book_page(asked, to=actor, after=after, limit=PAGE)
    rows = [
        {"code": line.code, "cells": shown_cells(number, line)}
        for number, line in enumerate(page.lines, start=place + 1)
    ]
    context = {
        **_frame(choice, asked, actor),
        "count": book_count(asked, to=actor),
        "titles": titles(),
        "rows": rows,
        "next_url": _next(choice, asked, after=page.next_after, place=place + len(rows)),
        "first_url": f"?{_query(choice, asked)}" if after else "",
    }
    return render(request, "reports/book.html", context)


@require_GET
def book_file(request: HttpRequest, extension: str) -> HttpResponseBase:
    """The book as .xlsx (whole), .docx or PDF (its first lines)."""
    actor = actor_of(request)
    _choice, asked = _asked(request, actor)
    if extension == "xlsx":
        return _workbook(request, asked, actor)
    return handed_out(books.print_book(asked, extension, actor=actor))


def _workbook(request: HttpRequest, asked: Book, actor: Actor) -> HttpResponseBase:
    """The whole book; a long one when its turn has come."""
    if book_count(asked, to=actor) <= SHORT:
        return _sheet(asked, actor)
    turn = LargeFileTurn.take()
    if turn is None:
        return busy_page(request, back=f"{reverse('reports:books')}?{request.GET.urlencode()}")
    try:
        answer = _sheet(asked, actor)
    except BaseException:
        turn.give_back()
        raise
    answer.streaming_content = turn.sending(iter(answer.streaming_content))  # type: ignore[arg-type]
    return answer


def _sheet(asked: Book, actor: Actor) -> FileResponse:
    content, name = books.book_workbook(asked, actor=actor), books.book_name(asked, "xlsx")
    return FileResponse(content, as_attachment=True, filename=name, content_type=books.SHEET_TYPE)


def _place(request: HttpRequest) -> int:
    """How many lines of the book came before the page."""
    return digits_or_none(request.GET.get("n", ""), most=10**8) or 0


def _asked(request: HttpRequest, actor: Actor) -> tuple[Choice, Book]:
    month = f"{clock().now().astimezone(LOCAL).month:02}"
    choice = read_choice(request.GET, to=actor, parts=PARTS, usual=month)
    with_below = request.GET.get("below") == "1"
    return choice, Book(unit_code=choice.unit, period=choice.period, with_below=with_below)


def _frame(choice: Choice, asked: Book, actor: Actor) -> dict[str, Any]:
    return {
        "choice": choice,
        "unit_name": unit_name(choice.unit, asked.period.last_day),
        "unit_typed": unit_text(choice.unit, on=asked.period.last_day),
        "parts": part_options(PARTS, choice.part),
        "with_below": asked.with_below,
        "query": _query(choice, asked),
        "most_printed": MOST_PRINTED,
        "tabs": form_tabs(choice.query() if choice.part not in MONTHS else choice.query(days="calendar")),
        "is_book": True,
        "may_set_templates": may_set_templates(actor),
        "book_query": _query(choice, asked),
    }


def _query(choice: Choice, asked: Book) -> str:
    return choice.query(below="1" if asked.with_below else "")


def _next(choice: Choice, asked: Book, *, after: str | None, place: int) -> str:
    if after is None:
        return ""
    return "?" + choice.query(below="1" if asked.with_below else "", after=after, n=str(place))
