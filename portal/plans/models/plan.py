"""A plan: the dated checklist of one arrival, move or departure, and its steps."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.people.models import Assignment, Person, Site
from portal.plans.models.template import Template, TemplateStep
from portal.plans.models.words import DESKS, Owner, PlanKind, StepWords
from portal.plans.planning import WorkingDays
from portal.rules import RuledQuerySet


class PlanQuerySet(RuledQuerySet):
    def running(self):
        """Plans that are neither finished nor cancelled."""
        return self.filter(status=Plan.Status.RUNNING)


class Plan(models.Model):
    """Copied from templates when someone is hired, moves or leaves; editing it never touches the template."""

    class Status(models.TextChoices):
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")

    MOVES = {Status.RUNNING: {Status.DONE, Status.CANCELLED}, Status.DONE: {Status.RUNNING}, Status.CANCELLED: set()}

    kind = models.CharField(max_length=10, choices=PlanKind.choices)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="plans")
    assignment = models.ForeignKey(Assignment, null=True, blank=True, on_delete=models.SET_NULL, related_name="plans")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="plans")
    manager = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="plans_managed", verbose_name=_("manager"))
    buddy = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="plans_accompanied", verbose_name=_("buddy"))
    first_day = models.DateField(_("first day"))
    trial_ends_on = models.DateField(_("end of trial period"), null=True, blank=True)
    desk = models.CharField(_("desk and seat"), max_length=80, blank=True, help_text=_("Such as “2.14, by the window”."))
    templates = models.ManyToManyField(Template, related_name="plans", blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RUNNING, editable=False)
    quiet_until = models.DateField(null=True, blank=True, editable=False)  # until then desks see nothing of it: the news is not theirs yet
    cancelled_because = models.CharField(max_length=300, blank=True, editable=False)
    opened_at = models.DateTimeField(default=clock.now, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["first_day", "pk"]
        indexes = [models.Index(fields=["kind", "status", "first_day"])]
        constraints = [
            models.UniqueConstraint(fields=["kind", "assignment"], condition=Q(status="running"), name="one_running_plan_a_seat"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.person}"

    @property
    def is_departure(self) -> bool:
        """Whether its day is a last one."""
        return self.kind == PlanKind.DEPARTURE

    @property
    def days(self) -> WorkingDays:
        """The working days of the plan's site."""
        return WorkingDays(self.site.country)

    def today(self):
        """The day it is at the plan's site."""
        return clock.today(self.site.timezone)


def told() -> Q:
    """Steps whose owners may know of their plan today: a quiet plan is the manager’s, the People team’s and the person’s alone."""
    near = [Owner.HR, Owner.MANAGER, Owner.NEWCOMER]
    return Q(plan__quiet_until=None) | Q(plan__quiet_until__lte=clock.today()) | Q(role__in=near)


class StepQuerySet(RuledQuerySet):
    def waiting(self):
        """Steps to do, of plans that run and that their owners may know of."""
        return self.filter(told(), status=Step.Status.OPEN, plan__status=Plan.Status.RUNNING)

    def before_nine(self):
        """Mandatory steps due by the first day: what makes a first morning."""
        return self.filter(mandatory=True, due_on__lte=F("plan__first_day"))


class Step(StepWords):
    """One thing to do by someone by a day; what it says was copied, and is the plan's own from then on."""

    class Status(models.TextChoices):
        OPEN = "open", _("To do")
        DONE = "done", _("Done")
        SKIPPED = "skipped", _("Not needed")
        CANCELLED = "cancelled", _("Cancelled")

    MOVES = {
        Status.OPEN: {Status.DONE, Status.SKIPPED, Status.CANCELLED},
        Status.DONE: {Status.OPEN},
        Status.SKIPPED: {Status.OPEN},
        Status.CANCELLED: set(),
    }
    key = models.SlugField(max_length=60)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="steps")
    source = models.ForeignKey(TemplateStep, null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")
    template = models.ForeignKey(
        Template, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # outlives the source: a step it dropped is known
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="steps", verbose_name=_("owner"))
    due_on = models.DateField(_("due"))
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN, editable=False)
    equipment = models.CharField(max_length=12, blank=True)
    answers = models.JSONField(default=list, blank=True, editable=False)  # of a form: pairs of question and answer
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    escalated = models.PositiveSmallIntegerField(default=0, editable=False)  # 1 owner, 2 the owner's manager, 3 the People team

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "at", "pk"]
        indexes = [
            models.Index(fields=["status", "role", "due_on"]),
            models.Index(fields=["plan", "family", "status"]),
            models.Index(fields=["owner", "status", "due_on"]),
            models.Index(fields=["due_on", "at", "id"]),
        ]

    def __str__(self):
        return str(self.text)

    def get_absolute_url(self):
        return reverse("plans:step_detail", args=[self.pk])

    @property
    def of_a_desk(self) -> bool:
        return self.role in DESKS

    @property
    def leads_to(self) -> str:
        """The address behind `link`, with the reader's language and the person's own page filled in."""
        return self.link.replace("{lang}", (get_language() or "en")[:2]).replace("{me}", self.plan.person.slug) if self.link else ""

    @property
    def owner_label(self) -> str:
        """The desk, or the person who owns the step, or their role while nobody holds it."""
        if self.of_a_desk or self.owner is None:
            return self.get_role_display()
        return self.owner.display_name

    def days_late(self, today) -> int:
        """Whole days past the due day; 0 when done or in time."""
        return max((today - self.due_on).days, 0) if self.status == self.Status.OPEN else 0


class Desk(models.Model):
    """A desk that never signs in is written to: one mail a day with all its steps, each with a link."""

    role = models.CharField(_("desk"), max_length=12, choices=[(each.value, each.label) for each in DESKS])
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("site"), help_text=_("Empty: all sites."))
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=[("en", "English"), ("fr", "Français")], default="fr")

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["role", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["role", "site"], name="one_address_a_desk"),
            models.UniqueConstraint(fields=["role"], condition=Q(site=None), name="one_address_a_desk_of_all_sites"),
        ]

    def __str__(self):
        return f"{Owner(self.role).label}: {self.email}"
