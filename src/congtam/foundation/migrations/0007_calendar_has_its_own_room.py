"""The tables of the calendar belong to the work calendar; nothing moves in the database.

Locks: nothing.
Rewrites: nothing.
"""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0006_api_tokens_end'),
        ('work_calendar', '0001_initial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(
                    model_name='calendareffect',
                    name='change',
                ),
                migrations.DeleteModel(
                    name='CalendarDay',
                ),
                migrations.DeleteModel(
                    name='OfficeHoursRule',
                ),
                migrations.DeleteModel(
                    name='WorkingDay',
                ),
                migrations.DeleteModel(
                    name='CalendarChange',
                ),
                migrations.DeleteModel(
                    name='CalendarEffect',
                ),
            ],
        ),
    ]
