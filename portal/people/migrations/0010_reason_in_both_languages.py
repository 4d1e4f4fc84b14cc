"""Why a seat is open in both languages: what was written stays, in the language one works in there."""

from django.db import migrations, models


def to_its_language(apps, schema_editor):
    openings = apps.get_model("people", "Opening").objects.filter(work_language="en").exclude(reason_fr="")
    openings.update(reason_en=models.F("reason_fr"), reason_fr="")


def back(apps, schema_editor):
    apps.get_model("people", "Opening").objects.filter(reason_fr="").update(reason_fr=models.F("reason_en"))


class Migration(migrations.Migration):

    dependencies = [("people", "0009_quick_pages")]

    operations = [
        migrations.RenameField("opening", "reason", "reason_fr"),
        migrations.AlterField("opening", "reason_fr", models.CharField("why this seat is open, in French", blank=True, max_length=200)),
        migrations.AddField("opening", "reason_en", models.CharField("why this seat is open, in English", blank=True, max_length=200)),
        migrations.RunPython(to_its_language, back),
    ]
