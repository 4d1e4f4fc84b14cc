"""How long applications are kept: three months after the end unless the person agreed to more; and what each is handed."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import clock, privacy
from portal.people import standing
from recruitment import erasing
from recruitment.models import Application, Draft, LinkRequest
from recruitment.models.application import KEPT_AFTER_END
from recruitment.tasks import DRAFTS_LAST, forget


def erase_each(applications) -> None:
    for application in applications.select_related("person", "cv"):
        erasing.erase(application)


@privacy.keep(
    "applications",
    Application,
    event=_("our answer, or the withdrawal"),
    period=_("three months, or as long as the person agreed to hear of other jobs"),
    action=privacy.ERASE,
    basis=_("steps before a contract; consent for the talent pool"),
    purpose=_("choose somebody for a job, and explain the answer"),
    recipients=_("the recruiter, the hiring manager, the People team of the site"),
    act=erase_each,
)
def applications_due(moment):
    over = Q(pool_until=None) | Q(pool_until__lt=clock.day(moment))
    return Application.objects.filter(over, status__in=Application.ENDED, ended_at__lt=moment - KEPT_AFTER_END)


@privacy.keep(
    "drafts of applications",
    Draft,
    event=_("the last word written"),
    period=_("30 days"),
    action=privacy.ERASE,
    basis=_("steps before a contract"),
    purpose=_("let somebody finish later"),
    recipients=_("nobody: only who has the private link"),
    act=forget,
)
def drafts_due(moment):
    return Draft.objects.filter(saved_at__lt=moment - DRAFTS_LAST)


@privacy.keep(
    "lost links",
    LinkRequest,
    event=_("the request was answered"),
    period=_("one day"),
    action=privacy.ERASE,
    basis=_("legitimate interest"),
    purpose=_("send a private link again"),
    recipients=_("nobody"),
)
def links_due(moment):
    return LinkRequest.objects.filter(handled_at__lt=moment - timedelta(days=1))


@privacy.claim
def applies(person):
    """Whoever has an application that may not go yet."""
    kept = person.applications.exclude(pk__in=applications_due(clock.now()).values("pk")).order_by("-submitted_at").first()
    return (_("application in process, or lately answered"), None) if kept else None


@privacy.eraser
def forget_person(person) -> None:
    for application in person.applications.select_related("person", "cv"):
        erasing.erase(application)


@privacy.exporter("applications", _("My applications"))
def applications(user):
    person = standing.of(user).person
    found = person.applications.select_related("stage", "advert", "person", "cv") if person else []
    return [[privacy.fact(key, key.replace("_", " ").capitalize(), value) for key, value in erasing.everything(application).items()] for application in found]
