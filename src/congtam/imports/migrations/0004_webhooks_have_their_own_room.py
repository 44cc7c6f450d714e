"""The tables of webhooks belong to a room of their own; nothing moves in the database.

Locks: nothing.
Rewrites: nothing.
"""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0003_webhook_secrets'),
        ('webhooks', '0001_initial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='webhookdelivery',
                    name='webhook',
                ),
                migrations.DeleteModel(
                    name='WebhookHost',
                ),
                migrations.DeleteModel(
                    name='Webhook',
                ),
                migrations.DeleteModel(
                    name='WebhookDelivery',
                ),
            ],
        ),
    ]
