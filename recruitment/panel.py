"""The panel on a candidate: its convening, who may not sit, what it reads, and what its answer allows."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import audit, rules
from portal.moves import MoveRefused, locked, remember
from portal.panels import convening, kinds
from portal.panels import transitions as panels
from portal.panels.models import Panel
from portal.people.models import Person
from recruitment.models import Application, Stage

KIND = "recruitment.application"
OVER = (Panel.Status.DECIDED, Panel.Status.CANCELLED)


def latest(application: Application) -> Panel | None:
    """The panel that sits or has answered; one that was stopped is forgotten."""
    return panels.of(application).exclude(status=Panel.Status.CANCELLED).first()


def sitting(application: Application) -> Panel | None:
    """The panel that sits and has not answered."""
    return panels.of(application).exclude(status__in=OVER).first()


def may_convene(application: Application, convened: Panel | None) -> bool:
    """Whether the next act may be a panel: in process, the name shown, none `convened`."""
    return application.status == Application.Status.ACTIVE and not application.is_blind and convened is None


def found(application: Application):
    """The lines the candidate reads: a summary for each criterion, once the panel has decided."""
    decided = panels.outcome(application)
    return list(decided.criteria.all()) if decided else []


def demand(application: Application, decision: str) -> None:
    """Raise MoveRefused when the panel forbids this answer: it sits, it said otherwise, or the stage promises one and there is none."""
    panel = latest(application)
    if panel is None:
        if decision == Panel.Decision.GO and application.stage.who == Stage.Who.PANEL:
            raise MoveRefused(_("This step promises that a panel decides: convene it first."))
    elif panel.status != Panel.Status.DECIDED:
        raise MoveRefused(_("The panel has not answered yet."))
    elif panel.decision != decision:
        raise MoveRefused(_("The panel said yes.") if panel.decision == Panel.Decision.GO else _("The panel said no."))


def convene(application_id: int, *, by, hr: Person, rule: str, deadline: date) -> Panel:
    """Open the panel on a candidate whose name is shown: criteria of the description, three colleges, blind ballots."""
    with transaction.atomic():
        application = locked(Application, application_id, by, "recruitment.move_application")
        opening = application.opening
        if application.status != Application.Status.ACTIVE or application.is_blind:
            raise MoveRefused(_("A panel sits on an application in process, once the name is shown."))
        if latest(application):
            raise MoveRefused(_("A panel was convened already."))
        made = panels.open(
            KIND,
            application,
            about=application.person,
            hr=hr,
            manager=opening.hiring_manager,
            team=opening.team,
            criteria=convening.criteria_of(opening.job),
            rule=rule,
            deadline=convening.closing(opening, deadline),
            by=by,
        )
        remember(application, "convened", by=by, after=deadline.isoformat())
    return made


def stop(application_id: int, *, by) -> Application:
    """The panel is stopped before its answer, and its ballots go; another may be convened."""
    with transaction.atomic():
        application = locked(Application, application_id, by, "recruitment.move_application")
        if panels.cancel(application, by=by):
            remember(application, "panel_stopped", by=by)
    return application


def conflict(application: Application, person: Person) -> str | None:
    """Why `person` may not sit, or None."""
    if application.person_id == person.pk or Application.objects.filter(person=person, opening=application.opening_id).exists():
        return _("%(name)s is too close to this job to sit on its panel.") % {"name": person.display_name}
    return None


def gather(application: Application) -> dict:
    """The file a panel reads: answers, experience, the words of the CV, what was seen. Reading the CV is logged."""
    request = audit.present_request.get()
    reader = getattr(request, "user", None)
    cv, signed_in = application.cv, reader is not None and reader.is_authenticated
    if cv and signed_in:
        audit.record("cv.read", by=reader, on=cv, request=request)
    return {
        "application": application,
        "opening": application.opening,
        "answers": application.answers.all(),
        "seen": application.seen.all(),
        "cv": cv,
        "link": application.get_absolute_url() if signed_in and rules.may(reader, "recruitment.view_application", application) else "",
    }


kinds.kind(
    KIND,
    gettext_lazy("Application from outside"),
    template="recruitment/hiring/_panel_file.html",
    title=lambda application: _("%(name)s, %(job)s") % {"name": application.person.display_name, "job": application.opening.job.title},
    gather=gather,
    conflict=conflict,
    url=lambda application: application.opening.get_absolute_url(),
    site=lambda application: application.opening.site,
    related=("person", "opening__job", "opening__site"),
)
