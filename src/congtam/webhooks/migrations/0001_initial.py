"""The tables of webhooks, made by the imports, belong to this room; nothing moves in the database.

Locks: nothing.
Rewrites: nothing.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('exchange', '0003_webhook_secrets'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Webhook',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.TextField(unique=True)),
                        ('name', models.TextField()),
                        ('url', models.TextField()),
                        ('topics', models.JSONField(default=list)),
                        ('unit_code', models.TextField(blank=True, default='')),
                        ('secret', models.TextField()),
                        ('previous_secrets', models.JSONField(blank=True, default=list)),
                        ('version', models.IntegerField(default=1)),
                        ('is_active', models.BooleanField(default=True)),
                        ('created_by', models.TextField()),
                        ('created_at', models.DateTimeField()),
                    ],
                    options={
                        'db_table': 'exchange_webhook',
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('url', ''), _negated=True)), name='exchange_webhook_complete')],
                    },
                ),
                migrations.CreateModel(
                    name='WebhookHost',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('host', models.TextField(unique=True)),
                        ('may_be_private', models.BooleanField(default=False)),
                        ('allowed_by', models.TextField()),
                        ('allowed_at', models.DateTimeField()),
                    ],
                    options={
                        'db_table': 'exchange_webhookhost',
                        'constraints': [models.CheckConstraint(condition=models.Q(('host', ''), _negated=True), name='exchange_webhook_host_given')],
                    },
                ),
                migrations.CreateModel(
                    name='WebhookDelivery',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.TextField(unique=True)),
                        ('message_id', models.BigIntegerField()),
                        ('topic', models.TextField()),
                        ('key', models.TextField(blank=True, default='')),
                        ('body', models.TextField()),
                        ('state', models.TextField(default='waiting')),
                        ('attempts', models.IntegerField(default=0)),
                        ('created_at', models.DateTimeField()),
                        ('next_at', models.DateTimeField()),
                        ('done_at', models.DateTimeField(blank=True, null=True)),
                        ('last_status', models.IntegerField(blank=True, null=True)),
                        ('last_answer', models.TextField(blank=True, default='')),
                        ('last_error', models.TextField(blank=True, default='')),
                        ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='webhooks.webhook')),
                    ],
                    options={
                        'db_table': 'exchange_webhookdelivery',
                        'indexes': [models.Index(models.F('webhook'), models.F('message_id'), condition=models.Q(('state', 'waiting')), name='exchange_webhook_waiting'), models.Index(models.F('webhook'), models.F('key'), name='exchange_webhook_by_key')],
                        'constraints': [models.UniqueConstraint(fields=('webhook', 'message_id'), name='exchange_webhook_delivery_once'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'done', 'dead'])), name='exchange_webhook_delivery_state_known')],
                    },
                ),
            ],
        ),
    ]
