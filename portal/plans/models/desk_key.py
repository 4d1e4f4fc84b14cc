"""The key by which a desk's own system calls to say that a step is done; its secret is sealed and was shown once."""

import secrets

from django.db import models

from portal import clock
from portal.plans.models.plan import Desk
from portal.rules import RuledQuerySet


def new_name() -> str:
    return f"desk-{secrets.token_hex(6)}"


class DeskKey(models.Model):
    """One key a desk: `name` stands in the address of the call, the secret signs it."""

    desk = models.OneToOneField(Desk, on_delete=models.CASCADE, related_name="call_key")
    name = models.SlugField(max_length=20, unique=True, default=new_name, editable=False)
    token = models.TextField(editable=False)
    key_id = models.CharField(max_length=16, editable=False, db_index=True)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    used_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RuledQuerySet.as_manager()

    def __str__(self):
        return self.name
