"""What the portal keeps of a person who is erased (xóa dữ liệu cá nhân): what they sent in and what they wrote."""

from __future__ import annotations

from congtam.dossiers.applicant.public import filing_codes_of
from congtam.foundation.person_keys import declare_erasure
from congtam.foundation.public import Actor
from congtam.portal.models import Draft, OfferState, Rating, SupplementOffer


def declare() -> None:
    """Have supplements, drafts and remarks blanked when the applicant of a dossier is erased."""
    declare_erasure("portal", _blank)


def _blank(ref: str, _actor: Actor) -> None:
    kind, _slash, code = ref.partition("/")
    Draft.objects.filter(filing_code__in=filing_codes_of(ref)).delete()
    if kind != "dossier":
        return
    offers = SupplementOffer.objects.filter(dossier_code=code)
    offers.update(note="", files=[], form={})
    offers.filter(state=OfferState.DECLINED).update(reason="…")
    Rating.objects.filter(dossier_code=code).update(comment="")
