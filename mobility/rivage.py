"""What the demo company lives in mobility: moves of the year, an application at every step, a panel that disagrees, one that waits."""

from datetime import timedelta

from mobility import following, line, transitions
from mobility.models import Application, Conversation, Follow, Interest, Reading, Wish
from portal import clock, switches
from portal.models import TimelineEntry
from portal.panels.models import Panel, Volunteer
from portal.panels.rivage import agree, seal
from portal.people.models import Assignment, Opening
from portal.plans.planning import WorkingDays

Status = Application.Status
WHY = {
    "en": [
        "I have kept the instruments for six years; I would like to work on what they say.",
        "The night shifts taught me what a bad reading costs. I want to mend it at the source.",
        "I would like to be closer to those who read our warnings.",
    ],
    "fr": [
        "J’entretiens les instruments depuis six ans ; j’aimerais travailler sur ce qu’ils disent.",
        "Les nuits d’astreinte m’ont appris ce que coûte une mauvaise mesure. Je veux la corriger à la source.",
        "J’aimerais me rapprocher des personnes qui lisent nos alertes.",
    ],
}
SAID = {
    "en": "An hour together. We walked through a week of the job; the on-call duty was the open question.",
    "fr": "Une heure ensemble. Nous avons parcouru une semaine du poste ; l’astreinte restait la question ouverte.",
}
NO = {
    "en": (
        "Two of the three cases we looked at together stayed open.",
        "Follow one case a week with the team until March, then apply again: Grace has the calendar.",
    ),
    "fr": (
        "Deux des trois cas regardés ensemble sont restés ouverts.",
        "Suivre un cas par semaine avec l’équipe jusqu’en mars, puis postuler de nouveau : Claire a le calendrier.",
    ),
}
WISHES = {
    "ben": ("I would like to teach what I know of gauges, one day a week.", "everyone"),
    "cleo": ("A year with those who make the data behind the warnings.", "hr"),
}


def live(rivage) -> None:
    hugo = rivage.cast["hugo"]
    switches.turn(switches.MATCHING, True, by=hugo.user, consulted_on=rivage.day(-40))
    past(rivage)
    seats = {(opening.job.slug, opening.team.slug): opening for opening in rivage.open_openings}
    sent(rivage, seats["field-hydrologist", "field-vilaine"], 2)
    sent(rivage, seats["forecaster", "desk-severn"], 21)
    talked(rivage, seats["crisis-adviser", "crisis-west"], 6)
    refused(rivage, seats["customer-adviser", "service-bristol"], 14)
    withdrawn(rivage, seats["account-manager", "towns-loire"], 9)
    dated(rivage, seats["product-designer", "design"], 16)
    awaited(rivage, seats["data-engineer", "river-data"], rivage.cast["ilan"], 8)
    disagreed(rivage, seats["warning-designer", "warning-design-bristol"], 12)
    Interest.objects.create(person=rivage.cast["cleo"], opening=seats["data-engineer", "river-data"], shared=True, at=rivage.at(-3, "20:15"))
    followed(rivage, seats)
    for name, (text, seen_by) in WISHES.items():
        Wish.objects.create(person=rivage.cast[name], text=text, seen_by=seen_by)


def followed(rivage, seats) -> None:
    """Cleo waits for Ben's seat and for her own trade, Ben for a team in Bristol: one of its seats has opened since, and he was told."""
    cast, news = rivage.cast, max(seats.values(), key=lambda opening: (opening.opened_at, opening.pk))
    following.follow(by=cast["cleo"].user, holder=cast["ben"])
    following.follow(by=cast["cleo"].user, trade=seats["data-engineer", "river-data"].job.trade)
    following.follow(by=cast["ben"].user, team=news.team)
    Follow.objects.filter(person=cast["cleo"]).update(at=rivage.at(-20, "20:05"))
    Follow.objects.filter(person=cast["ben"]).update(at=news.opened_at - timedelta(days=9))
    following.tell_followers()


def somebody(rivage, opening):
    """A colleague outside the opening's branch and not under who hires; nobody of the cast, no head."""
    faces = {person.pk for person in rivage.cast.values()} | {team.head_id for team in rivage.teams.values()}
    asked = set(Application.objects.values_list("person", flat=True))
    while True:
        person = rivage.pick(rivage.people)
        seat = rivage.seat(person)
        free = person.pk not in faces | asked and person.user_id and seat.ended_on is None and seat.started_on < rivage.day(-400)
        if free and seat.team_id != opening.team_id and opening.hiring_manager_id not in line.of(person):
            return person


def past(rivage) -> None:
    """Seats filled from inside this year, each with its answer in time but one."""
    closed = [opening for opening in rivage.openings if opening.status == Opening.Status.CLOSED]
    for number, opening in enumerate(closed):
        person = somebody(rivage, opening)
        end = clock.day(opening.closed_at)
        starts_on = min(end + timedelta(days=24), rivage.day(-3))
        due = end - timedelta(days=12 if number == 1 else 6)
        application = Application.objects.create(
            person=person, opening=opening, motivation=rivage.pick(WHY[rivage.language(person)]), language=rivage.language(person), due_on=due,
            sent_at=opening.closed_at - timedelta(days=22), answered_at=opening.closed_at - timedelta(days=8), lifted_at=opening.closed_at - timedelta(days=7),
            release_by=end + timedelta(days=50), starts_on=starts_on, status=Status.MOVED,
        )  # fmt: skip
        TimelineEntry.objects.create(subject=application, verb="moved", before=Status.AGREED, after=Status.MOVED, at=opening.closed_at)
        old = Assignment.objects.get(pk=rivage.seat(person).pk)
        old.ended_on = starts_on - timedelta(days=1)
        old.save(update_fields=["ended_on"])
        job = opening.job
        Assignment.objects.create(
            employee=old.employee,
            team=opening.team,
            site=opening.site,
            job=job,
            title_en=job.title_en,
            title_fr=job.title_fr,
            manager=opening.hiring_manager,
            started_on=starts_on,
        )


def sent(rivage, opening, days, person=None) -> Application:
    """An application sent so many days ago."""
    person = person or somebody(rivage, opening)
    language = rivage.language(person)
    application = transitions.apply(opening.pk, by=person.user, motivation=rivage.pick(WHY[language]), language=language)
    at = rivage.at(-days, "20:40", opening.site)
    due = WorkingDays(opening.site.country).shift(rivage.day(-days), transitions.ANSWER_DAYS)
    Application.objects.filter(pk=application.pk).update(sent_at=at, due_on=due)
    TimelineEntry.objects.filter(object_id=application.pk, content_type__app_label="mobility").update(at=at)
    readers = [opening.hiring_manager, rivage.cast["hugo"]]
    Reading.objects.bulk_create(Reading(person=person, opening=opening, reader=reader, on=rivage.day(1 - days)) for reader in readers if reader != person)
    return application


def talked(rivage, opening, days, person=None) -> Application:
    application = sent(rivage, opening, days, person)
    transitions.log_conversation(
        application.pk, by=opening.hiring_manager.user, on=rivage.day(-days + 3), said=SAID[application.language], language=application.language
    )
    Conversation.objects.filter(application=application).update(logged_at=rivage.at(-days + 3, "17:10", opening.site))
    return application


def refused(rivage, opening, days) -> None:
    application = talked(rivage, opening, days)
    because, next_step = NO[application.language]
    transitions.refuse(application.pk, by=opening.hiring_manager.user, criterion=0, because=because, next_step=next_step, language=application.language)
    Application.objects.filter(pk=application.pk).update(answered_at=rivage.at(-1, "11:20", opening.site))


def withdrawn(rivage, opening, days) -> None:
    application = sent(rivage, opening, days)
    transitions.withdraw(application.pk, by=application.person.user)


def convened(rivage, opening, days, until, person=None, volunteers=()) -> tuple[Application, Panel]:
    """A panel of the opening's team; four volunteers, so that who sits is known."""
    application = talked(rivage, opening, days, person)
    mates = [mate for mate in rivage.members(opening.team) if mate.user_id and mate.pk not in (opening.hiring_manager_id, application.person_id)]
    named = [mate for mate in volunteers if mate in mates]
    for mate in [*named, *rivage.some([mate for mate in mates if mate not in named], 4 - len(named))]:
        Volunteer.objects.get_or_create(person=mate)
    panel = transitions.convene(application.pk, by=rivage.cast["hugo"].user, hr=rivage.cast["hugo"], rule=Panel.Rule.CONSENT, deadline=rivage.workday(until))
    Panel.objects.filter(pk=panel.pk).update(convened_at=rivage.at(-2, "10:00", opening.site))
    return application, panel


def awaited(rivage, opening, person, days) -> None:
    """Ilan would like to join Maya's team: all but Maya and Ben have sealed their ballot."""
    late = {rivage.cast["maya"].pk, rivage.cast["ben"].pk}
    _application, panel = convened(rivage, opening, days, 6, person, [rivage.cast["ben"]])
    for member in panel.members.order_by("person").exclude(person__in=late):
        seal(rivage, panel, member)


def disagreed(rivage, opening, days) -> None:
    """Everybody sealed, one objected on a criterion: the panel has to talk it over."""
    _application, panel = convened(rivage, opening, days, 4, volunteers=[rivage.cast["cleo"]])
    members = list(panel.members.order_by("person"))
    doubter = next(member for member in members if member.college == "team" and member.person_id != rivage.cast["cleo"].pk)
    for member in members:
        seal(rivage, panel, member, objects=member == doubter)


def dated(rivage, opening, days) -> None:
    """Accepted and lifted; who hires proposed a day, the present manager has not answered."""
    application, panel = convened(rivage, opening, days, 5)
    by = opening.hiring_manager.user
    agree(rivage, panel, by=by, language=application.language)
    transitions.accept(application.pk, by=by)
    transitions.lift(application.pk, by=application.person.user)
    transitions.agree_dates(application.pk, by=by, starts_on=rivage.monday + timedelta(days=35))
