"""Ties: one act between two people that both can see."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.people.models.person import Person
from portal.rules import RuledQuerySet


class Tie(models.Model):
    """Somebody helped somebody, or they say that they work together. Others see it while neither end hides it."""

    class Kind(models.TextChoices):
        """The whole list: a tie comes from nothing else, never from mail, sign-ins or reading."""

        WORKS_WITH = "works_with", _("Works with")
        MENTORING = "mentoring", _("Mentoring")
        ANSWER = "answer", _("Accepted answer")
        COMMUNITY = "community", _("Community in common")
        KUDOS = "kudos", _("Thanks")

    kind = models.CharField(_("what ties them"), max_length=12, choices=Kind.choices)
    giver = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ties_given")  # who helps, or who said it first
    receiver = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ties_received")
    source = models.CharField(max_length=60, blank=True)  # the act it comes from, in the words of the floor that declared it
    on = models.DateField(_("last said or done"), default=clock.today)
    # None: not asked yet or not answered; others see the tie once both are True, and no longer once one is False.
    giver_shows = models.BooleanField(_("shown by whoever helps"), null=True)
    receiver_shows = models.BooleanField(_("shown by whoever is helped"), null=True)

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["on"]), models.Index(fields=["-on", "-id"])]
        constraints = [
            models.UniqueConstraint(fields=["giver", "receiver", "kind", "source"], name="one_tie_for_each_act"),
            models.CheckConstraint(condition=~models.Q(giver=models.F("receiver")), name="a_tie_has_two_ends"),
        ]

    def __str__(self):
        return f"{self.giver} - {self.receiver}: {self.get_kind_display()}"

    def other(self, person: Person) -> Person:
        """The other end."""
        return self.receiver if self.giver_id == person.pk else self.giver

    def end_of(self, person: Person) -> str:
        """The name of the column by which `person` shows or hides this tie."""
        return "giver_shows" if self.giver_id == person.pk else "receiver_shows"

    def shown_by(self, person: Person) -> bool | None:
        return getattr(self, self.end_of(person))
