"""My steps on the home page, and the desks' entries of the masthead."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal import clock, navigation, roles
from portal.people import standing
from portal.plans.lines import line
from portal.plans.models import Step
from portal.plans.permissions import HARDWARE, HR, desks_of
from portal.sections import section

SHOWN = 5


def _has_desk(user) -> bool:
    return bool(desks_of(user) - {roles.HR})


navigation.enter(_("My desk"), "plans:desk", icon="inbox", order=22, shown_to=_has_desk, covers=("/plans/desk/", "/plans/steps/"))
navigation.enter(
    _("Equipment"), "plans:unit_list", icon="laptop", order=70, shown_to=lambda user: roles.has(user, *HARDWARE, *HR), covers=("/plans/equipment/",)
)
navigation.enter(
    _("Plan templates"), "plans:template_list", icon="list-checks", order=71, shown_to=lambda user: roles.has(user, *HR), covers=("/plans/templates/",)
)


@section("home.desk", "plans/_home_steps.html", order=15)
def my_steps(request, subject):
    """The steps I own in the plans of others, the next ones first."""
    me = standing.of(request.user)
    if not me.is_colleague:
        return None
    today = clock.today(me.seats[0].site.timezone)
    mine = Step.objects.waiting().filter(owner=me.person).exclude(plan__person=me.person)
    tally = mine.aggregate(all=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
    if not tally["all"]:
        return None
    steps = mine.select_related("plan__person", "plan__site", "owner").order_by("due_on", "pk")[:SHOWN]
    return {"lines": [line(step, today) for step in steps], "all": tally["all"], "waiting": tally["late"], "url": reverse("plans:step_list")}
