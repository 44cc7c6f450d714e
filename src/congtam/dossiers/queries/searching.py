"""Finding dossiers by what a person types (tìm hồ sơ): code, procedure, and, by right, the applicant.

The beginning of a code finds by code alone. Anything else is taken as words of the procedure or field, as the end of a
code with or without dashes, and, only for dossiers whose applicant the searcher may see, as a name, the end of a
telephone number or an identity number. So nobody learns from a search whom they could not read in the dossier.
"""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Q, QuerySet

from congtam.dossiers.models import Dossier, DossierQuerySet, Party, Subject
from congtam.dossiers.models.ends import SIGNS_BETWEEN, code_end, phone_end
from congtam.dossiers.permissions import MAY_SEE_PERSONS
from congtam.dossiers.queries.keys import few_or_all
from congtam.foundation.public import Actor
from congtam.kernel.vietnamese import fold, nfc
from congtam.org_units.public import visible_units

_SHORTEST_END: Final = 3
_SHORTEST_NAME: Final = 3


def matching(found: DossierQuerySet, text: str, *, to: Actor) -> DossierQuerySet:
    """Of the given dossiers, those that what was typed may mean."""
    by_code = Q(code__startswith=nfc(text)) | Q(code__startswith=nfc(text).upper())
    if " " not in text and found.filter(by_code).exists():
        return found.filter(by_code)
    meant = _by_subject(text) | _by_end_of_code(text)
    seen = visible_units(to, *MAY_SEE_PERSONS)
    if seen.everything:
        meant |= _by_person(text)
    elif seen.codes:
        meant |= _by_person(text, unit_code__in=seen.codes)
    return found.filter(meant)


def _by_subject(text: str) -> Q:
    subjects = Subject.objects.all()
    for word in fold(text).split():
        subjects = subjects.filter(search_key__contains=word)
    return Q(subject_id__in=few_or_all(subjects))


def _by_end_of_code(text: str) -> Q:
    """By the last signs of the code, its dashes typed or not; at least one must be a digit."""
    typed = "".join(sign for sign in nfc(text).upper() if sign not in SIGNS_BETWEEN)
    if " " in text or len(typed) < _SHORTEST_END or not any(sign.isdigit() for sign in typed):
        return Q(pk__in=[])
    ending = Dossier.objects.annotate(end=code_end()).filter(end__startswith=typed[::-1])
    return Q(pk__in=few_or_all(ending))


def _by_person(text: str, **within: Any) -> Q:
    digits = "".join(sign for sign in text if sign.isdigit())
    is_number = digits and not any(sign.isalpha() for sign in text)
    parties = _by_number(digits) if is_number else _by_name(text)
    if parties is None:
        return Q(pk__in=[])
    if within:
        parties = parties.filter(**{f"dossier__{name}": value for name, value in within.items()})
    return Q(pk__in=few_or_all(parties))


def _by_name(text: str) -> QuerySet[Party] | None:
    words = fold(text).split()
    if not any(len(word) >= _SHORTEST_NAME for word in words) and len(words) < 2:
        return None
    parties = Party.objects.all()
    for word in words:
        parties = parties.filter(name_key__contains=word)
    return parties


def _by_number(digits: str) -> QuerySet[Party] | None:
    """By the end of a telephone number, dialled inside the country or from abroad, or a whole identity number."""
    if len(digits) < _SHORTEST_END + 1:
        return None
    local = digits.removeprefix("84") if len(digits) > 10 else digits
    by_phone = ~Q(phone="") & Q(phone_end__startswith=local[::-1])
    return Party.objects.annotate(phone_end=phone_end()).filter(by_phone | Q(id_number=digits))
