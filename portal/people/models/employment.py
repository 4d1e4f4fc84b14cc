"""When and where people work here: employees, the seats they hold, and the duties given to them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal import clock, roles
from portal.languages import Bilingual
from portal.people.models.person import Person
from portal.people.models.place import Site, Team
from portal.rules import RuledQuerySet


class Contract(models.TextChoices):
    PERMANENT = "permanent", _("Permanent")
    FIXED_TERM = "fixed_term", _("Fixed term")
    APPRENTICESHIP = "apprenticeship", _("Apprenticeship")
    INTERNSHIP = "internship", _("Internship")
    FREELANCE = "freelance", _("Freelance")
    TEMPORARY = "temporary", _("Temporary work")


def started(prefix: str = "") -> Q:
    """Seats whose first day has come, by their own site's date. `prefix` is the path to the assignment ("employee__assignments__")."""
    return _by_site(prefix, lambda day: Q(**{f"{prefix}started_on__lte": day}))


def current(prefix: str = "") -> Q:
    """Seats held today, by their own site's date."""
    return _by_site(
        prefix,
        lambda day: Q(**{f"{prefix}started_on__lte": day}) & (Q(**{f"{prefix}ended_on": None}) | Q(**{f"{prefix}ended_on__gte": day})),
    )


def coming(prefix: str = "") -> Q:
    """Seats whose first day is still to come."""
    return _by_site(prefix, lambda day: Q(**{f"{prefix}started_on__gt": day}))


def _by_site(prefix: str, of_day) -> Q:
    """`of_day` for each date that it is now somewhere we work: one plain Q on most hours, one per date else."""
    zones = _zones()
    here = clock.today()
    days = {zone: clock.today(zone) for zone in set(zones.values())}
    elsewhere = {day: sorted(site for site, zone in zones.items() if days[zone] == day) for day in sorted(set(days.values())) if day != here}
    if not elsewhere:
        return of_day(here)
    # Sites by their keys: a join to ask for their zones costs every rule a millisecond of planning.
    # A site this process has not heard of yet (just opened) lives the organisation's own date, never none.
    whole = ~Q(**{f"{prefix}site__in": sorted(site for sites in elsewhere.values() for site in sites)}) & of_day(here)
    for day, sites in elsewhere.items():
        whole = whole | (Q(**{f"{prefix}site__in": sites}) & of_day(day))
    return whole


_known_zones: dict[int, str] | None = None


def _zones() -> dict[int, str]:
    """The time zone of each site, remembered until a site changes (receivers.py forgets them)."""
    global _known_zones
    if _known_zones is None:
        _known_zones = dict(Site.objects.values_list("pk", "timezone"))
    return _known_zones


def forget_zones(**kwargs) -> None:
    """A site changed: ask again."""
    global _known_zones
    _known_zones = None


def notice_site(site: Site) -> None:
    """Another process may have opened or moved `site`: whoever meets it notices."""
    if _known_zones is not None and _known_zones.get(site.pk) != site.timezone:
        forget_zones()


class ToldTo(models.TextChoices):
    """Who may know a last day before it has come; from the morning after on, everybody sees that the seat is empty."""

    NEAR = "near", _("The manager and the People team")
    TEAM = "team", _("The team as well")
    COLLEAGUES = "colleagues", _("All colleagues")


class Employee(models.Model):
    """The working relation of a person with the company; a return is a new assignment on the same employee."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="employee")
    number = models.CharField(_("employee number"), max_length=40, unique=True)
    contract = models.CharField(_("contract"), max_length=20, choices=Contract.choices, default=Contract.PERMANENT)
    joined_on = models.DateField(_("first day"))
    trial_ends_on = models.DateField(_("end of trial period"), null=True, blank=True)
    left_on = models.DateField(_("last day"), null=True, blank=True)
    end_told_to = models.CharField(_("who may know the last day"), max_length=10, choices=ToldTo.choices, default=ToldTo.COLLEAGUES, editable=False)

    objects = RuledQuerySet.as_manager()

    class Meta:
        ordering = ["number"]

    def __str__(self):
        return f"{self.person} ({self.number})"


class AssignmentQuerySet(RuledQuerySet):
    def current(self):
        """The seats held today."""
        return self.filter(current())

    def coming(self):
        """The seats whose first day is still to come."""
        return self.filter(coming())


class Assignment(models.Model):
    """Who holds which seat, in which team, from when to when."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="assignments")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="assignments")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="assignments")
    job = models.ForeignKey("people.JobDescription", null=True, blank=True, on_delete=models.SET_NULL, related_name="assignments")
    title_en = models.CharField(_("title in English"), max_length=120)
    title_fr = models.CharField(_("title in French"), max_length=120, blank=True)
    manager = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports")
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("to"), null=True, blank=True)
    main = models.BooleanField(_("main seat"), default=True)

    title = Bilingual("title")
    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["-main", "-started_on", "pk"]
        indexes = [models.Index(fields=["employee", "started_on", "ended_on"]), models.Index(fields=["team", "ended_on"])]
        constraints = [
            models.CheckConstraint(condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="assignment_ends_after_start"),
        ]

    def __str__(self):
        return f"{self.employee.person}, {self.title}"


class Grant(models.Model):
    """A duty given to a person, for one site or for all: People team, IT desk, recruiter …"""

    DUTIES = [
        (roles.HR, _("People team")),
        (roles.HR_ADMIN, _("People team administrator")),
        (roles.RECRUITER, _("Recruiter")),
        (roles.IT, _("IT desk")),
        (roles.FACILITIES, _("Facilities desk")),
        (roles.SECURITY, _("Security desk")),
        (roles.PAYROLL, _("Payroll")),
        (roles.OPERATOR, _("Operator")),
    ]
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    duty = models.CharField(_("duty"), max_length=20, choices=DUTIES)
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("site"), help_text=_("Empty: all sites."))

    objects = RuledQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "duty", "site"], name="one_grant_each"),
            models.UniqueConstraint(fields=["person", "duty"], condition=models.Q(site=None), name="one_grant_of_all_sites"),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_duty_display()}"
