"""Reading posts: who holds them on a day, and on which ground somebody may sign."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from congtam.foundation.public import Actor
from congtam.kernel.errors import NotFound
from congtam.org_units.domain.signing import Authority, Power, SigningGround, signing_grounds
from congtam.org_units.models import Appointment, Post, SigningPower
from congtam.org_units.queries import visible_units


@dataclass(frozen=True, kw_only=True)
class PostOnDay:
    """A post with who holds it and what it may sign on a day."""

    post: Post
    holder: Appointment | None
    powers: tuple[SigningPower, ...]


@dataclass(frozen=True, kw_only=True)
class PostSigner:
    """Who may sign in a matter on a day, for whom, and how that is written (người ký)."""

    person_name: str
    username: str
    post_name: str
    prefix: str
    signed_for: str
    ground: SigningGround


def list_posts(unit_code: str, *, on: date, to: Actor) -> list[PostOnDay]:
    """The posts of a unit as they are on a day; none of a unit that is not visible."""
    if unit_code not in visible_units(to):
        return []
    holders = Appointment.objects.filter(valid__contains=on)
    powers = SigningPower.objects.filter(valid__contains=on).select_related("granted_by")
    posts = Post.objects.filter(unit_code=unit_code, valid__contains=on).prefetch_related(
        Prefetch("appointments", queryset=holders), Prefetch("powers", queryset=powers)
    )
    return [
        PostOnDay(
            post=post, holder=next(iter(post.appointments.all()), None), powers=tuple(post.powers.all())
        )
        for post in posts
    ]


def get_visible_post(unit_code: str, code: str, *, to: Actor) -> Post:
    """One post, or NotFound."""
    post = Post.objects.filter(unit_code=unit_code, code=code).first()
    if post is None or unit_code not in visible_units(to):
        raise NotFound(kind="post", key=f"{unit_code}/{code}")
    return post


def signers(unit_code: str, *, matter: str, on: date) -> list[PostSigner]:
    """Everybody who may sign in a matter of a unit on a day, own grounds before delegated ones.

    A post without a holder on that day signs nothing.
    """
    return signers_by_matter(unit_code, [matter], on=on)[matter]


def signers_by_matter(unit_code: str, matters: Collection[str], *, on: date) -> dict[str, list[PostSigner]]:
    """The same for several matters, read once."""
    held = Appointment.objects.filter(post__unit_code=unit_code, valid__contains=on, post__valid__contains=on)
    appointments = list(held.select_related("post"))
    rows = _powers_with_grantors([each.post_id for each in appointments], on)
    powers = [_to_power(row) for row in rows]
    names = {row.granted_by.key: row.granted_by.name for row in rows if row.granted_by}
    return {
        matter: sorted(
            (
                _post_signer(appointment, ground, names)
                for appointment in appointments
                for ground in signing_grounds(powers, post=appointment.post.key, matter=matter, on=on)
            ),
            key=lambda signer: len(signer.ground.chain),
        )
        for matter in matters
    }


def _powers_with_grantors(post_ids: Collection[int], on: date) -> list[SigningPower]:
    """The powers of some posts on a day, and those of the posts that gave them, up to whoever had them of nobody."""
    rows: list[SigningPower] = []
    visited: set[int] = set()
    pending = set(post_ids)
    while pending:
        granted = SigningPower.objects.filter(valid__contains=on, post__in=pending, post__valid__contains=on)
        rows += (step := list(granted.select_related("post", "granted_by")))
        visited |= pending
        pending = {row.granted_by_id for row in step if row.granted_by_id} - visited
    return rows


def _to_power(row: SigningPower) -> Power:
    return Power(
        post=row.post.key,
        matter=row.matter,
        authority=Authority(row.authority),
        since=row.valid.lower,
        until=row.valid.upper,
        granted_by=row.granted_by.key if row.granted_by else "",
        legal_source=row.legal_source,
    )


def _post_signer(appointment: Appointment, ground: SigningGround, names: dict[str, str]) -> PostSigner:
    return PostSigner(
        person_name=appointment.person_name,
        username=appointment.username,
        post_name=appointment.post.name,
        prefix=ground.prefix,
        signed_for=names.get(ground.signed_for, appointment.post.name),
        ground=ground,
    )
