"""How long interest and applications from inside are kept, and what each person is handed."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mobility import following
from mobility.models import Alert, Application, Follow, Interest, Reading, Wish
from portal import privacy
from portal.models import TimelineEntry
from portal.people import standing
from portal.people.models import Opening

KEPT_AFTER_ANSWER = timedelta(days=365)
INTEREST_KEPT = timedelta(days=90)
FOLLOW_KEPT = timedelta(days=730)


def forget(applications) -> None:
    """With their steps and the log of who read them."""
    for application in applications:
        TimelineEntry.objects.filter(content_type__app_label="mobility", content_type__model="application", object_id=application.pk).delete()
        Reading.objects.filter(person=application.person_id, opening=application.opening_id).delete()
        application.delete()


@privacy.keep(
    "applications from inside",
    Application,
    data=_("Applications from inside, with what was said and who read"),
    event=_("our answer, or the withdrawal"),
    period=_("one year"),
    action=privacy.ERASE,
    basis=_("the working contract"),
    purpose=_("choose somebody for a seat, explain the answer, publish yearly figures"),
    recipients=_("who hires and the panel; the present line only once the person lifts it"),
    act=forget,
)
def applications_due(moment):
    ended = Application.objects.exclude(status__in=Application.RUNNING)
    return ended.filter(sent_at__lt=moment - KEPT_AFTER_ANSWER).exclude(answered_at__gte=moment - KEPT_AFTER_ANSWER)


@privacy.keep(
    "interests",
    Interest,
    data=_("Seats one keeps in mind"),
    event=_("the opening closed"),
    period=_("three months"),
    action=privacy.ERASE,
    basis=_("legitimate interest"),
    purpose=_("remember what one is interested in"),
    recipients=_("nobody, or who hires when the person says so"),
)
def interests_due(moment):
    return Interest.objects.filter(opening__status=Opening.Status.CLOSED, opening__closed_at__lt=moment - INTEREST_KEPT)


@privacy.keep(
    "alerts of seats",
    Alert,
    data=_("Seats one was told of"),
    event=_("the opening closed"),
    period=_("three months"),
    action=privacy.ERASE,
    basis=_("legitimate interest"),
    purpose=_("tell of an opening once, and not again when it changes"),
    recipients=_("nobody"),
)
def alerts_due(moment):
    return Alert.objects.filter(opening__status=Opening.Status.CLOSED, opening__closed_at__lt=moment - INTEREST_KEPT)


@privacy.keep(
    "follows of seats",
    Follow,
    data=_("Trades, teams and seats one follows"),
    event=_("the follow"),
    period=_("two years"),
    action=privacy.ERASE,
    basis=_("legitimate interest"),
    purpose=_("tell of openings one asked to hear of"),
    recipients=_("nobody"),
)
def follows_due(moment):
    return Follow.objects.filter(at__lt=moment - FOLLOW_KEPT)


@privacy.eraser
def forget_person(person) -> None:
    forget(Application.objects.filter(person=person))
    Interest.objects.filter(person=person).delete()
    Follow.objects.filter(Q(person=person) | Q(holder=person)).delete()
    Alert.objects.filter(person=person).delete()
    Wish.objects.filter(person=person).delete()


@privacy.exporter("internal_applications", _("My applications inside"))
def applications(user):
    person = standing.of(user).person
    found = Application.objects.filter(person=person).select_related("opening__job", "opening__site").prefetch_related("conversations") if person else []
    return [
        [
            privacy.fact("seat", _("seat"), str(application.opening)),
            *privacy.facts(application, "motivation", "status", "sent_at", "due_on", "lifted_at", "answered_at", "starts_on"),
            privacy.fact("conversations", _("conversations"), [f"{each.on.isoformat()}: {each.said}" for each in application.conversations.all()]),
            privacy.fact(
                "readings",
                _("who read it, days"),
                [day.isoformat() for day in Reading.objects.filter(person=person, opening=application.opening_id).values_list("on", flat=True)],
            ),
        ]
        for application in found
    ]


@privacy.exporter("follows", _("What I follow, and the seats I was told of"))
def follows(user):
    person = standing.of(user).person
    if person is None:
        return []
    kept = [[privacy.fact("follows", _("what"), str(following.label(each))), privacy.fact("at", _("since"), each.at)] for each in following.of(person)]
    told = Alert.objects.filter(person=person).select_related("opening__job", "opening__site")
    return kept + [[privacy.fact("seat", _("told of"), str(each.opening)), privacy.fact("at", _("day"), each.at)] for each in told]


@privacy.exporter("interests", _("My interests and wishes inside"))
def interests(user):
    person = standing.of(user).person
    if person is None:
        return []
    kept = [
        [privacy.fact("seat", _("seat"), str(each.opening)), *privacy.facts(each, "shared"), privacy.fact("at", _("since"), each.at)]
        for each in Interest.objects.filter(person=person).select_related("opening__job", "opening__site")
    ]
    return kept + [privacy.facts(each, "text", "seen_by") for each in Wish.objects.filter(person=person)]
