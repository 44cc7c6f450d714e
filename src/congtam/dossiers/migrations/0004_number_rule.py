"""The rule of dossier numbers that holds until a later one is entered.

Locks: nothing.
Rewrites: nothing; adds one row to dossiers_numberrule.
"""

from django.db import migrations

PATTERN = "{agency}-{day}-{n:04}"
SOURCE = "NĐ 61/2018/NĐ-CP; TT 01/2018/TT-VPCP (mã định danh cơ quan, ngày, số thứ tự trong ngày)"


def enter(apps, schema_editor):
    rule = apps.get_model("dossiers", "NumberRule")
    if not rule.objects.exists():
        rule.objects.create(pattern=PATTERN, valid=(None, None), source=SOURCE)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0003_the_desk")]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
