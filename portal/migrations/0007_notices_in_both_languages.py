"""Notices in both languages: what was told stays in the language it was told in."""

from django.db import migrations, models


def to_its_language(apps, schema_editor):
    notices = apps.get_model("portal", "Notice").objects.filter(language="fr")
    notices.update(text_fr=models.F("text_en"), text_en="")


def back(apps, schema_editor):
    notices = apps.get_model("portal", "Notice").objects.filter(text_en="")
    notices.update(text_en=models.F("text_fr"), language="fr")


class Migration(migrations.Migration):

    dependencies = [("portal", "0006_given_up_is_said")]

    operations = [
        migrations.RenameField("notice", "text", "text_en"),
        migrations.AlterField("notice", "text_en", models.CharField("text in English", blank=True, max_length=300)),
        migrations.AddField("notice", "text_fr", models.CharField("text in French", blank=True, max_length=300)),
        migrations.RunPython(to_its_language, back),
        migrations.RemoveField("notice", "language"),
    ]
