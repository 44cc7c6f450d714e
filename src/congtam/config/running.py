"""`congtam run`: database, web server and worker in one command, all stopped together."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import IO, Final

import click
import psycopg
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import close_old_connections, connection
from django.utils.translation import gettext as _

from congtam.config.database import is_embedded, revive_database, start_database, use_started_database
from congtam.config.env import make_data_folder
from congtam.config.preparing import prepare
from congtam.config.supervision import FolderInUse, Supervisor, claim_folder
from congtam.config.warming import run_in_background, warm_figures
from congtam.demonstration import public as demonstration
from congtam.foundation.cli_support import fail, say
from congtam.foundation.public import OUTBOX_CHANNEL, apply_demonstration_clock, dispatch_once

_GRACE_SECONDS: Final = 15
_POLL_SECONDS: Final = 5.0
_SHORTEST_REST: Final = 1.2
_LONGEST_REST: Final = 1.4
_WORKER_NICENESS: Final = 5


def _web_command(port: int) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", str(settings.CONGTAM_WEB_WORKERS), "--blocking-threads", "2", "--log-level", "warning",
        "--workers-kill-timeout", "5", "congtam.config.wsgi:application",
    ]  # fmt: skip


@click.command()
@click.option(
    "--demo",
    "scenario",
    type=click.Choice(["", *demonstration.SCENARIOS]),
    is_flag=False,
    flag_value="",
    metavar="[SCENARIO]",
    help="Load the demonstration province first, if the database is empty: inspection or two-tier [inspection].",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=None,
    help="Port to listen on [CONGTAM_PORT, or 8000].",
)
def run_command(*, scenario: str | None, port: int | None) -> None:
    """Start the database, the web server and the worker; stop all with Ctrl-C."""
    chosen = port or settings.CONGTAM_PORT
    _claim = _claim_data_folder()
    _refuse_taken_port(chosen)
    os.environ["CONGTAM_PORT"] = str(chosen)  # the web server and the worker write links that lead here
    start_database()
    use_started_database()
    prepare()
    if scenario is not None:
        demonstration.load_if_empty(scenario)
    connection.close()
    supervisor = Supervisor(revive_database=revive_database if is_embedded() else None)
    supervisor.start(_("The web server"), _web_command(chosen))
    supervisor.start(_("The worker"), [sys.executable, "-m", "congtam", "worker"])
    _wait_until_serving(chosen, supervisor)
    _print_welcome(chosen)
    raise SystemExit(supervisor.run())


def _claim_data_folder() -> IO[str]:
    folder = settings.CONGTAM_DATA_DIR
    make_data_folder(folder)
    try:
        return claim_folder(folder)
    except FolderInUse as other:
        text = _(
            "Another `congtam run` (process {pid}) serves the data folder {folder}. Stop it, or set CONGTAM_DATA_DIR "
            "to another folder."
        )
        fail(text.format(pid=other.pid, folder=folder))


def _refuse_taken_port(port: int) -> None:
    import socket

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            fail(
                _(
                    "Port {port} is in use. Stop the program using it, or choose another port: "
                    "CONGTAM_PORT=8001 make run"
                ).format(port=port)
            )


def _wait_until_serving(port: int, supervisor: Supervisor) -> None:
    from urllib.error import URLError
    from urllib.request import urlopen

    address = f"http://127.0.0.1:{port}/accounts/login/"
    for _attempt in range(600):
        if any(child.poll() is not None for child in supervisor.children.values()):
            supervisor.stop()
            fail(_("The site did not start; see the lines above. Run `congtam doctor` for details."))
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    supervisor.stop()
    fail(_("The site did not answer within a minute."))


def _print_welcome(port: int) -> None:
    lines = ["\n  " + _("Công Tâm is ready:") + f"  http://localhost:{port}/\n"]
    accounts = demonstration.accounts()
    if accounts:
        if scenario := demonstration.loaded_scenario():
            lines.append(f"  {scenario.summary}\n")
        lines.append("  " + _("Demonstration accounts (synthetic data; never use them for real work):"))
        lines += [f"    {row.username:<16} {row.password:<16} {row.description}" for row in accounts]
        lines.append("")
    lines.append("  " + _("Ctrl-C stops everything.") + "\n")
    click.echo("\n".join(lines))


@click.command()
def worker_command() -> None:
    """Run the background worker alone: jobs, and the outbox."""
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        fail(_("The job queue is not set up on the database."))
    worker_connector = connector.get_worker_connector()
    os.nice(_WORKER_NICENESS)  # who waits before a screen goes first
    stop = threading.Event()
    listener = threading.Thread(target=follow_outbox, args=(stop,), name="outbox", daemon=True)
    listener.start()
    run_in_background(warm_figures)
    try:
        with app.replace_connector(worker_connector) as worker:
            worker.run_worker(
                concurrency=2, delete_jobs="successful", fetch_job_polling_interval=_POLL_SECONDS
            )
    finally:
        stop.set()
        listener.join(timeout=_GRACE_SECONDS)


def follow_outbox(stop: threading.Event) -> None:
    """Handle messages as they come: told by the database at once, and by looking every few seconds besides.

    After a pass it rests for a while even when more has come: fewer, larger batches, and the processors for the web.
    """
    while not stop.is_set():
        try:
            with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as listening:
                listening.execute(f"LISTEN {OUTBOX_CHANNEL}")
                while not stop.is_set():
                    close_old_connections()
                    # One pass answers all that has been said so far, however many messages said it.
                    for _notice in listening.notifies(timeout=0):
                        pass
                    began = time.monotonic()
                    apply_demonstration_clock()
                    if dispatch_once():
                        stop.wait(min(_LONGEST_REST, max(_SHORTEST_REST, time.monotonic() - began)))
                    for _notice in listening.notifies(timeout=_POLL_SECONDS, stop_after=1):
                        pass
        except (psycopg.Error, DatabaseError, OSError) as error:
            say(_("The worker cannot reach the database ({error}) and tries again.").format(error=error))
            stop.wait(2)
