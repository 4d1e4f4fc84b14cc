"""Who helps whom: upper floors declare acts downwards, two colleagues say that they work together, either end hides a tie."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.db.models import OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal import clock, notices
from portal.moves import locked
from portal.people.models import Person, Tie
from portal.people.visibility import Reader, readable_q
from portal.rules import one_by_one

LASTS = timedelta(days=730)  # as long as a skill stays fresh without a word
DRAWN = 8
Kind = Tie.Kind


# --- acts ---------------------------------------------------------------------------------------------
def declare(kind: str, *, giver: Person, receiver: Person, source: str, on: date | None = None, visible: bool = True) -> Tie | None:
    """Write down one act of `giver` for `receiver`; saying it twice changes nothing. For floors above, inside their transaction.

    `source` names the act ("alumni.pair:12"). `visible` says whether others could see the act already; where they could
    not, the two see the tie alone until both show it. Whoever hid a tie of this kind with the other keeps it hidden.
    A community declares its members two by two while it is small enough for them to know one another. None for an act
    towards oneself.
    """
    if giver.pk == receiver.pk:
        return None
    shown = True if visible else None
    ends = {"giver_shows": shown, "receiver_shows": shown}
    for earlier in between(giver, receiver).filter(kind=kind):
        for person, end in ((giver, "giver_shows"), (receiver, "receiver_shows")):
            if earlier.shown_by(person) is False:
                ends[end] = False
    tie, _new = Tie.objects.get_or_create(giver=giver, receiver=receiver, kind=kind, source=source, defaults={"on": on or clock.today(), **ends})
    return tie


def withdraw(kind: str, source: str) -> None:
    """The act did not hold: whatever was declared from `source` goes."""
    Tie.objects.filter(kind=kind, source=source).delete()


def between(one: Person, other: Person):
    """The ties of these two, whoever helped."""
    return Tie.objects.filter(Q(giver=one, receiver=other) | Q(giver=other, receiver=one))


def ask(person: Person, other: Person) -> Tie:
    """`person` says that they work with `other`, who is told and confirms or not; both saying it confirms it."""
    with transaction.atomic():
        tie = between(person, other).filter(kind=Kind.WORKS_WITH).select_for_update(of=("self",)).first()
        if tie is None:
            tie = Tie.objects.create(kind=Kind.WORKS_WITH, giver=person, receiver=other, giver_shows=True)
            if other.user:
                sentence = lambda: _("%(name)s says that you work together. It shows once you confirm.") % {"name": person}  # noqa: E731
                notices.tell(other.user, "people.tie", sentence, url=f"{other.get_absolute_url()}#around")
        else:
            _set(tie, person, True)
    return tie


def said(person: Person, other: Person) -> Tie | None:
    """What `person` already said, or was asked, about working with `other`."""
    return between(person, other).filter(kind=Kind.WORKS_WITH).exclude(giver=other, receiver_shows=False).first()


def show(tie_id: int, *, by) -> Tie:
    """This end shows the tie, and all of its kind between the two."""
    return _say(tie_id, by, True)


def hide(tie_id: int, *, by) -> Tie:
    """This end hides the tie, and all of its kind between the two: nobody sees it any more but whoever hid it."""
    return _say(tie_id, by, False)


def _say(tie_id: int, by, shown: bool) -> Tie:
    with transaction.atomic():
        tie = locked(Tie, tie_id, by, "people.change_tie")
        for each in between(tie.giver, tie.receiver).filter(kind=tie.kind):
            _set(each, by.person, shown)
    return tie


def _set(tie: Tie, person: Person, shown: bool) -> None:
    setattr(tie, tie.end_of(person), shown)
    tie.save(update_fields=[tie.end_of(person)])


def renew(person: Person) -> None:
    """The yearly "still right": with whom one works, if one still shows it, is said anew."""
    mine = Q(giver=person, giver_shows=True) | Q(receiver=person, receiver_shows=True)
    Tie.objects.filter(mine, kind=Kind.WORKS_WITH).update(on=clock.today())


# --- what a reader sees -------------------------------------------------------------------------------
def fresh() -> Q:
    """Acts that still count."""
    return Q(on__gt=clock.today() - LASTS)


def readable(reader: Reader) -> Q:
    """The ties this reader may know of: their own unless the other hid it; else shown by both ends, to such a reader."""
    showing = Person.objects.filter(readable_q("ties", reader))
    shown = Q(giver_shows=True, receiver_shows=True)
    for end in ("giver", "receiver"):
        shown = shown & one_by_one(showing.filter(pk=OuterRef(end)))
    if not reader.person_id:
        return shown
    of_giver, of_receiver = Q(giver=reader.person_id), Q(receiver=reader.person_id)
    hidden_by_other = (of_giver & Q(receiver_shows=False)) | (of_receiver & Q(giver_shows=False))
    return (of_giver | of_receiver | shown) & ~hidden_by_other


@dataclass
class Line:
    """One reason why two people are tied; on the own page with what its owner may do about it."""

    tie: Tie
    words: str
    state: str  # shown, mine (waits for the other), theirs (waits for me), both (neither said), hidden

    @property
    def may_show(self) -> bool:
        return self.state in ("theirs", "both", "hidden")

    @property
    def may_hide(self) -> bool:
        return self.state != "hidden"


@dataclass
class Around:
    """One person at the other end, and why."""

    person: Person
    reachable: bool
    lines: list[Line] = field(default_factory=list)
    acts: int = 0

    @property
    def confirmed(self) -> bool:
        return any(line.state == "shown" for line in self.lines)

    @property
    def weight(self) -> int:
        """How thick the line is drawn: one act, a few, many. Of the tie, never of a person."""
        return 1 if self.acts < 2 else 2 if self.acts < 5 else 3


def around(person: Person, reader: Reader, among) -> list[Around]:
    """Who is tied to `person` and why, as far as `reader` may know, by name; `among` are the people the reader can open."""
    own = reader.person_id == person.pk
    rows = Tie.objects.filter(readable(reader), fresh()).filter(Q(giver=person) | Q(receiver=person))
    acts: dict[tuple, list[Tie]] = {}
    for tie in rows.select_related("giver", "receiver"):
        acts.setdefault((tie.other(person), tie.kind, tie.giver_id == person.pk), []).append(tie)
    open_to = set(among.filter(pk__in={other.pk for other, *_rest in acts}).order_by().values_list("pk", flat=True)) if acts else set()
    found: dict[int, Around] = {}
    for (other, _kind, _gives), ties in acts.items():
        if other.pk not in open_to and not own:
            continue
        one = found.setdefault(other.pk, Around(other, other.pk in open_to))
        state = _state(ties[0], person) if own else "shown"
        one.lines.append(Line(ties[0], _words(ties[0], len(ties), person), state))
        one.acts += len(ties)
    return sorted(found.values(), key=lambda one: (one.person.family_name.casefold(), one.person.first_name.casefold(), one.person.pk))


def drawn(people: Iterable[Around]) -> list[tuple[Person, int, bool]]:
    """The rows of {% ties %}: whom the reader can open, the thickest lines kept when there are many."""
    shown = [one for one in people if one.reachable and any(line.state != "hidden" for line in one.lines)]
    kept = sorted(shown, key=lambda one: -one.acts)[:DRAWN]
    return [(one.person, one.weight, one.confirmed) for one in shown if one in kept]


def _state(tie: Tie, person: Person) -> str:
    mine, theirs = tie.shown_by(person), tie.shown_by(tie.other(person))
    if mine is False:
        return "hidden"
    if mine and theirs:
        return "shown"
    return "mine" if mine else "theirs" if theirs else "both"


def _words(tie: Tie, count: int, person: Person) -> str:
    """Why the other end stands on the page of `person`, after their name and a colon."""
    gives, name = tie.giver_id == person.pk, {"name": person.first_name, "n": count}
    if tie.kind == Kind.WORKS_WITH:
        return _("works with %(name)s") % name
    if tie.kind == Kind.MENTORING:
        return _("mentored by %(name)s") % name if gives else _("mentors %(name)s") % name
    if tie.kind == Kind.ANSWER:
        if gives:
            return ngettext("accepted %(n)s answer of %(name)s", "accepted %(n)s answers of %(name)s", count) % name
        return ngettext("gave %(n)s answer that %(name)s accepted", "gave %(n)s answers that %(name)s accepted", count) % name
    if tie.kind == Kind.COMMUNITY:
        return ngettext("%(n)s community in common", "%(n)s communities in common", count) % name
    return _("thanked %(name)s") % name if gives else _("thanked by %(name)s") % name
