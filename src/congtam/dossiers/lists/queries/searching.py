"""Finding dossiers by what a person types (tìm hồ sơ): code, procedure, and, by right, the applicant.

The beginning of a code finds by code alone. Anything else is taken as words of the procedure or field, as the end of a
code with or without dashes, and, only for dossiers whose applicant the searcher may see, as a name, the end of a
telephone number or an identity number. So nobody learns from a search whom they could not read in the dossier.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.db.models.lookups import StartsWith

from congtam.dossiers.lists.queries.keys import few_keys, few_keys_or_query
from congtam.dossiers.models import Dossier, DossierQuerySet, Party, Subject
from congtam.dossiers.models.reversed_endings import SIGNS_BETWEEN, code_end, phone_ends_with
from congtam.dossiers.record.permissions import MAY_SEE_PERSONS
from congtam.dossiers.record.visibility import visible_to
from congtam.foundation.public import Actor
from congtam.kernel.input.phones import phone_ending, phone_or_none, stored_forms
from congtam.kernel.vietnamese import fold, nfc
from congtam.org_units.public import visible_units

_SHORTEST_CODE: Final = 4
_SHORTEST_END: Final = 3
_SHORTEST_NAME: Final = 3


def search_dossiers(dossiers: DossierQuerySet, text: str, *, to: Actor) -> DossierQuerySet:
    """Of the given dossiers, those that what was typed may mean."""
    beginning = _code_prefix_filter(text)
    if beginning and dossiers.filter(beginning).exists():
        return dossiers.filter(beginning)
    # A meaning that nothing answers to is left out: the database would follow it row by row.
    meant = [
        each
        for each in (_subject_filter(text), _code_suffix_filter(text), _visible_person_filter(text, to))
        if each
    ]
    return dossiers.filter(reduce(or_, meant)) if meant else dossiers.filter(pk__in=[])


def search_by_code(dossiers: DossierQuerySet, text: str) -> DossierQuerySet:
    """Of the given dossiers, those whose code begins with what was typed, else those whose code ends so."""
    beginning = _code_prefix_filter(text)
    if beginning and dossiers.filter(beginning).exists():
        return dossiers.filter(beginning)
    end = _code_suffix_filter(text)
    return dossiers.filter(end) if end else dossiers.filter(pk__in=[])


def search_by_person(dossiers: DossierQuerySet, text: str, *, to: Actor) -> DossierQuerySet:
    """Of the given dossiers, those whose applicant was meant and may be seen by the searcher."""
    person = _visible_person_filter(text, to)
    return dossiers.filter(person) if person else dossiers.filter(pk__in=[])


def find_by_code_or_person(text: str, *, most: int, to: Actor) -> list[Dossier]:
    """Visible dossiers whose code, or whose applicant where the searcher may see them, was typed."""
    visible = visible_to(to)
    by_code = search_by_code(visible, text)[:most] if len(text) >= _SHORTEST_CODE else []
    by_person = search_by_person(visible, text, to=to).order_by("-pk")[:most]
    return list({row.pk: row for row in (*by_code, *by_person)}.values())[:most]


def _code_prefix_filter(text: str) -> Q:
    """By what a code begins with, here or, as a whole, in the source it came from."""
    if " " in text:
        return Q()
    written = nfc(text)
    here = Q(code__startswith=written) | Q(code__startswith=written.upper())
    return here | (Q(source_code=written) & ~Q(source_code=""))


def _subject_filter(text: str) -> Q:
    subjects = Subject.objects.all()
    for word in fold(text).split():
        subjects = subjects.filter(search_key__contains=word)
    return _any_key_filter(few_keys_or_query(subjects), "subject_id")


def _code_suffix_filter(text: str) -> Q:
    """By the last signs of the code, its dashes typed or not; at least one must be a digit."""
    ending = "".join(sign for sign in nfc(text).upper() if sign not in SIGNS_BETWEEN)
    if " " in text or len(ending) < _SHORTEST_END or not any(sign.isdigit() for sign in ending):
        return Q()
    ends = Q(StartsWith(code_end(), ending[::-1]))
    keys = few_keys(Dossier.objects.filter(ends))
    # Among the many that end alike the database chooses better when it knows both what is asked for and by whom.
    return ends if keys is None else _any_key_filter(keys)


def _visible_person_filter(text: str, to: Actor) -> Q:
    visible = visible_units(to, *MAY_SEE_PERSONS)
    if not visible.everything and not visible.codes:
        return Q()
    named = _person_filter(text)
    return named & Q(unit_code__in=visible.codes) if named and not visible.everything else named


_STORED_ABROAD: Final = Q(phone__startswith="+") | Q(phone__startswith="00") & ~Q(phone__startswith="0084")


def _person_filter(text: str) -> Q:
    digits = "".join(sign for sign in text if sign.isdigit())
    is_number = digits and not any(sign.isalpha() for sign in text)
    if is_number:
        return _phone_or_id_filter(text, digits=digits)
    names = fold(text).split()
    if not any(len(word) >= _SHORTEST_NAME for word in names) and len(names) < 2:
        return Q()
    parties = Party.objects.all()
    for word in names:
        parties = parties.filter(name_key__contains=word)
    return _any_key_filter(few_keys_or_query(parties))


def _phone_or_id_filter(text: str, *, digits: str) -> Q:
    """By the end of a telephone number, a whole one in any of its forms, or a whole identity number.

    Numbers at home and abroad may end alike: a whole one finds none of the others.
    """
    if len(digits) < _SHORTEST_END + 1:
        return Q()
    by_phone, number = phone_ends_with(phone_ending(text)), phone_or_none(text) or ""
    if number.startswith("+"):
        by_phone &= Q(phone__in=stored_forms(number))
    elif number.startswith("0") and digits != phone_ending(number):
        by_phone &= ~_STORED_ABROAD
    return _any_key_filter(few_keys_or_query(Party.objects.filter(by_phone | Q(id_number=digits))))


def _any_key_filter(keys: list[int] | QuerySet[Any], name: str = "pk") -> Q:
    """Dossiers with one of these keys; an empty condition where there is none."""
    return Q(**{f"{name}__in": keys}) if isinstance(keys, QuerySet) or keys else Q()
