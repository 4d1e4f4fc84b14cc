"""What changes between the two of a pair: agreement, end, thanks, sessions with their notes, and what is left of it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from alumni import letters
from alumni.models import Note, Pair, Session, Thanks
from portal import clock
from portal.moves import MoveRefused, locked, move
from portal.people import ties

Met = Pair.Status


def agree(pair_id: int, *, by, goals: str, rhythm: int, weeks: int, language: str) -> Pair:
    """Write the agreement, or say yes to it as it stands; another wording asks the other again. Two yeses begin it."""
    with transaction.atomic():
        pair = locked(Pair, pair_id, by, "alumni.live_pair")
        if (pair.goals, pair.rhythm, pair.weeks) != (goals, rhythm, weeks):
            pair.goals, pair.rhythm, pair.weeks, pair.language = goals, rhythm, weeks, language
            pair.seeker_agreed = pair.mentor_agreed = False
        if by.person.pk == pair.mentor_id:
            pair.mentor_agreed = True
        else:
            pair.seeker_agreed = True
        both = pair.seeker_agreed and pair.mentor_agreed
        if both and pair.started_on is None:
            pair.started_on = clock.today()
        pair.save()
        if both and pair.status == Met.AGREEING:
            move(pair, Met.ALIVE, by=by)
            ties.declare(ties.Kind.MENTORING, giver=pair.mentor, receiver=pair.seeker, source=f"alumni.pair:{pair.pk}", visible=False)
        letters.agreement(pair, by.person, both=both)
    return pair


def end(pair_id: int, *, by) -> Pair:
    """Either ends it, and no reason is asked; what was planned is cancelled."""
    with transaction.atomic():
        pair = locked(Pair, pair_id, by, "alumni.live_pair")
        finish(pair, by=by)
    return pair


def end_due() -> int:
    """End the pairs whose agreed weeks are over since a fortnight; how many."""
    ended = 0
    for pair in Pair.objects.filter(status=Met.ALIVE).select_related("seeker__user", "mentor__user"):
        if pair.ends_on and (clock.today() - pair.ends_on).days > 14:
            with transaction.atomic():
                finish(pair, by=None)
                ended += 1
    return ended


def finish(pair: Pair, *, by) -> None:
    """It is over: what was planned is cancelled, and both are told; asked under the caller's lock."""
    for session in pair.sessions.filter(status=Session.Status.PLANNED, starts_at__gt=clock.now()):
        _cancel(session, by=by)
    move(pair, Met.ENDED, by=by)
    pair.ended_on = clock.today()
    pair.save(update_fields=["ended_on"])
    letters.ended(pair, by.person if by else None)


def thank(pair_id: int, *, by, text: str, language: str) -> Thanks:
    """Thank the other, once it is over; they alone read it."""
    with transaction.atomic():
        pair = locked(Pair, pair_id, by, "alumni.thank_pair")
        if Thanks.objects.filter(pair=pair, by=by.person).exists():
            raise MoveRefused(_("You thanked already."))
        said = Thanks.objects.create(pair=pair, by=by.person, text=text, language=language)
        letters.thanked(said)
    return said


# --- sessions -----------------------------------------------------------------------------------------
def plan(pair_id: int, *, by, starts_at: datetime, minutes: int, place: str) -> Session:
    """Fix a meeting; both get it for their calendars."""
    with transaction.atomic():
        pair = locked(Pair, pair_id, by, "alumni.live_pair")
        if starts_at <= clock.now():
            raise MoveRefused(_("Choose a moment to come."))
        session = Session.objects.create(pair=pair, by=by.person, starts_at=starts_at, minutes=minutes, place=place)
        letters.session(session, "planned")
    return session


def shift(session_id: int, *, by, starts_at: datetime, minutes: int, place: str) -> Session:
    """Move it; calendars follow."""
    with transaction.atomic():
        session = locked(Session, session_id, by, "alumni.change_session")
        if starts_at <= clock.now():
            raise MoveRefused(_("Choose a moment to come."))
        session.starts_at, session.minutes, session.place = starts_at, minutes, place
        session.sequence += 1
        session.save(update_fields=["starts_at", "minutes", "place", "sequence"])
        letters.session(session, "moved")
    return session


def cancel(session_id: int, *, by) -> Session:
    with transaction.atomic():
        session = locked(Session, session_id, by, "alumni.change_session")
        _cancel(session, by=by)
    return session


def _cancel(session: Session, *, by) -> None:
    move(session, Session.Status.CANCELLED, by=by)
    session.sequence += 1
    session.save(update_fields=["sequence"])
    letters.session(session, "cancelled")


def write_note(session_id: int, *, by, text: str, language: str) -> Note:
    """A few lines for the two."""
    with transaction.atomic():
        session = locked(Session, session_id, by, "alumni.view_session")
        return Note.objects.create(session=session, by=by.person, text=text, language=language)


def forget_note(note_id: int, *, by) -> None:
    Note.objects.allowing(by, "alumni.forget_note").filter(pk=note_id).delete()


# --- what is left of it ---------------------------------------------------------------------------------
def empty(pairs) -> None:
    """Leave of these pairs what figures need: when they began and ended."""
    for pair in pairs:
        pair.sessions.all().delete()
        pair.thanks.all().delete()
        pair.seeker = pair.mentor = pair.request = None
        pair.goals = ""
        pair.save(update_fields=["seeker", "mentor", "request", "goals"])
