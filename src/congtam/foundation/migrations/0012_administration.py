"""What administrators need: accounts that know how often they were changed, and a ledger searched by person and time.

Accounts: three columns with constant defaults, for which PostgreSQL rewrites no row; the table is locked for a moment.
Ledger: two indexes, built while nobody writes to it (readers are not held up): some seconds for each million lines.

Locks: foundation_account for an instant, foundation_auditentry against writing while two indexes are built, some
    seconds for each million lines.
Rewrites: nothing.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("foundation", "0011_delivery_states")]

    operations = [
        migrations.AddField("account", "version", models.PositiveIntegerField(default=1)),
        migrations.AddField("account", "session_epoch", models.PositiveIntegerField(default=0)),
        migrations.AddField("account", "has_temporary_password", models.BooleanField(default=False)),
        migrations.AddIndex("auditentry", models.Index(fields=["actor", "at"], name="audit_entry_actor")),
        migrations.AddIndex("auditentry", models.Index(fields=["at", "id"], name="audit_entry_time")),
    ]
