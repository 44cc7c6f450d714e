"""Commands of the ledger: its anchors, proofs for others, rewriting, and a new beginning after a restored backup."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import click
from django.utils.translation import gettext as _

from congtam.foundation.anchors import (
    anchor_ledger,
    anchors_folder,
    begin_anew,
    leaf_of,
    leaves,
    read_anchors,
)
from congtam.foundation.cli_support import emit_json, fail, say
from congtam.foundation.domain.checkpoints import ORIGIN, CheckpointMalformed
from congtam.foundation.domain.roles import console_actor
from congtam.foundation.ledger_rewriting import rewrite_ledger
from congtam.foundation.models import AuditEntry, LedgerLeaf
from congtam.kernel.errors import DomainError
from congtam.kernel.merkle import inclusion_proof


@click.group("ledger")
def ledger_command() -> None:
    """Show anchors of the ledger and prove that a line is in it."""


@ledger_command.command("anchors")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document to standard output.")
def anchors(*, as_json: bool) -> None:
    """Anchor the ledger now and print every anchor: time, number of lines, root."""
    for fault in anchor_ledger():
        say(f"{fault.code}: {fault.fault}")
    try:
        rows = [
            {"at": each.at.isoformat(), "size": each.size, "root": b64encode(each.root).decode()}
            for each in read_anchors()
        ]
    except CheckpointMalformed:
        fail(_("The anchor file in {folder} is damaged.").format(folder=anchors_folder()))
    if as_json:
        emit_json(rows)
        return
    for row in rows:
        click.echo(f"{row['at']}  {row['size']:>9}  {row['root']}")


@ledger_command.command("prove")
@click.argument("key")
@click.option("--kind", default="dossier", show_default=True, help="Kind of subject.")
def prove(key: str, *, kind: str) -> None:
    """Print, as JSON, the lines about the subject KEY with the proof that each is in the last anchor."""
    if faults := anchor_ledger():
        fail("\n".join(f"{fault.code}: {fault.fault}" for fault in faults))
    anchor = read_anchors()[-1]
    entries = AuditEntry.objects.filter(kind=kind, key=key).order_by("pk")
    places = dict(LedgerLeaf.objects.filter(entry__in=entries.values("pk")).values_list("entry", "position"))
    if not entries:
        fail(_("The ledger has no line about {key}.").format(key=key))
    tree = [leaf_of(leaf.stream or "", leaf.number or 0, leaf.hash or "") for leaf in leaves()][: anchor.size]
    root = {"origin": ORIGIN, "size": anchor.size, "root": anchor.root.hex(), "at": anchor.at.isoformat()}
    lines = [
        _proof(entry, places[entry.pk] - 1, tree)
        for entry in entries
        if places.get(entry.pk, 0) in range(1, anchor.size + 1)
    ]
    emit_json({"anchor": root, "lines": lines})


def _proof(entry: AuditEntry, index: int, tree: list[bytes]) -> dict[str, Any]:
    return {
        "stream": entry.stream,
        "position": entry.position,
        "text": entry.text,
        "previous_hash": entry.previous_hash,
        "index": index,
        "proof": [part.hex() for part in inclusion_proof(tree, index)],
    }


@ledger_command.command("rewrite")
def rewrite() -> None:
    """Close streams with personal values of an earlier version and continue them without; `prepare` does it too."""
    try:
        streams = rewrite_ledger(actor=console_actor())
    except DomainError as error:
        fail(error.format_message(_))
    say(_("{count} streams rewritten.").format(count=len(streams)))


@ledger_command.command("begin-anew")
@click.confirmation_option(prompt="Put the anchor file aside and begin another?")
def begin() -> None:
    """Put the anchor file aside and begin another: only after a backup was restored."""
    begin_anew(actor=console_actor())
    for fault in anchor_ledger():
        say(f"{fault.code}: {fault.fault}")
    say(_("The earlier anchor file was kept in {folder}.").format(folder=anchors_folder()))
