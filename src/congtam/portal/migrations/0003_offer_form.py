"""A supplement sent online has a form.

Locks: portal_supplementoffer for an instant.
Rewrites: nothing.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0002_draft_asked'),
    ]

    operations = [
        migrations.AddField(
            model_name='supplementoffer',
            name='form',
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
