"""Seals the authenticator apps and recovery codes that were kept before they were sealed."""

from django.db import migrations

from portal import identity


def seal(apps, schema_editor):
    for factor in apps.get_model("mfa", "Authenticator").objects.filter(type__in=identity.SEALED):
        place = identity.SEALED[factor.type]
        factor.data[place] = identity.seal_factor(factor.data[place])
        factor.save(update_fields=["data"])


def open_again(apps, schema_editor):
    for factor in apps.get_model("mfa", "Authenticator").objects.filter(type__in=identity.SEALED):
        place = identity.SEALED[factor.type]
        factor.data[place] = identity.open_factor(factor.data[place])
        factor.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [("portal", "0004_webhooks"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [migrations.RunPython(seal, open_again)]
