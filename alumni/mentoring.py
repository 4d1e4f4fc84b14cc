"""What the pages of mentoring show: what waits, names with their reasons, the next session, and the figures of its health."""

from django.db.models import Prefetch
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from alumni import pool, words
from alumni.models import Offer, Pair, Proposal, Request, Seek, Session
from alumni.permissions.mentoring import may_offer, mentors, taking
from portal import clock
from portal.dates import date_format
from portal.people import cards, path, standing
from portal.people.models import Assignment, JobSkill, Person, PersonSkill
from portal.people.models.employment import coming, current
from portal.people.visibility import reader_of

SEATS = Prefetch("employee__assignments", queryset=Assignment.objects.select_related("team", "site"), to_attr="all_seats")
FEWEST = 5  # a figure about fewer people is none


def seat_words(person: Person) -> str:
    """“Network analyst, Lyon, arrives on 14 December”, or what they were here."""
    on_path = path.of(person)
    seat = on_path.main
    if seat is None:
        return ""
    parts = [str(seat.title), seat.site.name]
    if on_path.phase in (path.ARRIVING, path.NEWCOMER):
        parts.append(lower_first(cards.phase_words(on_path, on_path.phase)))
    return ", ".join(part for part in parts if part)


def with_seats(queryset, *names):
    """Rows with the people called `names`, their seats and what their photo needs: two queries a name."""
    for name in names:
        seats = Prefetch(f"{name}__employee__assignments", queryset=SEATS.queryset, to_attr="all_seats")
        queryset = queryset.select_related(f"{name}__employee", f"{name}__user").prefetch_related(seats)
    return queryset


def day(moment) -> str:
    return date_format(moment, "l j F")


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


# --- the mentor's side --------------------------------------------------------------------------------
def waiting_for(user) -> list[Request]:
    """The requests that wait for `user`, the first to end first."""
    if not may_offer(user):
        return []
    rows = Request.objects.allowing(user, "alumni.answer_request")
    return list(with_seats(rows, "seeker").order_by("answer_by", "pk"))


def drawn(requests: list[Request]) -> list[dict]:
    """Requests as the mentor reads them, with their reasons."""
    names = words.Names([request.reasons for request in requests])
    today = clock.today()
    return [
        {
            "request": request,
            "person": request.seeker,
            "sub": seat_words(request.seeker),
            "reasons": words.for_mentor(request, names),
            "soon": (request.answer_by - today).days <= 2,
        }
        for request in requests
    ]


def offer_of(person: Person) -> dict | None:
    """One's own offer, with the places left."""
    offer = Offer.objects.filter(person=person, open=True).first()
    if offer is None:
        return None
    return {"offer": offer, "left": pool.places_left([offer])[person.pk], "paused": offer.is_paused}


def offer_shown(user, person: Person) -> Offer | None:
    """The offer of `person`, for whoever may ask them."""
    return Offer.objects.allowing(user, "alumni.ask_offer").filter(person=person).first()


# --- the side of whoever looks ------------------------------------------------------------------------
def names_for(user) -> list[dict]:
    """The names that stand before `user`, in the order of the alphabet, each with three reasons."""
    taking_now = Offer.objects.filter(taking() & mentors()).values("person")
    rows = Proposal.objects.visible_to(user).filter(open=True, mentor__in=taking_now)
    found = list(with_seats(rows, "mentor").order_by("mentor__family_name", "mentor__given_name", "pk"))
    names = words.Names([proposal.reasons for proposal in found])
    reader = reader_of(user)
    return [
        {"proposal": each, "person": cards.dress(each.mentor, reader), "sub": seat_words(each.mentor), "reasons": words.for_seeker(each, names)}
        for each in found
    ]


def asked_by(user) -> Request | None:
    """The request of `user` that waits."""
    me = standing.of(user).person
    return with_seats(Request.objects.visible_to(user), "mentor").filter(seeker=me, status=Request.Status.WAITING).first()


def held_back(user) -> dict:
    """What keeps `user` from asking anybody today: the request that waits, or the mentor they have."""
    mine = [line["pair"] for line in pairs_of(user) if line["other"] and line["pair"].status != Pair.Status.ENDED and not line["mentoring"]]
    return {"asked": asked_by(user), "having": mine[0] if mine else None}


def near_skills(person: Person) -> list:
    """What somebody may want to learn: what they say they are learning, then what their job teaches or asks and they do not have."""
    held = {row.tag_id: row for row in PersonSkill.objects.filter(content_object=person).select_related("tag")}
    found = {key: row.tag for key, row in held.items() if row.interest}
    jobs = Assignment.objects.filter(current() | coming(), employee__person=person).exclude(job=None).values("job")
    for need in JobSkill.objects.filter(job__in=jobs).select_related("skill").order_by("-learnt", "pk"):
        if need.skill_id not in held or need.learnt:
            need.skill.ticked = need.learnt
            found.setdefault(need.skill_id, need.skill)
    return list(found.values())[:12]


def offered_skills(person: Person) -> list:
    """What somebody may pass on: the skills they work with alone, or that others come to ask them about."""
    rows = PersonSkill.objects.filter(content_object=person, level__gte=PersonSkill.Level.SKILLED).select_related("tag")
    return [row.tag for row in rows[:16]]


def seek_of(person: Person) -> Seek | None:
    return Seek.objects.filter(person=person).prefetch_related("skills").first()


# --- pairs --------------------------------------------------------------------------------------------
def pairs_of(user) -> list[dict]:
    """The pairs `user` is one of, those under way first."""
    me = standing.of(user).person
    rows = with_seats(Pair.objects.visible_to(user), "seeker", "mentor")
    found = sorted(rows, key=lambda pair: (pair.status == Pair.Status.ENDED, -pair.pk))
    return [{"pair": pair, "other": pair.other(me), "mentoring": pair.mentor_id == me.pk} for pair in found[:30]]


def next_session(user) -> dict | None:
    """The next meeting of any pair of `user`, with its place in the agreed number."""
    rows = Session.objects.visible_to(user).filter(status=Session.Status.PLANNED, pair__status__in=[Pair.Status.AGREEING, Pair.Status.ALIVE])
    session = rows.filter(starts_at__gte=clock.now()).select_related("pair__seeker", "pair__mentor").order_by("starts_at").first()
    return drawn_session(session, standing.of(user).person) if session else None


def drawn_session(session: Session, me: Person) -> dict:
    before = Session.objects.filter(pair=session.pair_id, status=Session.Status.PLANNED, starts_at__lt=session.starts_at).count()
    here = localtime(session.starts_at)
    return {
        "session": session,
        "pair": session.pair,
        "other": session.pair.other(me),
        "number": before + 1,
        "planned": max(session.pair.planned, before + 1),
        "here": here,
        "until": localtime(session.ends_at),
        "zone": words.zone(),
    }


# --- health -------------------------------------------------------------------------------------------
def health() -> list[tuple]:
    """What the People team sees, in words with its number: how many, never who nor what; None stands for fewer than five."""
    year = clock.today().replace(month=1, day=1)
    ended = Pair.objects.filter(status=Pair.Status.ENDED)
    counts = [
        (_("Pairs that meet"), Pair.objects.exclude(status=Pair.Status.ENDED).count()),
        (_("Requests that wait for an answer"), Request.objects.filter(status=Request.Status.WAITING).count()),
        (_("People who wait for names"), Seek.objects.filter(answered_at=None).count()),
        (_("Pairs that ended this year"), ended.filter(ended_on__gte=year).count()),
        (_("Mentors who take people"), Offer.objects.filter(taking() & mentors()).count()),
    ]
    return [(words_, count if count >= FEWEST or count == 0 else None) for words_, count in counts]
