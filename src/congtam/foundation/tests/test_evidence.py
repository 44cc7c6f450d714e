"""Evidence is attached piece by piece, withheld from who may not see it, frozen once, and compared with its digest."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from congtam.foundation import unused_files
from congtam.foundation.domain.evidence import frozen_digest, text_digest
from congtam.foundation.evidence import (
    EvidenceFrozen,
    EvidenceLine,
    FileEvidence,
    ReceiptEvidence,
    RowsEvidence,
    attach,
    freeze,
    frozen_piece,
    read_evidence,
)
from congtam.foundation.evidence_check import altered_evidence
from congtam.foundation.files import FileLimits, declare_file_kind, forget_file, store_file
from congtam.foundation.models import AuditEntry, EvidencePiece, StoredFile
from congtam.foundation.public import Actor, Grant, Role, clock, declare_references
from congtam.foundation.references import Ref, ReferenceKind
from congtam.kernel.errors import NotFound
from congtam.testing.registries import registered

pytestmark = pytest.mark.django_db

SUBJECT, SECRET, THING = Ref("thing", "campaign"), Ref("thing", "secret"), Ref("thing", "decision")
INSPECTOR = Actor(username="inspector", name="I", grants=(Grant(role=Role.INSPECTOR, unit_code="02"),))
READER = Actor(username="reader", name="R", grants=(Grant(role=Role.OBSERVER, unit_code="024"),))
OUTSIDER = Actor(username="outsider", name="O")
INSERT_PIECE = (
    "INSERT INTO foundation_evidencepiece"
    " (subject_kind, subject_code, position, form, ref, digest, text, clause, attached_by, attached_at)"
    " VALUES ('thing', 'campaign', 9, 'reference', 'thing:x', '', '', '', 'x', now())"
)
SWAP_FILE = (
    "UPDATE foundation_evidencepiece SET file_id ="
    " (SELECT id FROM foundation_storedfile WHERE name = 'other.txt') WHERE file_id IS NOT NULL"
)
RECEIPT = ReceiptEvidence(ref=SECRET, content={"value": 0.9532, "unit": "024"})


@pytest.fixture(autouse=True)
def things() -> Iterator[None]:
    """Things of which a reader does not see the secret one, and an outsider none."""

    def visible(actor: Actor, codes: Collection[str]) -> Mapping[str, str]:
        hidden = {"secret"} if actor.has_role(Role.OBSERVER) else set()
        return {code: code for code in set(codes) - hidden} if actor.grants else {}

    kind = ReferenceKind(kind="thing", visible=visible, label=str.title, url=lambda code: f"/{code}/")
    with registered(kind):
        yield


@pytest.fixture
def stored(warehouse_dir: object) -> StoredFile:
    declare_file_kind("minutes", FileLimits(size=1000, endings=(".txt",)))
    return store_file(
        b"minutes", name="minutes.txt", media_type="text/plain", kind="minutes", actor=INSPECTOR
    )


def rows(*keys: str) -> RowsEvidence:
    return RowsEvidence(ref=THING, fact="dossiers", data_version="7", keys=keys)


def test_pieces_are_listed_in_their_order(stored: StoredFile) -> None:
    attach(SUBJECT, THING, FileEvidence(stored=stored), clause="II.1", actor=INSPECTOR)
    attach(SUBJECT, RECEIPT, rows("b", "a"), actor=INSPECTOR)
    lines = read_evidence(SUBJECT, to=INSPECTOR).lines
    assert [(line.position, line.form, line.label, line.url, line.clause) for line in lines] == [
        (1, "reference", "Decision", "/decision/", "II.1"),
        (2, "file", "minutes.txt", "", "II.1"),
        (3, "receipt", "Secret", "/secret/", ""),
        (4, "rows", "Decision", "/decision/", ""),
    ]
    assert lines[1].digest == stored.digest
    assert lines[3].text == '{"count":2,"data_version":"7","fact":"dossiers"}'


def test_what_a_reader_may_not_see_is_withheld(stored: StoredFile) -> None:
    attach(SUBJECT, RECEIPT, FileEvidence(stored=stored, ref=SECRET), clause="III", actor=INSPECTOR)
    assert read_evidence(SUBJECT, to=READER).lines == (
        EvidenceLine(position=1, clause="III", is_withheld=True),
        EvidenceLine(position=2, clause="III", is_withheld=True),
    )


def test_evidence_of_a_hidden_subject_does_not_exist() -> None:
    attach(SECRET, THING, actor=INSPECTOR)
    for reader in (READER, OUTSIDER):
        with pytest.raises(NotFound):
            read_evidence(SECRET, to=reader)


@pytest.mark.parametrize("piece", [SECRET, RECEIPT], ids=["reference", "receipt"])
def test_nobody_attaches_what_they_cannot_see(piece: Ref | ReceiptEvidence) -> None:
    with pytest.raises(NotFound):
        attach(SUBJECT, piece, actor=READER)
    assert not EvidencePiece.objects.exists()


def test_frozen_evidence_takes_no_more() -> None:
    attach(SUBJECT, THING, actor=INSPECTOR)
    digest = freeze(SUBJECT, actor=INSPECTOR)
    with pytest.raises(EvidenceFrozen):
        attach(SUBJECT, THING, actor=INSPECTOR)
    assert freeze(SUBJECT, actor=INSPECTOR) == digest == read_evidence(SUBJECT, to=READER).digest
    assert [line.verb for line in AuditEntry.objects.filter(kind="evidence").order_by("pk")] == [
        "evidence.attached",
        "evidence.frozen",
    ]


@pytest.mark.usefixtures("frozen_clock")
def test_the_digest_names_every_piece_in_its_order() -> None:
    first, second, third = (Ref("thing", name) for name in ("one", "two", "three"))
    attach(first, rows("a"), rows("b"), actor=INSPECTOR)
    attach(second, rows("b"), rows("a"), actor=INSPECTOR)
    attach(third, rows("a"), rows("b"), clause="I", actor=INSPECTOR)
    assert len({freeze(subject, actor=INSPECTOR) for subject in (first, second, third)}) == 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE foundation_evidencepiece SET clause = 'other'",
        "DELETE FROM foundation_evidencepiece",
        INSERT_PIECE,
        "TRUNCATE foundation_evidencepiece",
        "UPDATE foundation_evidenceseal SET digest = ''",
        "DELETE FROM foundation_evidenceseal",
        "TRUNCATE foundation_evidenceseal",
    ],
)
def test_the_database_refuses_to_change_what_is_frozen(statement: str) -> None:
    attach(SUBJECT, THING, actor=INSPECTOR)
    freeze(SUBJECT, actor=INSPECTOR)
    refused = pytest.raises(DatabaseError, match=r"frozen|never changed")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE foundation_evidencepiece SET text = '{}'", "its evidence does not give its digest"),
        ("DELETE FROM foundation_evidencepiece", "its evidence does not give its digest"),
        ("UPDATE foundation_evidenceseal SET digest = 'x'", "its digest is not the one the ledger holds"),
        ("DELETE FROM foundation_evidenceseal", "the ledger holds its frozen evidence, but it is gone"),
    ],
)
def test_a_change_behind_the_triggers_is_found(statement: str, fault: str) -> None:
    attach(SUBJECT, RECEIPT, actor=INSPECTOR)
    freeze(SUBJECT, actor=INSPECTOR)
    assert list(altered_evidence()) == []
    alter(statement)
    assert [(found.code, found.fault) for found in altered_evidence()] == [("thing:campaign", fault)]


def alter(statement: str) -> None:
    """Change the database as somebody does who may drop its guards."""
    tables = ("foundation_evidencepiece", "foundation_evidenceseal", "foundation_auditentry")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


OF_PIECES = "its evidence is not what the ledger says was attached"


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (
            SWAP_FILE,
            "a file is not the one that was attached",
        ),
        (
            "UPDATE foundation_storedfile SET name = 'draft.txt' WHERE name = 'minutes.txt'",
            "a file is not the one that was attached",
        ),
        (
            "DELETE FROM foundation_auditentry WHERE verb = 'evidence.frozen'",
            "it is frozen, but the ledger holds no line of it",
        ),
        ("DELETE FROM foundation_auditentry WHERE verb = 'evidence.attached'", OF_PIECES),
        (
            "UPDATE foundation_auditentry SET text = 'none' WHERE verb = 'evidence.frozen'",
            "it is frozen, but the ledger holds no line of it",
        ),
    ],
    ids=["swapped file", "renamed file", "frozen line", "attached line", "unreadable line"],
)
def test_what_the_digest_leaves_out_is_compared(stored: StoredFile, statement: str, fault: str) -> None:
    store_file(b"other", name="other.txt", media_type="text/plain", kind="minutes", actor=INSPECTOR)
    attach(SUBJECT, FileEvidence(stored=stored), THING, actor=INSPECTOR)
    freeze(SUBJECT, actor=INSPECTOR)
    assert list(altered_evidence()) == []
    alter(statement)
    assert [(found.code, found.fault) for found in altered_evidence()] == [("thing:campaign", fault)]


@pytest.mark.parametrize("is_frozen", [False, True], ids=["open", "frozen"])
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM foundation_evidencepiece WHERE form = 'reference'",
        "DELETE FROM foundation_evidencepiece",
        "UPDATE foundation_evidencepiece SET ref = 'thing:other' WHERE form = 'reference'",
        "UPDATE foundation_evidencepiece SET clause = 'V'",
        "UPDATE foundation_evidencepiece SET text = '{}' WHERE form = 'rows'",
        "UPDATE foundation_evidencepiece SET attached_by = 'other'",
        INSERT_PIECE,
    ],
    ids=["one removed", "all removed", "reference", "clause", "rows", "by whom", "one more"],
)
def test_what_was_altered_before_the_freeze_is_found(statement: str, is_frozen: bool) -> None:
    attach(SUBJECT, THING, rows("a"), clause="II", actor=INSPECTOR)
    alter(statement)
    if is_frozen:
        freeze(SUBJECT, actor=INSPECTOR)
    assert [(found.code, found.fault) for found in altered_evidence()] == [("thing:campaign", OF_PIECES)]


def test_a_line_of_an_earlier_version_is_compared_by_what_it_holds() -> None:
    """Lines used to hold no digest of the text of a piece; what they hold is compared."""
    attach(SUBJECT, rows("a"), actor=INSPECTOR)
    alter(
        "UPDATE foundation_auditentry SET text = regexp_replace(text, ',\"text_digest\":\"[0-9a-f]+\"', '')"
    )
    assert "text_digest" not in AuditEntry.objects.get(kind="evidence").text
    assert list(altered_evidence()) == []


def test_no_digest_in_the_ledger_gives_the_name_of_a_file_away(stored: StoredFile) -> None:
    """Whoever guesses a name finds it in no line: digests of names are under a key of the subject."""
    attach(SUBJECT, FileEvidence(stored=stored), actor=INSPECTOR)
    frozen = freeze(SUBJECT, actor=INSPECTOR)
    (piece,) = EvidencePiece.objects.all()
    plain = frozen_piece(piece, key=None)
    guesses = {text_digest(piece.text), text_digest(stored.name), frozen_digest(SUBJECT, [plain])}
    lines = "".join(AuditEntry.objects.filter(kind="evidence").values_list("text", flat=True))
    assert not [guess for guess in {*guesses, stored.name} if guess in lines + frozen]
    alter("UPDATE foundation_storedfile SET name = 'other.txt'")
    alter("UPDATE foundation_evidencepiece SET text = replace(text, 'minutes.txt', 'other.txt')")
    assert [found.code for found in altered_evidence()] == ["thing:campaign"]


def test_evidence_frozen_by_an_earlier_version_still_holds(stored: StoredFile) -> None:
    attach(SUBJECT, FileEvidence(stored=stored), actor=INSPECTOR)
    (piece,) = EvidencePiece.objects.all()
    frozen = freeze(SUBJECT, actor=INSPECTOR)
    former = frozen_digest(SUBJECT, [frozen_piece(piece, key=None)])
    with_key, plain = ledger_text_digest(), text_digest(piece.text)
    alter(f"UPDATE foundation_evidenceseal SET digest = '{former}'")  # noqa: S608 - digits
    alter(f"UPDATE foundation_auditentry SET text = replace(text, '{with_key}', '{plain}')")  # noqa: S608 - digits
    alter(f"UPDATE foundation_auditentry SET text = replace(text, '{frozen}', '{former}')")  # noqa: S608 - digits
    assert list(altered_evidence()) == []


def ledger_text_digest() -> str:
    """What the ledger holds of the text of the only piece."""
    line = json.loads(AuditEntry.objects.get(verb="evidence.attached").text)
    digest: str = line["data"]["pieces"][0]["text_digest"]
    return digest


def test_an_attached_file_is_never_removed(stored: StoredFile) -> None:
    declare_references("minutes", "SELECT ''::text WHERE false")
    StoredFile.objects.update(stored_at=clock().now() - timedelta(days=30))
    attach(SUBJECT, FileEvidence(stored=stored), actor=INSPECTOR)
    assert unused_files.remove_unused() == 0
    forget_file(stored.digest, kind="minutes", stored_by=INSPECTOR.username)
    assert StoredFile.objects.filter(pk=stored.pk).exists()
