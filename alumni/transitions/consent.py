"""What changes around consents: given, renewed, withdrawn, ended by their date; and leaving the alumni altogether."""

from datetime import timedelta

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from alumni import consenting, letters
from alumni.models import AlumniCard, Consent
from alumni.models.consent import months_later
from alumni.transitions import mentoring
from portal import audit, clock, identity, privacy, rules
from portal.accounts.models import User
from portal.moves import MoveRefused, locked, move
from portal.people.models import Person
from portal.people.retention import empty_directory

Status, Scope, Door = Consent.Status, Consent.Scope, Consent.Door


def give(scope: str, *, by, language: str) -> Consent:
    """Say yes to `scope` for 24 months, to the text as it is read in `language`. A yes that holds is renewed by another."""
    with transaction.atomic():
        person = Person.objects.select_for_update(of=("self",)).get(pk=by.person.pk)
        if not rules.may(by, "alumni.give_consent"):
            raise Http404
        for old in Consent.objects.filter(person=person, scope=scope, status=Status.GIVEN):
            _close(old, Status.RENEWED if old.is_alive else Status.ENDED, by=by, door=Door.PAGE)
        said = consenting.wording(scope)
        consent = Consent.objects.create(
            person=person,
            scope=Scope(scope),
            version=said.version,
            text=consenting.words_of(scope, language),
            language=language,
            until=months_later(clock.today(), consenting.MONTHS),
        )
        if scope == Scope.REACHABLE:
            AlumniCard.objects.get_or_create(person=person, defaults={"language": person.language})
        audit.record("consent.given", by=by, on=consent)
        consenting.forget_held(by.person)
    return consent


def withdraw(consent_id: int, *, by) -> Consent:
    """Say no again, as easily as yes was said."""
    with transaction.atomic():
        consent = locked(Consent, consent_id, by, "alumni.withdraw_consent")
        _withdraw(consent, by=by, door=Door.PAGE)
        consenting.forget_held(by.person)
    return consent


def withdraw_by_link(token: str) -> Consent | None:
    """The same by a mail's signed link, without signing in: the link is the key. None when nothing is left to withdraw."""
    person, scope = consenting.read_token(token) or (None, "")
    if person is None:
        raise Http404
    with transaction.atomic():
        consent = Consent.objects.select_for_update().filter(person=person, scope=scope, status=Status.GIVEN).first()
        if consent is not None:
            _withdraw(consent, by=None, door=Door.MAIL)
    return consent


def leave(*, by) -> None:
    """Gone the same day: consents, card, mentoring, what the directory showed and the account; figures keep their counts."""
    person = by.person
    if not rules.may(by, "alumni.leave_person", person):
        raise Http404
    with transaction.atomic():
        for consent in Consent.objects.select_for_update().filter(person=person, status=Status.GIVEN):
            _withdraw(consent, by=by, door=Door.LEAVING)
        audit.record("alumni.left", by=by, on=person)
        forget(person)
        try:
            privacy.erase(person, by=by)
        except privacy.StillClaimed:  # the staff register keeps names and seats; nothing else stays
            empty_directory([person])
            identity.empty(User.objects.get(pk=by.pk), by=by)


def forget(person) -> None:
    """What the alumni stage holds of `person`; consents stay as proof until their own retention."""
    AlumniCard.objects.filter(person=person).delete()
    mentoring.forget(person)


def _withdraw(consent: Consent, *, by, door: str) -> None:
    if consent.status != Status.GIVEN:
        raise MoveRefused(_("This consent is over already."))
    _close(consent, Status.WITHDRAWN, by=by, door=door)
    audit.record("consent.withdrawn", by=by, on=consent, door=str(door))
    _undo_effects(consent)


def _close(consent: Consent, status: str, *, by, door: str) -> None:
    move(consent, status, by=by)
    consent.over_at, consent.over_by = clock.now(), door
    consent.save(update_fields=["over_at", "over_by"])


def _undo_effects(consent: Consent) -> None:
    """What rested on this yes stops with it."""
    if consent.scope == Scope.REACHABLE:
        AlumniCard.objects.filter(person=consent.person_id).delete()
    if consent.scope == Scope.MENTOR:
        mentoring.close_offer(consent.person)


# --- by themselves ------------------------------------------------------------------------------------
def ask_again() -> int:
    """Ask, once, those whose consent ends within 45 days; how many were asked."""
    soon = clock.today() + timedelta(days=consenting.ASK_AGAIN_DAYS)
    asked = 0
    for consent in Consent.objects.alive().filter(until__lte=soon, asked_again_at=None).select_related("person__user"):
        with transaction.atomic():
            if Consent.objects.filter(pk=consent.pk, asked_again_at=None).update(asked_again_at=clock.now()):
                letters.renewal(consent)
                asked += 1
    return asked


def end_due() -> int:
    """End the consents whose date has passed; how many. Silence is no yes."""
    ended = 0
    for key in Consent.objects.filter(status=Status.GIVEN, until__lt=clock.today()).values_list("pk", flat=True):
        with transaction.atomic():
            consent = Consent.objects.select_for_update().filter(pk=key, status=Status.GIVEN).first()
            if consent is not None:
                _close(consent, Status.ENDED, by=None, door=Door.DATE)
                _undo_effects(consent)
                ended += 1
    return ended
