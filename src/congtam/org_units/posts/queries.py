"""Reading posts: who holds them on a day, and on which ground somebody may sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from congtam.foundation.public import Actor
from congtam.kernel.errors import NotFound
from congtam.org_units.domain.signing import Authority, Power, SigningGround, signing_grounds
from congtam.org_units.models import Appointment, Post, SigningPower
from congtam.org_units.queries import visible_units


@dataclass(frozen=True, kw_only=True)
class Signer:
    """Who may sign in a matter on a day, for whom, and how that is written (người ký)."""

    person_name: str
    username: str
    post_name: str
    prefix: str
    signed_for: str
    ground: SigningGround


def posts_of(unit_code: str, *, on: date, to: Actor) -> Sequence[Post]:
    """The posts of a unit on a day with their holders and powers of that day; none of a unit that is not visible."""
    if unit_code not in visible_units(to):
        return []
    holders = Appointment.objects.filter(valid__contains=on)
    powers = SigningPower.objects.filter(valid__contains=on).select_related("granted_by")
    return list(
        Post.objects.filter(unit_code=unit_code, valid__contains=on).prefetch_related(
            Prefetch("appointments", queryset=holders, to_attr="holders_on_day"),
            Prefetch("powers", queryset=powers, to_attr="powers_on_day"),
        )
    )


def get_visible_post(unit_code: str, code: str, *, to: Actor) -> Post:
    """One post, or NotFound."""
    post = Post.objects.filter(unit_code=unit_code, code=code).first()
    if post is None or unit_code not in visible_units(to):
        raise NotFound(kind="post", key=f"{unit_code}/{code}")
    return post


def signers(unit_code: str, *, matter: str, on: date) -> list[Signer]:
    """Everybody who may sign in a matter of a unit on a day, the shortest chain of powers first.

    A post without a holder on that day signs nothing.
    """
    powers = _powers(matter, on)
    names = dict(_names(powers))
    held = Appointment.objects.filter(post__unit_code=unit_code, valid__contains=on).select_related("post")
    found = [
        _signer(appointment, ground, names)
        for appointment in held.filter(post__valid__contains=on)
        for ground in signing_grounds(powers, post=appointment.post.key, matter=matter, on=on)
    ]
    return sorted(found, key=lambda signer: (len(signer.ground.chain), not _is_own(signer.ground)))


def _signer(appointment: Appointment, ground: SigningGround, names: dict[str, str]) -> Signer:
    return Signer(
        person_name=appointment.person_name,
        username=appointment.username,
        post_name=appointment.post.name,
        prefix=ground.prefix,
        signed_for=names.get(ground.signed_for, appointment.post.name),
        ground=ground,
    )


def _is_own(ground: SigningGround) -> bool:
    return ground.chain[0].authority in {Authority.OWN, Authority.COLLECTIVE}


def _powers(matter: str, on: date) -> list[Power]:
    rows = SigningPower.objects.filter(valid__contains=on, matter__in=[matter, "*"])
    return [
        Power(
            post=row.post.key,
            matter=row.matter,
            authority=Authority(row.authority),
            since=row.valid.lower,
            until=row.valid.upper,
            granted_by=row.granted_by.key if row.granted_by else "",
            legal_source=row.legal_source,
        )
        for row in rows.select_related("post", "granted_by")
    ]


def _names(powers: Sequence[Power]) -> list[tuple[str, str]]:
    keys = {power.granted_by for power in powers if power.granted_by}
    codes = {key.split("/", 1)[0] for key in keys}
    return [(post.key, post.name) for post in Post.objects.filter(unit_code__in=codes) if post.key in keys]
