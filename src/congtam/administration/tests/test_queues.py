"""What waits and what fails: seen, tried again, given up."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from congtam.foundation.public import drain_outbox, publish, subscribe
from congtam.kernel.clock import FixedClock
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db
AuditEntry: Any = apps.get_model("foundation", "AuditEntry")
Notification: Any = apps.get_model("foundation", "Notification")
OutboxMessage: Any = apps.get_model("foundation", "OutboxMessage")
QUEUES = "/administration/queues/"
TOPIC = "administration.tests"


class Broken(Exception):
    """The handler of the tests fails until it is mended."""


@pytest.fixture
def failing(frozen_clock: FixedClock, db: None) -> Any:
    """A message whose handler fails, and the switch that mends it."""
    switch = {"is_broken": True, "heard": 0}

    @subscribe(TOPIC)
    def handle(messages: Any) -> None:
        if switch["is_broken"]:
            raise Broken("the shelf is full")
        switch["heard"] += len(messages)

    OutboxMessage.objects.filter(handled_at=None).delete()
    publish(TOPIC, "K-1", {})
    drain_outbox()
    yield switch
    switch["is_broken"] = False


def message() -> Any:
    return OutboxMessage.objects.get(topic=TOPIC)


def test_a_failing_message_is_shown_with_its_error_and_tried_again(
    failing: Any, administrator: Client
) -> None:
    page = administrator.get(QUEUES).content.decode()
    assert "Broken: the shelf is full" in page
    failing["is_broken"] = False
    drain_outbox()
    assert failing["heard"] == 0
    assert administrator.post(f"{QUEUES}outbox/retry/", {"id": message().pk}).status_code == 302
    drain_outbox()
    assert failing["heard"] == 1
    assert AuditEntry.objects.get(verb="outbox.retried").actor == "administrator"


def test_a_message_that_was_given_up_is_heard_no_more(failing: Any, administrator: Client) -> None:
    pk = message().pk
    assert administrator.post(f"{QUEUES}outbox/give_up/", {"id": pk}).status_code == 302
    failing["is_broken"] = False
    drain_outbox()
    assert failing["heard"] == 0
    assert administrator.post(f"{QUEUES}outbox/give_up/", {"id": pk}).status_code == 404


def test_a_message_that_does_not_fail_is_not_given_up(administrator: Client) -> None:
    publish("nobody.listens", "K-2", {})
    pk = OutboxMessage.objects.get(topic="nobody.listens").pk
    assert administrator.post(f"{QUEUES}outbox/give_up/", {"id": pk}).status_code == 404


@pytest.fixture
def failed_job(db: None) -> int:
    """A job that failed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts)"
            " VALUES ('default', 'imports.run', '{\"key\": \"i-1\"}', 'failed', 0) RETURNING id"
        )
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize(("action", "status"), [("retry", "todo"), ("give_up", "cancelled")])
def test_a_failed_job_is_run_again_or_given_up(
    *, administrator: Client, failed_job: int, action: str, status: str
) -> None:
    assert "imports.run" in administrator.get(QUEUES).content.decode()
    assert administrator.post(f"{QUEUES}jobs/{action}/", {"id": failed_job}).status_code == 302
    assert ProcrastinateJob.objects.get(pk=failed_job).status == status
    assert AuditEntry.objects.filter(kind="job", key=str(failed_job), actor="administrator").exists()
    assert administrator.post(f"{QUEUES}jobs/{action}/", {"id": failed_job}).status_code == 404


def test_a_mail_that_was_given_up_is_sent_again(frozen_clock: FixedClock, administrator: Client) -> None:
    mails = Notification.objects.filter(kind="test.mail")
    now = frozen_clock.now()
    mails.create(
        kind="test.mail",
        channel="email",
        address="my@example.vn",
        code="n-1",
        dedupe_key="1",
        subject_kind="task",
        subject_code="T-1",
        created_at=now,
        next_at=now,
        state="given_up",
        attempts=9,
        last_error="SMTPException: no such mailbox",
    )
    page = administrator.get(QUEUES).content.decode()
    assert "no such mailbox" in page
    assert "my@example.vn" not in page
    assert administrator.post(f"{QUEUES}mails/retry/", {"id": mails.get().pk}).status_code == 302
    assert mails.get().state == "waiting"
    assert administrator.post(f"{QUEUES}mails/give_up/", {"id": mails.get().pk}).status_code == 302
    assert mails.get().state == "given_up"
    verbs = AuditEntry.objects.filter(kind="notification").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["mail.retried", "mail.given_up"]


def test_only_administrators_do_it(
    *, failing: Any, failed_job: int, small_tree: None, cast: Cast, client_for: Any
) -> None:
    for part in ("clerk", "unit_head", "leader"):
        client = client_for(getattr(cast, part))
        assert client.get(QUEUES).status_code == 403
        assert client.post(f"{QUEUES}jobs/retry/", {"id": failed_job}).status_code == 403
    assert ProcrastinateJob.objects.get(pk=failed_job).status == "failed"


def test_an_unknown_action_is_not_found(administrator: Client) -> None:
    assert administrator.post(f"{QUEUES}jobs/delete/", {"id": 1}).status_code == 404
