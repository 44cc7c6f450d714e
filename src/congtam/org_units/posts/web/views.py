"""The page of a unit's posts: who holds them, what they may sign, and for editors the forms (trang chức vụ)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from congtam.foundation.public import Actor, actor_of, clock
from congtam.foundation.web.form_problems import add_problems_to
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused
from congtam.org_units.domain.signing import ANY_MATTER, Authority
from congtam.org_units.posts import actions
from congtam.org_units.posts.queries import (
    PostOnDay,
    PostSigner,
    get_visible_post,
    list_posts,
    signers_by_matter,
)
from congtam.org_units.posts.web.forms import (
    AUTHORITIES,
    MATTERS,
    AppointmentForm,
    EndForm,
    PostForm,
    PowerForm,
)
from congtam.org_units.queries import get_visible_history, register


@require_http_methods(["GET", "HEAD", "POST"])
def posts_page(request: HttpRequest, code: str) -> HttpResponse:
    """Posts of a unit on a day; a POST adds one, says who holds it, or what it may sign."""
    actor, now = actor_of(request), today(clock())
    get_visible_history(code, to=actor)
    on = _parse_day(request.GET.get("on", ""), now)
    posts = list_posts(code, on=on, to=actor)
    bound = _bound_form(request, posts)
    if bound is not None:
        actions.require_editor(actor, code)
        kind, form = bound
        if form.is_valid() and _save_from_form(kind, form, unit_code=code, actor=actor):
            return redirect(f"{reverse('org_units:posts', args=[code])}?on={on.isoformat()}")
    context = _page_context(code, posts, on=on, actor=actor, bound=dict([bound]) if bound else {})
    return render(request, "org_units/posts.html", context, status=400 if bound else 200)


def _parse_day(text: str, now: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return now


def _bound_form(request: HttpRequest, posts: Sequence[PostOnDay]) -> tuple[str, forms.Form] | None:
    if request.method != "POST":
        return None
    kind = request.POST.get("kind", "")
    if kind in _OF_POSTS:
        return kind, _OF_POSTS[kind](request.POST, posts=posts)
    return "post", PostForm(request.POST)


def _save_from_form(kind: str, form: Any, *, unit_code: str, actor: Actor) -> bool:
    """Do what the form says; what is wrong stands beside its fields."""
    try:
        _SAVE[kind](form, unit_code, actor)
    except InputRefused as error:
        add_problems_to(form, error)
        return False
    return True


def _save_post(form: Any, unit_code: str, actor: Actor) -> None:
    data = form.cleaned_data
    actions.enter_post(
        unit_code=unit_code,
        code=data["code"],
        name=data["name"],
        is_head=data["is_head"],
        period=form.period,
        actor=actor,
    )


def _save_appointment(form: Any, unit_code: str, actor: Actor) -> None:
    data = form.cleaned_data
    actions.appoint(
        get_visible_post(unit_code, data["post"], to=actor),
        person_name=data["person_name"],
        username=data["username"],
        period=form.period,
        legal_source=data["legal_source"],
        actor=actor,
    )


def _save_power(form: Any, unit_code: str, actor: Actor) -> None:
    data = form.cleaned_data
    giver = data["granted_by"]
    actions.grant_power(
        get_visible_post(unit_code, data["post"], to=actor),
        matter=data["matter"],
        authority=Authority(data["authority"]),
        granted_by=get_visible_post(unit_code, giver, to=actor) if giver else None,
        period=form.period,
        legal_source=data["legal_source"],
        actor=actor,
    )


def _save_end(form: Any, unit_code: str, actor: Actor) -> None:  # noqa: ARG001 - the entries are of the unit
    data = form.cleaned_data
    actions.end_entry(
        form.chosen_entry, last_day=data["last_day"], legal_source=data["legal_source"], actor=actor
    )


_OF_POSTS: Final = {"appointment": AppointmentForm, "power": PowerForm, "end": EndForm}
_SAVE: Final[Mapping[str, Callable[[Any, str, Actor], None]]] = {
    "post": _save_post,
    "appointment": _save_appointment,
    "power": _save_power,
    "end": _save_end,
}


def _page_context(
    code: str, posts: Sequence[PostOnDay], *, on: date, actor: Actor, bound: Mapping[str, forms.Form]
) -> dict[str, Any]:
    version = register().nearest_version(code, on)
    matters = [matter for matter in MATTERS if matter != ANY_MATTER]
    context: dict[str, Any] = {
        "code": code,
        "name": version.name if version else code,
        "on": on,
        "posts": [_post_row(each) for each in posts],
        "signers": [
            {"matter": MATTERS[matter], "people": [_signer_row(each) for each in people]}
            for matter, people in signers_by_matter(code, matters, on=on).items()
        ],
    }
    if actions.may_edit(actor, code):
        initial = {"since": on, "last_day": on}
        context["post_form"] = bound.get("post") or PostForm(initial=initial)
        for kind, form in _OF_POSTS.items():
            context[f"{kind}_form"] = bound.get(kind) or form(posts=posts, initial=initial)
    return context


def _signer_row(signer: PostSigner) -> dict[str, str]:
    """The line as it stands above the signature: KT. CHỦ TỊCH."""
    line = f"{signer.prefix} {signer.signed_for}".strip().upper()
    return {"name": signer.person_name, "post": signer.post_name, "line": line}


def _post_row(each: PostOnDay) -> dict[str, Any]:
    holder = each.holder
    return {
        "name": each.post.name,
        "is_head": each.post.is_head,
        "holder": holder.person_name if holder else "",
        "source": holder.legal_source if holder else "",
        "powers": [
            {
                "matter": MATTERS.get(power.matter, power.matter),
                "ground": AUTHORITIES[Authority(power.authority)],
                "giver": power.granted_by.name if power.granted_by else "",
                "source": power.legal_source,
            }
            for power in each.powers
        ],
    }
