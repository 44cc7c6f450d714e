"""Notices become notifications of the foundation, and tries are counted by its rate limits.

Locks: portal_notice and portal_attempt, which go.
Rewrites: nothing; portal_notice is copied to foundation_notification.
"""

from django.db import migrations

MOVE = """
INSERT INTO foundation_notification (
    code, state, attempts, created_at, next_at, done_at, last_error, kind, channel, username, address,
    subject_kind, subject_code, unit_code, data, dedupe_key)
SELECT gen_random_uuid()::text,
    CASE state WHEN 'sent' THEN 'done' WHEN 'failed' THEN 'dead' ELSE 'waiting' END,
    attempts, created_at, due_at, sent_at, last_error, 'portal.applicant', 'email', '', recipient,
    CASE WHEN left(verb, 7) = 'filing.' THEN 'filing' ELSE 'dossier' END, dossier_code, unit_code,
    jsonb_build_object('key', verb, 'state', dossier_state), source
FROM portal_notice ORDER BY id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0003_offer_form"),
        ("foundation", "0009_notifications_and_rate_limits"),
    ]
    # It writes the states of that time.
    run_before = [("foundation", "0011_delivery_states")]

    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.DeleteModel(name="Attempt"),
        migrations.DeleteModel(name="Notice"),
    ]
