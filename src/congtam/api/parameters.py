"""What a request may ask for besides its body (tham số truy vấn, điều kiện): nothing is passed over in silence."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja.operation import Operation

from congtam.api.problems import RequestRefused, error_response
from congtam.kernel.errors import InputRefused, Problem, msgid

Run = Callable[..., HttpResponse]
_VERSIONED: Final = "_congtam_versioned"


class NoVersions(RequestRefused):
    """If-Match at an address that does not heed it: the caller would rely on a condition nobody checks."""

    code = "if_match_not_heeded"
    message = msgid("This endpoint does not support If-Match. Remove the header.")


def reject_unknown_parameters(run: Run) -> Run:
    """Refuse parameters nobody knows or that come twice: what they should have left out would be in the answer."""
    operation: Operation = run.__self__  # type: ignore[attr-defined]
    allowed, is_versioned = query_parameters(operation), is_if_match_allowed(operation.view_func)

    @functools.wraps(run)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_versioned and request.headers.get("If-Match", "*") != "*":
            return error_response(NoVersions())
        problems = list(_parameter_problems(request, allowed)) if request.GET else []
        return error_response(InputRefused(problems)) if problems else run(request, *args, **kwargs)

    return wrapped


def query_parameters(operation: Operation) -> dict[str, bool]:
    """The parameters an operation knows, and whether each may come several times."""
    models: Any = [model for model in operation.models if model.__ninja_param_source__ == "query"]
    return {
        name: name in getattr(model, "__ninja_collection_fields__", ())
        for model in models
        for name in getattr(model, "__ninja_flatten_map__", None) or model.model_fields
    }


def _parameter_problems(request: HttpRequest, allowed: dict[str, bool]) -> Iterator[Problem]:
    for name, values in sorted(request.GET.lists()):
        details: dict[str, Any] = {"data": {"name": name[:100]}, "column": name[:100]}
        if name not in allowed:
            yield Problem(
                code="filter_unknown",
                message=msgid("There is no filter “{name}”."),
                advice=msgid("Remove it, or look up the correct name in the API reference."),
                **details,
            )
        elif len(values) > 1 and not allowed[name]:
            yield Problem(
                code="filter_repeated",
                message=msgid("The filter “{name}” is used more than once."),
                advice=msgid("Send it once; make a separate request for each value."),
                **details,
            )


def allow_if_match(view: Run) -> Run:
    """Mark a view that heeds If-Match; at every other it is refused, for it would be a condition nobody checks."""
    setattr(view, _VERSIONED, True)
    return view


def is_if_match_allowed(view: Run) -> bool:
    """Whether a view heeds If-Match."""
    return bool(getattr(view, _VERSIONED, False))
