"""Long work outside the request: a thin door to Procrastinate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from procrastinate.contrib.django import app
from procrastinate.tasks import Task


@dataclass(frozen=True)
class Job:
    """Work that the worker does soon (việc chạy nền)."""

    task: Task[Any, Any, Any]

    def defer(self, **arguments: Any) -> None:
        """Ask for the work in the caller's transaction; arguments are JSON values."""
        self.task.defer(**arguments)


def job(*, name: str) -> Callable[[Callable[..., None]], Job]:
    """Declare a function as a job; the function must bear being run again."""

    def declare(function: Callable[..., None]) -> Job:
        return Job(app.task(name=name, pass_context=False)(function))

    return declare
