"""How long consents, cards and mentoring are kept, what each person is handed, and what is left of somebody who goes."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from alumni import consenting, words
from alumni.models import AlumniCard, Consent, Note, Offer, Pair, Request, Seek, Thanks
from alumni.permissions.consent import gone
from alumni.transitions import consent as transitions
from alumni.transitions import pairs
from portal import clock, privacy
from portal.models import TimelineEntry
from portal.people import standing
from portal.people.models import Person
from portal.people.retention import stays_while

PROOF = timedelta(days=5 * 365 + 2)
SILENT = timedelta(days=3 * 365 + 1)
PAIR_KEPT = timedelta(days=365)
REQUEST_KEPT = timedelta(days=365)


@stays_while
def agreed_to_stay() -> Q:
    """The page of an alumnus lives as long as one of their consents."""
    return Q(Exists(Consent.objects.alive().filter(person=OuterRef("pk"))))


@privacy.claim
def consents(person):
    """Somebody who agreed is kept until the last of their consents ends."""
    held = [consent.until for consent in Consent.objects.alive().filter(person=person)]
    return (consenting.BASIS, max(held)) if held else None


def forget_steps(model: str, keys) -> None:
    TimelineEntry.objects.filter(content_type__app_label="alumni", content_type__model=model, object_id__in=keys).delete()


def erase_consents(rows) -> None:
    forget_steps("consent", list(rows.values_list("pk", flat=True)))
    rows.delete()


@privacy.keep(
    "consents",
    Consent,
    data=_("Consents of alumni, with the text agreed to"),
    event=_("the consent was renewed, withdrawn or ended"),
    period=_("five years, as proof"),
    action=privacy.ERASE,
    basis=_("legal obligation (proof of consent)"),
    purpose=_("prove that somebody said yes, to what, and when they said no"),
    recipients=_("the person; the data protection officer on request"),
    act=erase_consents,
)
def consents_due(moment):
    return Consent.objects.exclude(status=Consent.Status.GIVEN).filter(over_at__lt=moment - PROOF)


def forget_each(people) -> int:
    for person in people:
        transitions.forget(person)
    return len(people)


@privacy.keep(
    "silent alumni",
    Person,
    data=_("What alumni left here: card, offer, mentoring"),
    event=_("the last sign of life: a consent given, a sign-in"),
    period=_("three years"),
    action=privacy.ERASE,
    basis=_("consent"),
    purpose=_("stay in touch with those who wish to"),
    recipients=_("alumni and colleagues, line by line as its owner chose"),
    act=forget_each,
)
def silent_due(moment):
    since = moment - SILENT
    holds = Q(Exists(AlumniCard.objects.filter(person=OuterRef("pk")))) | Q(Exists(Offer.objects.filter(person=OuterRef("pk"))))
    spoke = Q(Exists(Consent.objects.filter(person=OuterRef("pk"), given_at__gte=since))) | Q(user__last_login__gte=since)
    return Person.objects.filter(holds & gone() & ~spoke & ~agreed_to_stay())


def empty_pairs(rows) -> None:
    forget_steps("pair", list(rows.values_list("pk", flat=True)))
    pairs.empty(rows)


@privacy.keep(
    "mentoring pairs",
    Pair,
    data=_("What two people of a mentoring pair wrote"),
    event=_("the pair ended"),
    period=_("one year"),
    action=privacy.ANONYMISE,
    basis=_("consent, or legitimate interest among colleagues"),
    purpose=_("let two people keep what they learnt; afterwards count pairs"),
    recipients=_("the two alone"),
    act=empty_pairs,
)
def pairs_due(moment):
    written = Q(mentor__isnull=False) | Q(seeker__isnull=False) | ~Q(goals="")
    return Pair.objects.filter(written, status=Pair.Status.ENDED, ended_on__lt=clock.day(moment) - PAIR_KEPT)


def erase_requests(rows) -> None:
    forget_steps("request", list(rows.values_list("pk", flat=True)))
    rows.delete()


@privacy.keep(
    "mentoring requests",
    Request,
    data=_("Requests to mentors"),
    event=_("the request was answered, or expired"),
    period=_("one year"),
    action=privacy.ERASE,
    basis=_("legitimate interest"),
    purpose=_("bring two people together, and not propose the same name again"),
    recipients=_("the two alone"),
    act=erase_requests,
)
def requests_due(moment):
    return Request.objects.exclude(status=Request.Status.WAITING).filter(asked_at__lt=moment - REQUEST_KEPT, pair=None)


@privacy.eraser
def forget_person(person) -> None:
    """Consents stay as proof, of a row without a name."""
    transitions.forget(person)


# --- what is handed over ------------------------------------------------------------------------------
def _person(user):
    return standing.of(user).person


@privacy.exporter("consents", _("What I agreed to"))
def consents_of(user):
    names = ("scope", "text", "version", "language", "given_at", "given_by", "until", "asked_again_at", "status", "over_at", "over_by")
    return [privacy.facts(row, *names) for row in Consent.objects.filter(person=_person(user))]


@privacy.exporter("alumni_card", _("My alumni card"))
def card_of(user):
    return [privacy.facts(row, *AlumniCard.FIELDS, "seen_by") for row in AlumniCard.objects.filter(person=_person(user))]


@privacy.exporter("mentoring", _("My mentoring"))
def mentoring_of(user):
    """What I offer and seek, my requests, the pairs I am one of, and what I wrote in them."""
    person = _person(user)
    if person is None:
        return []
    rows = [
        [
            privacy.fact("skills", _("skills"), [str(skill.label) for skill in row.skills.all()]),
            *privacy.facts(row, "topics", "tongues", "capacity", "when", "where", "town"),
        ]
        for row in Offer.objects.filter(person=person).prefetch_related("skills")
    ]
    rows += [
        [
            privacy.fact("learn", _("what I want to learn"), [str(skill.label) for skill in row.skills.all()]),
            *privacy.facts(row, "tongues", "when", "where", "at"),
        ]
        for row in Seek.objects.filter(person=person).prefetch_related("skills")
    ]
    for row in Request.objects.filter(Q(seeker=person) | Q(mentor=person)).select_related("seeker", "mentor"):
        why = words.for_seeker(row) if row.seeker_id == person.pk else words.for_mentor(row)
        reasons = privacy.fact("reasons", _("reasons"), [str(sentence) for _icon, sentence in why])
        mine = ("words",) if row.seeker_id == person.pk else ("reply",)
        rows.append([*privacy.facts(row, *mine, "asked_at", "answer_by", "answered_at", "status"), reasons])
    rows += [
        privacy.facts(row, "goals", "rhythm", "weeks", "started_on", "ended_on", "status") for row in Pair.objects.filter(Q(seeker=person) | Q(mentor=person))
    ]
    rows += [privacy.facts(row, "text", "at") for row in Note.objects.filter(by=person)]
    rows += [privacy.facts(row, "text", "at") for row in Thanks.objects.filter(by=person)]
    return rows
