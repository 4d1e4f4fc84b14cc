"""Steps of plans that run are told which template they were copied from, as far as it still holds them."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def name(apps, schema_editor):
    step, source = apps.get_model("plans", "Step"), apps.get_model("plans", "TemplateStep")
    template = source.objects.filter(pk=OuterRef("source_id")).values("template_id")[:1]
    step.objects.filter(source__isnull=False, template=None).update(template_id=Subquery(template))


class Migration(migrations.Migration):
    dependencies = [("plans", "0006_steps_know_their_template")]
    operations = [migrations.RunPython(name, migrations.RunPython.noop)]
