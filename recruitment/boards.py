"""What the hiring board and its list show: lanes with the oldest first, tallies, filters; the same few queries for 20 or 2,000."""

from dataclasses import dataclass, field

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from portal import clock
from recruitment import processes
from recruitment.models import Application, Process, Stage

CAP = 25
SIZE = 50
Status = Application.Status


@dataclass
class Lane:
    """One stage on the board."""

    stage: Stage
    count: int = 0
    cards: list = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


def visible(user, opening):
    """The applications of `opening` that `user` may see, with what cards and rows read."""
    related = ("person", "stage", "opening__site", "opening__hiring_manager", "opening__process__recruiter")
    return Application.objects.visible_to(user).filter(opening=opening).select_related(*related)


def filtered(queryset, query):
    """The filters of the address: owed by whom, from where."""
    if who := query.get("who"):
        queryset = queryset.filter(stage__who=who)
    if source := query.get("source"):
        queryset = queryset.filter(Q(last_touch__source=source) | Q(first_touch__source=source))
    return queryset


def late() -> Q:
    """Waits for us past what its stage promised."""
    return Q(status=Status.ACTIVE, due_on__lt=clock.today())


def lanes(user, opening, process: Process, query) -> list[Lane]:
    """Every stage with its oldest applications first, 25 at most each; three queries."""
    queryset = filtered(visible(user, opening).live(), query)
    counts = dict(queryset.order_by().values_list("stage").annotate(n=Count("pk")))
    place = Window(RowNumber(), partition_by=F("stage_id"), order_by=[F("stage_since").asc(), F("pk").asc()])
    found = {stage.pk: Lane(stage, counts.get(stage.pk, 0)) for stage in process.stages.all()}
    for application in queryset.annotate(place=place).filter(place__lte=CAP).order_by("stage_since", "pk"):
        found[application.stage_id].cards.append(application)
    return list(found.values())


def sources(user, opening) -> list[str]:
    """Where the applications came from, as recorded."""
    return sorted(
        {
            source
            for source in Application.objects.visible_to(user).filter(opening=opening).values_list("last_touch__source", flat=True).distinct()[:50]
            if source
        }
    )


def owes(application: Application) -> str:
    """Who does what next, in one sentence for a card."""
    process = application.opening.process
    name = processes.acts(application.stage, process, application.opening).first_name
    if application.status == Status.OFFERED:
        return _("Offer out: the answer is theirs")
    if application.status == Status.ACCEPTED:
        return _("%(name)s settles the first day") % {"name": name}
    return {
        Stage.Who.RECRUITER: _("%(name)s opens the file"),
        Stage.Who.MANAGER: _("%(name)s owes the answer"),
        Stage.Who.TEAM: _("%(name)s gathers the readings"),
        Stage.Who.PANEL: _("%(name)s gathers the decision"),
    }[application.stage.who] % {"name": name}
