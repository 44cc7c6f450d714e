"""Keeping lists by name (lưu bộ lọc): each person has their own and nobody else sees them."""

from __future__ import annotations

from typing import Final, NoReturn

from django.db import transaction

from congtam.dossiers.models import SavedView
from congtam.foundation.public import Actor, record
from congtam.kernel.errors import InputRefused, NotFound, Problem, msgid
from congtam.kernel.input.texts import direction_mark_problems
from congtam.kernel.vietnamese import nfc

MOST: Final = 30
LONGEST_NAME: Final = 60
_LONGEST_QUERY: Final = 2000


@transaction.atomic
def save_view(name: str, query: str, *, actor: Actor) -> SavedView:
    """Keep the address of a list under a name; the same name again replaces it."""
    clean_name = _clean_name(name)
    views = SavedView.objects.filter(account=actor.username)
    existing = views.filter(name__iexact=clean_name).first()
    if existing is None and views.count() >= MOST:
        _refuse_name(
            "views_too_many", msgid("You can save at most {maximum} views; delete one first."), maximum=MOST
        )
    if len(query) > _LONGEST_QUERY:
        _refuse_name("view_too_long", msgid("The filters of this list are too long to save."))
    view = existing or SavedView(account=actor.username, name=clean_name)
    view.query = query
    view.save()
    _audit_view(actor, "view.saved", view.pk)
    return view


@transaction.atomic
def rename_view(name: str, new_name: str, *, actor: Actor) -> SavedView:
    """Give a saved list another name."""
    view, clean_name = _fetch_own(name, actor), _clean_name(new_name)
    others = SavedView.objects.filter(account=actor.username, name__iexact=clean_name).exclude(pk=view.pk)
    if others.exists():
        _refuse_name("view_name_taken", msgid("You already have a view of that name."))
    view.name = clean_name
    view.save(update_fields=["name"])
    _audit_view(actor, "view.renamed", view.pk)
    return view


@transaction.atomic
def delete_view(name: str, *, actor: Actor) -> None:
    """Forget a saved list."""
    view = _fetch_own(name, actor)
    key = view.pk
    view.delete()
    _audit_view(actor, "view.deleted", key)


def _fetch_own(name: str, actor: Actor) -> SavedView:
    view = SavedView.objects.filter(account=actor.username, name=nfc(name)).first()
    if view is None:
        raise NotFound(kind="view", key=name)
    return view


def _clean_name(name: str) -> str:
    cleaned = " ".join(nfc(name).split())
    if not cleaned:
        _refuse_name("view_unnamed", msgid("Enter a name for the view."))
    if problems := direction_mark_problems(cleaned, column="name"):
        raise InputRefused(problems)
    if len(cleaned) > LONGEST_NAME:
        _refuse_name(
            "view_name_long", msgid("The name is limited to {longest} characters."), longest=LONGEST_NAME
        )
    return cleaned


def _refuse_name(code: str, message: str, **data: int) -> NoReturn:
    raise InputRefused([Problem(code=code, message=message, data=data, column="name")])


def _audit_view(actor: Actor, verb: str, number: int) -> None:
    """By its number: people name lists after persons, and the ledger is never erased."""
    record(actor, verb, kind="saved_view", key=f"{actor.username}/{number}")
