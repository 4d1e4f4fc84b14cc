"""What somebody follows, and the one notice they get when such a seat opens: seats of a trade, of a team, or like one somebody holds.

- A trade: every opening of a job of that trade.
- A team: every opening in that very team, not in those under it: nobody hears of a team they did not name.
- Somebody's seat: every opening of the job they held, in the team they held it in, on the day of the follow.
"""

from datetime import timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from mobility import leavers, line
from mobility.models import Alert, Follow
from portal import clock, notices, roles
from portal.models import TimelineEntry
from portal.moves import MoveRefused
from portal.people import standing
from portal.people.models import Assignment, Opening, Person

NEWS = timedelta(days=7)  # an opening older than this is no news any more
MOST = 50  # more than this is no choice
FORCE = {"seat": 0, "team": 1, "trade": 2}  # which follow is named to whoever follows a seat in several ways


def of(person: Person) -> QuerySet[Follow]:
    """What `person` follows, with all that its label needs."""
    return Follow.objects.filter(person=person).select_related("trade", "team", "job", "holder")


def label(follow: Follow) -> str:
    """What is followed, in the reader's language."""
    if follow.kind == "seat":
        words = {"name": follow.holder.display_name, "job": follow.job.title, "team": follow.team.name}
        return _("the seat of %(name)s: %(job)s, %(team)s") % words
    if follow.kind == "team":
        return _("the team %(name)s") % {"name": follow.team.name}
    return _("the trade %(name)s") % {"name": follow.trade.name}


def may_follow(user) -> bool:
    """Every colleague, but whoever is known to leave."""
    return roles.belongs(user, roles.COLLEAGUES) and not leavers.is_known(user)


def seat_of(person: Person) -> Assignment | None:
    """The seat that a follow of `person` means: the main one they hold today, if it has a description."""
    seat = line.held_by(person).select_related("job", "team").order_by("-main", "-started_on", "pk").first()
    return seat if seat and seat.job_id else None


def named(thing) -> list[tuple[str, str]]:
    """A trade or a team as `choices` takes it: its address and its name; nothing for none."""
    return [(thing.slug, thing.name)] if thing else []


def choices(user, *, trades=(), teams=(), seats=()) -> list[dict]:
    """A button for each thing: what it does in words, and the follow it would stop; one question.

    `trades` and `teams` are pairs (slug, name), `seats` pairs (holder, seat of today).
    """
    mine = list(of(standing.of(user).person))
    trades_kept = {each.trade.slug: each for each in mine if each.kind == "trade"}
    teams_kept = {each.team.slug: each for each in mine if each.kind == "team"}
    seats_kept = {(each.holder_id, each.team_id, each.job_id): each for each in mine if each.kind == "seat"}
    found = [_choice("trade", slug, name, trades_kept.get(slug)) for slug, name in trades]
    found += [_choice("team", slug, name, teams_kept.get(slug)) for slug, name in teams]
    for holder, seat in seats:
        found.append(_choice("seat", holder.slug, holder.display_name, seats_kept.get((holder.pk, seat.team_id, seat.job_id))))
    return found


def _choice(what: str, slug: str, name: str, kept: Follow | None) -> dict:
    words = {
        "trade": (_("Follow the trade %(name)s"), _("Stop following the trade %(name)s")),
        "team": (_("Follow the team %(name)s"), _("Stop following the team %(name)s")),
        "seat": (_("Follow the seat of %(name)s"), _("Stop following the seat of %(name)s")),
    }
    return {"what": what, "slug": slug, "kept": kept, "words": words[what][bool(kept)] % {"name": name}}


def follow(*, by, trade=None, team=None, holder: Person | None = None) -> Follow:
    """Follow one thing; asking twice changes nothing."""
    me = standing.of(by).person
    if not may_follow(by):
        raise MoveRefused(_("Whoever is known to leave is told of no seats."))
    wanted = {"trade": trade, "team": team, "job": None, "holder": None}
    if holder is not None:
        seat = seat_of(holder)
        if seat is None or holder.pk == me.pk:
            raise MoveRefused(_("There is no seat to follow here."))
        wanted |= {"team": seat.team, "job": seat.job, "holder": holder}
    with transaction.atomic():
        if Follow.objects.filter(person=me).count() >= MOST:
            raise MoveRefused(_("You follow %(n)s things already: stop one first.") % {"n": MOST})
        followed, _new = Follow.objects.get_or_create(person=me, **wanted)
    return followed


def stop(pk: int, *, by) -> None:
    """No longer: nothing is kept, nobody is told."""
    Follow.objects.allowing(by, "mobility.stop_follow").filter(pk=pk).delete()


# --- telling ------------------------------------------------------------------------------------------
def tell_followers() -> int:
    """Tell those who follow of what has opened since they do, once each; how many were told. Safe to run twice, or twice at once."""
    return sum(_tell_of(opening) for opening in _news())


def _wanting(trade, team, job, opened_at, opening) -> QuerySet[Follow]:
    """The follows that want an opening, whose person was not told of it; values, or references to an outer query."""
    told = Alert.objects.filter(person=OuterRef("person"), opening=opening)
    wants = Q(trade=trade, trade__isnull=False) | Q(team=team, job=None) | Q(team=team, job=job)
    return Follow.objects.filter(wants, ~Exists(told), at__lte=opened_at)


def _news() -> QuerySet[Opening]:
    """What opened lately and somebody still waits to hear of; one question, mostly with an empty answer."""
    fresh = Opening.objects.filter(status=Opening.Status.OPEN, opened_at__gte=clock.now() - NEWS, closes_on__gte=clock.today())
    waiting = _wanting(OuterRef("job__trade"), OuterRef("team"), OuterRef("job"), OuterRef("opened_at"), OuterRef(OuterRef("pk")))
    return fresh.filter(Exists(waiting)).select_related("job__trade", "team", "site")


def _tell_of(opening: Opening) -> int:
    """One notice to each follower who may see it; not to who opened it or hires for it, who know."""
    opened = TimelineEntry.objects.filter(content_type__app_label="people", content_type__model="opening", object_id=opening.pk, after=Opening.Status.OPEN)
    openers = set(opened.values_list("by", flat=True))
    follows = _wanting(opening.job.trade_id, opening.team_id, opening.job_id, opening.opened_at, opening.pk)
    rows = follows.exclude(person=opening.hiring_manager_id).exclude(person__user=None)
    rows = rows.select_related("person__user", "trade", "team", "job", "holder").order_by("person", "pk")
    told = 0
    for person, theirs in groupby(rows, key=lambda row: row.person):
        strongest = min(theirs, key=lambda row: FORCE[row.kind])
        if person.user_id not in openers:
            told += _tell(person, opening, strongest)
    return told


def _tell(person: Person, opening: Opening, because: Follow) -> bool:
    """The notice, in the transaction that remembers it; nothing to whoever may not see the opening, or when it has just closed."""
    with transaction.atomic():
        if not Opening.objects.visible_to(person.user).filter(pk=opening.pk, status=Opening.Status.OPEN).exists():
            return False
        _alert, new = Alert.objects.get_or_create(person=person, opening=opening)
        if new:
            notices.tell(
                person.user,
                "mobility.followed",
                lambda: (
                    _("A seat has opened: %(job)s, %(site)s. You follow %(what)s.")
                    % {"job": opening.job.title, "site": opening.site.name, "what": label(because)}
                ),
                url=opening.get_absolute_url(),
            )
    return new
