"""What an account stored on a day is summed at each upload: an index; writing files waits while it is built.

Locks: foundation_storedfile against writing while an index is built.
Rewrites: nothing.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Nothing is rewritten."""

    dependencies = (("foundation", "0016_sign_in_privileged_tokens"),)

    operations = (
        migrations.AddIndex(
            model_name="storedfile",
            index=models.Index(fields=["stored_by", "stored_at"], name="stored_file_by_day"),
        ),
    )
