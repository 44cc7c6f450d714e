"""Rating how a dossier was handled (đánh giá), once, by whoever holds its slip."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from congtam.dossiers.applicant.public import CitizenDossier
from congtam.dossiers.public import State
from congtam.foundation.public import clock, record, system_actor
from congtam.kernel.errors import DomainError, InputRefused, msgid
from congtam.kernel.input.texts import clean_text
from congtam.portal.models import Overall, Rating
from congtam.portal.ratings.domain.questions import parse_answers, validate_rating


class NotYetReturned(DomainError):
    """A dossier is rated once its result was returned."""

    code = "portal.not_yet_returned"
    message = msgid("Dossier {dossier} can be rated once its result has been returned.")


class RatedBefore(DomainError):
    """A dossier is rated once."""

    code = "portal.rated_before"
    message = msgid("Dossier {dossier} has already been rated. Thank you.")


@transaction.atomic
def rate(
    dossier: CitizenDossier, *, overall: str, answers: Mapping[str, str] | None = None, comment: str = ""
) -> Rating:
    """Keep the rating of a returned dossier; the ledger tells that there is one, not what it says."""
    if dossier.state != State.RETURNED:
        raise NotYetReturned(dossier=dossier.code)
    comment = clean_text(comment)
    problems = validate_rating(overall=overall, comment=comment, allowed=frozenset(Overall))
    if problems:
        raise InputRefused(problems)
    rating = Rating(
        dossier_code=dossier.code,
        unit_code=dossier.unit_code,
        procedure_code=dossier.procedure_code,
        overall=overall,
        answers=parse_answers(answers or {}),
        comment=comment,
        rated_at=clock().now(),
    )
    try:
        with transaction.atomic():
            rating.save(force_insert=True)
    except IntegrityError:
        raise RatedBefore(dossier=dossier.code) from None
    record(
        system_actor("portal"), "dossier.rated", kind="dossier", key=dossier.code, unit_code=dossier.unit_code
    )
    return rating
