"""What people hear: a changed site changes what day it is somewhere."""

from django.db.models.signals import post_delete, post_save

from portal.people.models import Site
from portal.people.models.employment import forget_zones

post_save.connect(forget_zones, sender=Site, dispatch_uid="people.forget_zones")
post_delete.connect(forget_zones, sender=Site, dispatch_uid="people.forget_zones_deleted")
