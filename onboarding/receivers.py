"""What arrivals hear: someone was hired, a hire was undone, a colleague took a new seat."""

from django.dispatch import receiver

from onboarding import transitions
from portal.lifecycle import hired, moved, unhired


@receiver(hired, dispatch_uid="onboarding.welcome")
def welcome(sender, employee, by, address="", **kwargs):
    transitions.welcome(employee, by=by, address=address)


@receiver(unhired, dispatch_uid="onboarding.call_off")
def call_off(sender, employee, by, **kwargs):
    transitions.call_off(employee, by=by)


@receiver(moved, dispatch_uid="onboarding.settle")
def settle(sender, assignment, by, **kwargs):
    transitions.settle(assignment, by=by)
