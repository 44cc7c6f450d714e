"""One order over all lines of the ledger, and streams that continue others.

Makes two tables and replaces the function that appends; locks and rewrites nothing that is there.

Locks: nothing that is there.
Rewrites: nothing.
"""

from django.db import migrations, models

BEFORE = "PERFORM pg_advisory_xact_lock(hashtextextended('audit:' || in_stream, 0));"
FOLLOW = """
    in_stream := coalesce(
        (SELECT successor FROM foundation_ledgersuccession WHERE stream = in_stream), in_stream);"""
APPEND = """
CREATE OR REPLACE FUNCTION foundation_append_audit(
    in_stream text, in_at timestamptz, in_actor text, in_verb text, in_kind text, in_key text, in_unit text,
    in_text text
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    last_position bigint;
    last_hash text;
BEGIN
    {beginning}
    SELECT position, hash INTO last_position, last_hash FROM foundation_auditentry
        WHERE stream = in_stream ORDER BY position DESC LIMIT 1;
    last_position := coalesce(last_position, 0) + 1;
    last_hash := coalesce(last_hash, repeat('0', 64));
    INSERT INTO foundation_auditentry
        (stream, position, at, actor, verb, kind, key, unit_code, text, previous_hash, hash)
    VALUES (in_stream, last_position, in_at, in_actor, in_verb, in_kind, in_key, in_unit, in_text, last_hash,
        encode(sha256(convert_to(last_hash || E'\\n' || in_text, 'UTF8')), 'hex'));
    RETURN last_position;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0014_person_keys")]
    operations = [
        migrations.CreateModel(
            name="LedgerLeaf",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("entry", models.BigIntegerField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="LedgerSuccession",
            fields=[
                ("stream", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("successor", models.CharField(max_length=80, unique=True)),
                ("head", models.CharField(max_length=64)),
                ("size", models.BigIntegerField()),
                ("closed_at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(APPEND.format(beginning=BEFORE + FOLLOW), APPEND.format(beginning=BEFORE)),
    ]
