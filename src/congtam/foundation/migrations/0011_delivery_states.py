"""The states of a notification are waiting, sent and given_up in the database as in the program.

Locks foundation_notification until it is done: rewrites every row that was sent or given up, and checks all rows once.

Locks: foundation_notification until it ends.
Rewrites: foundation_notification: rows that were sent or given up.
"""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q

MODEL = "notification"
RENAME = """
UPDATE foundation_notification SET state = CASE state WHEN 'done' THEN 'sent' ELSE 'given_up' END
WHERE state IN ('done', 'dead')
"""
RENAME_BACK = """
UPDATE foundation_notification SET state = CASE state WHEN 'sent' THEN 'done' ELSE 'dead' END
WHERE state IN ('sent', 'given_up')
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0010_constraint_names")]

    operations = [
        migrations.RemoveConstraint(MODEL, "notification_state_known"),
        migrations.RemoveConstraint(MODEL, "notification_sent_has_time"),
        migrations.RunSQL(RENAME, RENAME_BACK),
        migrations.AddConstraint(
            MODEL,
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sent", "given_up"]), name="notification_state_valid"
            ),
        ),
        migrations.AddConstraint(
            MODEL,
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(done_at__isnull=False), name="notification_sent_has_time"
            ),
        ),
    ]
