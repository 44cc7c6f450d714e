"""A draft stores what its form asked.

Locks: portal_draft for an instant.
Rewrites: nothing.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='asked',
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
