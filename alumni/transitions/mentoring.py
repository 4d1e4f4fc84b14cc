"""What changes before two people meet: offers, names proposed, requests and their answers; and when somebody goes."""

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from alumni import letters, matching, pool
from alumni.models import Offer, Pair, Proposal, Request, Seek
from alumni.permissions.mentoring import mentors, taking
from alumni.transitions import pairs
from portal import clock, rules
from portal.bell import ring
from portal.models import TimelineEntry
from portal.moves import MoveRefused, locked, move, remember
from portal.people.models import Person

Asked, Met = Request.Status, Pair.Status
MATCH = "alumni.match_mentors"
FEWEST_NAMES = 2


# --- offers -------------------------------------------------------------------------------------------
def open_offer(form, *, by) -> Offer:
    """Write what one offers, from a valid form; the house's own flag "can mentor" follows."""
    if not rules.may(by, "alumni.make_offer"):
        raise Http404
    with transaction.atomic():
        offer = form.save(commit=False)
        offer.person, offer.open = by.person, True
        offer.save()
        form.save_m2m()
        Person.objects.filter(pk=offer.person_id).update(can_mentor=True)
        ring(MATCH)
    return offer


def close_own(*, by) -> None:
    """Stop mentoring, by one's own choice."""
    with transaction.atomic():
        Offer.objects.allowing(by, "alumni.make_offer").select_for_update(of=("self",)).first()
        close_offer(by.person)


def close_offer(person) -> None:
    """No longer a mentor: waiting requests go to other names, pairs end without blame."""
    Offer.objects.filter(person=person).update(open=False)
    Person.objects.filter(pk=person.pk).update(can_mentor=False)
    Proposal.objects.filter(mentor=person, open=True).update(open=False)
    for request in Request.objects.filter(mentor=person, status=Asked.WAITING):
        _unanswered(request, Asked.DECLINED)
    for pair in Pair.objects.filter(mentor=person).exclude(status=Met.ENDED):
        pairs.finish(pair, by=None)


# --- names --------------------------------------------------------------------------------------------
def seek(form, *, by) -> Seek:
    """Ask for names; the worker chooses them over the whole pool, within a minute."""
    if not rules.may(by, "alumni.make_seek"):
        raise Http404
    with transaction.atomic():
        sought = form.save(commit=False)
        sought.person, sought.at, sought.answered_at = by.person, clock.now(), None
        sought.save()
        form.save_m2m()
        Proposal.objects.filter(seeker=by.person, open=True).update(open=False)
        ring(MATCH)
    return sought


def stop_seeking(*, by) -> None:
    """No longer looking: what one wanted to learn is forgotten, and the names with it."""
    with transaction.atomic():
        Seek.objects.allowing(by, "alumni.view_seek").delete()
        Proposal.objects.filter(seeker=by.person).delete()


def match() -> int:
    """Choose names for everybody who waits, over the whole pool; how many people got some. Runs in the worker."""
    with transaction.atomic():
        waiting = list(pool.unanswered())
        if not waiting:
            return 0
        seekers, mentors = pool.whole(waiting)
        found = matching.propose(seekers, mentors.values())
        by_key = {seeker.key: seeker for seeker in seekers}
        served = 0
        for sought in waiting:
            names = found[sought.person_id]
            Proposal.objects.filter(seeker=sought.person_id, open=True).update(open=False)
            seeker = by_key[sought.person_id]
            Proposal.objects.bulk_create(Proposal(seeker=sought.person, mentor_id=key, reasons=kept(matching.reasons(seeker, mentors[key]))) for key in names)
            if names:
                Seek.objects.filter(pk=sought.pk).update(answered_at=clock.now())
                letters.names_chosen(sought.person)
                served += 1
    return served


def kept(reasons: list[matching.Reason]) -> list:
    """Reasons as a row keeps them; alumni/words.py says them."""
    return [[why.kind, list(why.values)] for why in reasons]


def _other_names(seeker) -> None:
    """After a no or a silence: the names that still stand and take people today; with fewer than two there is no choice, and names are chosen anew."""
    taking_now = Offer.objects.filter(taking() & mentors()).values("person")
    if Proposal.objects.filter(seeker=seeker, open=True, mentor__in=taking_now).count() < FEWEST_NAMES:
        Seek.objects.filter(person=seeker).update(answered_at=None)
        ring(MATCH)


# --- requests -----------------------------------------------------------------------------------------
def ask(offer_id: int, *, by, words: str, language: str) -> Request:
    """Ask a mentor. One request waits at a time; nobody asks their own line, nor a mentor without a place left."""
    with transaction.atomic():
        offer = locked(Offer, offer_id, by, "alumni.ask_offer")
        person = by.person
        if Request.objects.filter(seeker=person, status=Asked.WAITING).exists():
            raise MoveRefused(_("One request at a time: wait for the answer, or take it back first."))
        if Pair.objects.filter(seeker=person).exclude(status=Met.ENDED).exists():
            raise MoveRefused(_("You have a mentor already."))
        sought = Seek.objects.filter(person=person).prefetch_related("skills").first() or _as_known(person)
        seeker, mentor = pool.two(sought, offer)
        if offer.person_id in seeker.line:
            raise MoveRefused(_("A mentor stands outside your own line: choose somebody else."))
        if mentor.places < 1:
            raise MoveRefused(_("%(name)s has no place left at the moment.") % {"name": offer.person.display_name})
        why = kept(matching.reasons(seeker, mentor))
        answer_by = clock.today() + Request.DAYS
        asked = Request.objects.create(seeker=person, mentor=offer.person, words=words, language=language, reasons=why, answer_by=answer_by)
        Proposal.objects.filter(seeker=person, mentor=offer.person).update(open=False)
        remember(asked, "asked", by=by)
        letters.asked(asked)
    return asked


def _as_known(person: Person) -> Seek:
    """What is known of somebody who never said what they look for: their languages, unsaved."""
    return Seek(person=person, tongues=person.spoken_languages or [person.language])


def accept(request_id: int, *, by, reply: str = "") -> Pair:
    """Say yes: the two agree on goals and rhythm next."""
    with transaction.atomic():
        asked = locked(Request, request_id, by, "alumni.answer_request")
        offer = Offer.objects.select_for_update().get(person=asked.mentor_id)
        if Pair.objects.filter(mentor=asked.mentor_id).exclude(status=Met.ENDED).count() >= offer.capacity:
            raise MoveRefused(_("You have no place left. Give one more in your offer, or say not now."))
        _answer(asked, Asked.ACCEPTED, by=by, reply=reply)
        pair = Pair.objects.create(request=asked, seeker=asked.seeker, mentor=asked.mentor, language=asked.language)
        remember(pair, "met", by=by)
        Proposal.objects.filter(seeker=asked.seeker, open=True).update(open=False)
        letters.accepted(asked, pair)
    return pair


def decline(request_id: int, *, by, reply: str = "") -> Request:
    """Say not now; no reason is asked, and other names come."""
    with transaction.atomic():
        asked = locked(Request, request_id, by, "alumni.answer_request")
        _answer(asked, Asked.DECLINED, by=by, reply=reply)
        letters.declined(asked)
        _other_names(asked.seeker)
    return asked


def take_back(request_id: int, *, by) -> Request:
    """Whoever asked changes their mind; the mentor is told."""
    with transaction.atomic():
        asked = locked(Request, request_id, by, "alumni.withdraw_request")
        _answer(asked, Asked.WITHDRAWN, by=by)
        letters.taken_back(asked)
        _other_names(asked.seeker)
    return asked


def expire_due() -> int:
    """End the requests whose seven days are over, without blame, and bring other names; how many."""
    ended = 0
    for key in Request.objects.filter(status=Asked.WAITING, answer_by__lt=clock.today()).values_list("pk", flat=True):
        with transaction.atomic():
            asked = Request.objects.select_for_update().filter(pk=key, status=Asked.WAITING).first()
            if asked is not None:
                _unanswered(asked, Asked.EXPIRED)
                ended += 1
    return ended


def _unanswered(asked: Request, status: str) -> None:
    _answer(asked, status, by=None)
    letters.expired(asked)
    _other_names(asked.seeker)


def _answer(asked: Request, status: str, *, by, reply: str = "") -> None:
    move(asked, status, by=by)
    asked.answered_at, asked.reply = clock.now(), reply
    asked.save(update_fields=["answered_at", "reply"])


# --- when somebody goes -------------------------------------------------------------------------------
def forget(person) -> None:
    """Their side of mentoring goes; a pair that was stays as a date and a length, without names."""
    close_offer(person)
    for pair in Pair.objects.filter(seeker=person).exclude(status=Met.ENDED):
        pairs.finish(pair, by=None)
    pairs.empty(Pair.objects.filter(seeker=person) | Pair.objects.filter(mentor=person))
    asked = Request.objects.filter(seeker=person) | Request.objects.filter(mentor=person)
    keys = list(asked.values_list("pk", flat=True))
    TimelineEntry.objects.filter(content_type__app_label="alumni", content_type__model="request", object_id__in=keys).delete()
    Request.objects.filter(pk__in=keys).delete()
    Proposal.objects.filter(seeker=person).delete()
    Proposal.objects.filter(mentor=person).delete()
    Seek.objects.filter(person=person).delete()
    Offer.objects.filter(person=person).delete()
