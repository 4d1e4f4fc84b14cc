"""What people hear: a changed site changes what day it is somewhere; a duty given or taken is logged."""

from django.db.models.signals import post_delete, post_save

from portal import audit
from portal.people.models import Grant, Site
from portal.people.models.employment import forget_zones

post_save.connect(forget_zones, sender=Site, dispatch_uid="people.forget_zones")
post_delete.connect(forget_zones, sender=Site, dispatch_uid="people.forget_zones_deleted")


def duty_given(sender, instance, created, **kwargs):
    """Signals rather than a page's own words: a duty given by an import or a command is logged too."""
    audit.record("duty.given" if created else "duty.changed", on=instance.person, duty=instance.duty, site=instance.site_id)


def duty_taken(sender, instance, **kwargs):
    audit.record("duty.taken", on=instance.person, duty=instance.duty, site=instance.site_id)


post_save.connect(duty_given, sender=Grant, dispatch_uid="people.duty_given")
post_delete.connect(duty_taken, sender=Grant, dispatch_uid="people.duty_taken")
