"""What changes in a panel: convening it, sealing ballots, the opening, the meeting, the decision."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import clock, notices, switches
from portal.moves import MoveRefused, locked, move
from portal.panels import counting, kinds
from portal.panels.models import Ballot, BallotLine, College, Criterion, Member, Panel, Volunteer
from portal.people.models import Assignment, Person, Team
from portal.people.models.employment import current

LEAST_OF_TEAM = 2
SHORTEST_OVERRULE = 80  # characters


@dataclass(frozen=True)
class Line:
    """One criterion of a ballot as it comes from a form."""

    criterion: int
    verdict: str
    because: str


def is_signed(panel: Panel | None) -> bool:
    """Whether two signed reasons decide, and no ballots: as `panel` was convened, or as one would be today."""
    return panel.is_signed if panel else not switches.is_on(switches.VOTES)


def open(
    kind: str, subject: models.Model, *, about: Person, hr: Person, manager: Person, team: Team, criteria, rule: str, deadline: datetime, by, excluded=()
) -> Panel:
    """Convene a panel on `subject`. `criteria` are pairs (English, French); `excluded` are keys of people who may not sit.

    Two members or more are drawn for the team, volunteers first. With the votes switched off, or a team too small to
    draw two, HR and the manager each sign a written reason instead. Raises MoveRefused when somebody named is conflicted.
    """
    registered = kinds.get(kind)
    for person in (hr, manager):
        if why := registered.conflict(subject, person):
            raise MoveRefused(why)
    if hr.pk == manager.pk:
        raise MoveRefused(_("One person cannot sit for two colleges."))
    out = {about.pk, hr.pk, manager.pk, *excluded}
    candidates = Person.objects.filter(pk__in=Assignment.objects.filter(current(), team=team).values("employee__person"))
    out |= {person.pk for person in candidates if person.pk not in out and registered.conflict(subject, person)}
    volunteers = set(Volunteer.objects.filter(person__in=candidates).values_list("person", flat=True))
    order = counting.drawn(volunteers, [person.pk for person in candidates], out, Random(secrets.randbits(64)))  # noqa: S311 - seeded by the system
    signed = not switches.is_on(switches.VOTES) or len(order) < LEAST_OF_TEAM
    seated = [] if signed else order[: max(LEAST_OF_TEAM, min(4, len(order)))]
    with transaction.atomic():
        panel = Panel.objects.create(
            kind=kind,
            subject=subject,
            about=about,
            rule=Panel.Rule.MAJORITY if signed else rule,
            mode=Panel.Mode.SIGNED if signed else Panel.Mode.BALLOTS,
            quorum={College.HR: 1, College.MANAGER: 1, **({} if signed else {College.TEAM: LEAST_OF_TEAM})},
            reserves=[] if signed else order[len(seated) :],
            deadline=deadline,
            convened_by=getattr(by, "person", None),
        )
        Criterion.objects.bulk_create(Criterion(panel=panel, text_en=en, text_fr=fr, order=place) for place, (en, fr) in enumerate(criteria))
        seats = [(hr.pk, College.HR), (manager.pk, College.MANAGER), *((key, College.TEAM) for key in seated)]
        for key, college in seats:
            _seat(panel, key, college, volunteer=key in volunteers)
    return panel


def _seat(panel: Panel, person_id: int, college: str, *, volunteer: bool) -> Member:
    member = Member.objects.create(panel=panel, person_id=person_id, college=college, volunteer=volunteer)
    if member.person.user_id:
        notices.tell(
            member.person.user,
            "panels.seated",
            lambda: (_("Your reasons are awaited: %(title)s") if panel.is_signed else _("Your ballot is awaited: %(title)s")) % {"title": panel.title},
            url=panel.get_absolute_url(),
            mail="panels/mail/seated.txt",
            context={"panel": panel},
            key=f"panels.seated:{member.pk}",
        )
    return member


def seal(panel_id: int, *, by, choice: str, lines: list[Line], objection: int | None = None, objection_reason: str = "") -> Ballot:
    """Seal the ballot of `by`, or seal it again: it can change until the panel opens. The last one opens the panel."""
    with transaction.atomic():
        panel = locked(Panel, panel_id, by, "panels.vote_panel")
        if clock.now() >= panel.deadline:
            raise MoveRefused(_("The deadline has passed: nothing can be added or changed."))
        criteria = {criterion.pk for criterion in panel.criteria.all()}
        if {line.criterion for line in lines} != criteria or not all(line.because.strip() for line in lines):
            raise MoveRefused(_("Give a verdict and a reason on each criterion."))
        if panel.rule == Panel.Rule.CONSENT and choice == Ballot.Choice.NO and (objection not in criteria or not objection_reason.strip()):
            raise MoveRefused(_("An objection names a criterion and gives its reason."))
        member = panel.members.get(person__user=by, stepped_aside_at=None)
        objects = choice == Ballot.Choice.NO and panel.rule == Panel.Rule.CONSENT
        ballot, _new = Ballot.objects.update_or_create(
            member=member,
            defaults={
                "choice": choice,
                "objection_id": objection if objects else None,
                "objection_reason": objection_reason if objects else "",
                "sealed_at": clock.now(),
            },
        )
        ballot.lines.all().delete()
        BallotLine.objects.bulk_create(BallotLine(ballot=ballot, criterion_id=line.criterion, verdict=line.verdict, because=line.because) for line in lines)
        if not panel.members.filter(stepped_aside_at=None, ballot=None).exists():
            _unseal(panel, by=by)
    return ballot


def step_aside(panel_id: int, *, by) -> Panel:
    """Declare a tie to the person or the matter: the ballot goes, and for the team the next of the draw takes the seat."""
    with transaction.atomic():
        panel = locked(Panel, panel_id, by, "panels.vote_panel")
        member = panel.members.get(person__user=by, stepped_aside_at=None)
        Ballot.objects.filter(member=member).delete()
        member.stepped_aside_at = clock.now()
        member.save(update_fields=["stepped_aside_at"])
        if member.college == College.TEAM and panel.reserves:
            key, *panel.reserves = panel.reserves
            panel.save(update_fields=["reserves"])
            _seat(panel, key, College.TEAM, volunteer=Volunteer.objects.filter(person=key).exists())
        elif not panel.members.filter(stepped_aside_at=None, ballot=None).exists():
            _unseal(panel, by=by)
    return panel


def unseal_due() -> int:
    """Open the panels whose deadline has passed; how many."""
    opened = 0
    for key in Panel.objects.filter(status=Panel.Status.VOTING, deadline__lte=clock.now()).values_list("pk", flat=True)[:200]:
        with transaction.atomic():
            panel = Panel.objects.select_for_update(of=("self",)).get(pk=key)
            if panel.status == Panel.Status.VOTING:
                _unseal(panel, by=None)
                opened += 1
    return opened


def counted(panel: Panel) -> counting.Outcome:
    """What the sealed ballots say."""
    ballots = Ballot.objects.filter(member__panel=panel, member__stepped_aside_at=None).values_list("member__college", "choice")
    return counting.outcome(panel.rule, panel.quorum, [counting.Cast(college, choice) for college, choice in ballots])


def _unseal(panel: Panel, *, by) -> None:
    """The opening, for all at once: the ballots are counted, and the panel is told."""
    found = counted(panel)
    panel.unsealed_at = clock.now()
    panel.decision = found.result if found.result in Panel.Decision.values else ""
    panel.save(update_fields=["unsealed_at", "decision"])
    move(panel, Panel.Status.OPENED if panel.decision else Panel.Status.MEETING, by=by)
    opened = gettext_lazy("What was signed is open: %(title)s") if panel.is_signed else gettext_lazy("The panel is open: %(title)s")
    _tell_members(panel, "panels.opened", opened)


def _tell_members(panel: Panel, kind: str, sentence) -> None:
    for member in panel.members.filter(stepped_aside_at=None).select_related("person__user"):
        if member.person.user:
            notices.tell(member.person.user, kind, lambda: str(sentence) % {"title": panel.title}, url=panel.get_absolute_url())


def write_meeting(panel_id: int, *, by, note: str, decision: str) -> Panel:
    """Write down what the meeting found and what was decided there; the panel reads it."""
    with transaction.atomic():
        panel = locked(Panel, panel_id, by, "panels.note_panel")
        if not note.strip() or decision not in Panel.Decision.values:
            raise MoveRefused(_("Say what the meeting found, and whether the answer is yes or no."))
        panel.meeting_note, panel.decision = note, decision
        panel.save(update_fields=["meeting_note", "decision"])
        move(panel, Panel.Status.OPENED, by=by, note=note)
    return panel


def overrule(panel_id: int, *, by, reason: str) -> Panel:
    """The manager decides against the panel, in writing: the panel reads the reason, and it is kept."""
    with transaction.atomic():
        panel = locked(Panel, panel_id, by, "panels.overrule_panel")
        if len(reason.strip()) < SHORTEST_OVERRULE:
            raise MoveRefused(_("Give your reason in %(least)s characters at least: the panel will read it.") % {"least": SHORTEST_OVERRULE})
        panel.decision = Panel.Decision.NO_GO if panel.decision == Panel.Decision.GO else Panel.Decision.GO
        panel.overruled_by, panel.overrule_reason = by.person, reason
        panel.save(update_fields=["decision", "overruled_by", "overrule_reason"])
        _tell_members(panel, "panels.overruled", gettext_lazy("The manager decided otherwise, in writing: %(title)s"))
    return panel


def decide(panel_id: int, *, by, summaries: dict[int, str], language: str) -> Panel:
    """Confirm the decision, with the one line per criterion that the person will read (`summaries`: criterion → line)."""
    with transaction.atomic():
        panel = locked(Panel, panel_id, by, "panels.decide_panel")
        criteria = list(panel.criteria.all())
        if any(not summaries.get(criterion.pk, "").strip() for criterion in criteria):
            raise MoveRefused(_("Write one line on each criterion: it is what the person reads."))
        for criterion in criteria:
            criterion.summary, criterion.summary_language = summaries[criterion.pk].strip(), language
        Criterion.objects.bulk_update(criteria, ["summary", "summary_language"])
        panel.decided_at = clock.now()
        panel.save(update_fields=["decided_at"])
        move(panel, Panel.Status.DECIDED, by=by)
    return panel


def cancel(subject: models.Model, *, by) -> int:
    """Stop the running panel on `subject` (withdrawn, closed); its ballots go. How many were stopped."""
    stopped = 0
    with transaction.atomic():
        for panel in of(subject).exclude(status__in=[Panel.Status.DECIDED, Panel.Status.CANCELLED]):
            Ballot.objects.filter(member__panel=panel).delete()
            move(panel, Panel.Status.CANCELLED, by=by)
            stopped += 1
    return stopped


def of(subject: models.Model):
    """The panels on `subject`, newest first."""
    return Panel.objects.filter(content_type=ContentType.objects.get_for_model(subject), object_id=subject.pk).order_by("-pk")


def outcome(subject: models.Model) -> Panel | None:
    """The decided panel on `subject`, with its decision and its summaries; None while there is none. The stage asks, nothing calls back."""
    return of(subject).filter(status=Panel.Status.DECIDED).first()
