"""Keys of persons, and digests under them in SQL.

Makes a table and three functions; locks and rewrites nothing that is there.

Locks: nothing that is there.
Rewrites: nothing.
"""

from django.db import migrations, models

# HMAC-SHA-256 without pgcrypto, which needs OpenSSL: PostgreSQL has sha256, and XOR for strings of bits.
HMAC = """
CREATE FUNCTION foundation_hmac(key bytea, message text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT encode(sha256(
        substring(bit_send(pad.block # ('x' || repeat('5c', 64))::bit(512)) FROM 5)
        || sha256(
            substring(bit_send(pad.block # ('x' || repeat('36', 64))::bit(512)) FROM 5)
            || convert_to(message, 'UTF8'))), 'hex')
    FROM (SELECT ('x' || rpad(encode(key, 'hex'), 128, '0'))::bit(512) AS block) AS pad
$$;
"""

# Two random identifiers hold 244 bits from the operating system; a digest of them is a key.
KEY = """
CREATE FUNCTION foundation_person_key(in_ref text) RETURNS bytea LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM foundation_personkey WHERE ref = in_ref) THEN
        INSERT INTO foundation_personkey (ref, key, created_at) VALUES (
            in_ref, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), clock_timestamp())
            ON CONFLICT (ref) DO NOTHING;
    END IF;
    RETURN (SELECT key FROM foundation_personkey WHERE ref = in_ref);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0013_demonstration_clock")]
    operations = [
        migrations.CreateModel(
            name="PersonKey",
            fields=[
                ("ref", models.CharField(max_length=160, primary_key=True, serialize=False)),
                ("key", models.BinaryField(null=True)),
                ("created_at", models.DateTimeField()),
                ("destroyed_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("destroyed_at__isnull", True), ("key__isnull", False)),
                            models.Q(("destroyed_at__isnull", False), ("key__isnull", True)),
                            _connector="OR",
                        ),
                        name="person_key_or_destroyed",
                    )
                ]
            },
        ),
        migrations.RunSQL(HMAC, "DROP FUNCTION foundation_hmac"),
        migrations.RunSQL(KEY, "DROP FUNCTION foundation_person_key"),
    ]
