"""What the database itself guarantees: an append-only ledger, chained hashes, a shared cache table.

Locks: foundation_auditentry for an instant.
Rewrites: nothing.
"""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION foundation_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit ledger is append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON foundation_auditentry
    FOR EACH ROW EXECUTE FUNCTION foundation_refuse_change();
CREATE TRIGGER audit_never_truncated BEFORE TRUNCATE ON foundation_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION foundation_refuse_change();
"""

APPEND = """
CREATE FUNCTION foundation_append_audit(
    in_stream text, in_at timestamptz, in_actor text, in_verb text, in_kind text, in_key text, in_unit text,
    in_text text
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    last_position bigint;
    last_hash text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('audit:' || in_stream, 0));
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

CACHE = """
CREATE TABLE foundation_cache (
    cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL
);
CREATE INDEX foundation_cache_expires ON foundation_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE EXTENSION IF NOT EXISTS unaccent; CREATE EXTENSION IF NOT EXISTS pg_trgm; "
            "CREATE EXTENSION IF NOT EXISTS btree_gist;",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            APPEND_ONLY,
            "DROP TRIGGER audit_append_only ON foundation_auditentry; "
            "DROP TRIGGER audit_never_truncated ON foundation_auditentry; DROP FUNCTION foundation_refuse_change();",
        ),
        migrations.RunSQL(APPEND, "DROP FUNCTION foundation_append_audit;"),
        migrations.RunSQL(CACHE, "DROP TABLE foundation_cache;"),
    ]
