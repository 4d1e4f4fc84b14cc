"""What changes in recruitment: each verb is the one door of its status, asked again under the lock."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal import clock
from portal.lifecycle import hired, unhired
from portal.moves import MoveRefused, locked, move, remember
from portal.panels import transitions as panels
from portal.panels.models import Panel
from portal.people import waiting
from portal.people.models import Employee, Opening
from recruitment import adverts, letters, panel, processes
from recruitment.enrolment import enrol, unenrol
from recruitment.models import Application, Offer, Refusal, Seen, Stage

Status = Application.Status


# --- openings -----------------------------------------------------------------------------------------
def publish(opening_id: int, *, by) -> Opening:
    """Show an opening outside, or its new text; the text is kept as a version."""
    with transaction.atomic():
        opening = locked(Opening, opening_id, by, "people.change_opening")
        processes.give(opening, by=by)
        adverts.publish_text(opening, by)
        if opening.status != Opening.Status.OPEN:
            opening.opened_at, opening.closed_at = clock.now(), None
            opening.save(update_fields=["opened_at", "closed_at"])
            move(opening, Opening.Status.OPEN, by=by)
    return opening


def close(opening_id: int, *, by) -> Opening:
    """Close an opening, filled or not, once everybody has their answer; MoveRefused while anyone waits."""
    with transaction.atomic():
        opening = locked(Opening, opening_id, by, "recruitment.close_opening")
        _close(opening, by)
    return opening


def _close(opening: Opening, by) -> None:
    if left := waiting.for_answer(opening):
        raise MoveRefused(
            ngettext("%(n)s person still awaits an answer: answer first, then close.", "%(n)s people still await an answer: answer first, then close.", left)
            % {"n": left}
        )
    opening.closed_at = clock.now()
    opening.save(update_fields=["closed_at"])
    move(opening, Opening.Status.CLOSED, by=by)


# --- on the way ---------------------------------------------------------------------------------------
def advance(application_id: int, *, by, stage_id: int, seen: str = "") -> Application:
    """Bring an application to another stage of its process; the candidate is told after ten minutes.

    Leaving the blind stages shows the name, for good. `seen` is what the person did well, in words they may read.
    """
    with transaction.atomic():
        application = locked(Application, application_id, by, "recruitment.move_application")
        if application.status != Status.ACTIVE:
            raise MoveRefused(_("Only an application in process changes stage."))
        if panel.sitting(application):
            raise MoveRefused(_("A panel sits on it: wait for its answer, or stop it first."))
        stage = Stage.objects.filter(process__opening=application.opening_id, pk=stage_id).first()
        if stage is None or stage.pk == application.stage_id:
            raise MoveRefused(_("Choose another stage of this job."))
        before = application.stage
        _place(application, stage)
        if application.is_blind and not stage.blind:
            application.revealed_at = clock.now()
        application.first_answered_at = application.first_answered_at or clock.now()
        application.save()
        entry = remember(application, "advanced", by=by, before=str(before.pk), after=str(stage.pk))
        recognise(application, seen, by=by)
        if stage.order > before.order:
            letters.queue(application, "advanced", wait=letters.MOVE_WAITS, key=f"recruitment.advanced:{entry.pk}", stage=stage)
    return application


def go_back(application_id: int, *, by) -> Application:
    """Undo the last change of stage while its letter has not left."""
    with transaction.atomic():
        application = locked(Application, application_id, by, "recruitment.move_application")
        entry = processes.last_move(application)
        letter = application.letters.filter(kind="advanced", cancelled_at=None).first()
        if entry is None or application.status != Status.ACTIVE or (letter and letter.written_at >= entry.at and not letters.cancel(letter)):
            raise MoveRefused(_("Too late to undo: the person has been told. Move them again instead."))
        stage = Stage.objects.get(pk=int(entry.before))
        _place(application, stage)
        application.save()
        remember(application, "moved_back", by=by, before=entry.after, after=entry.before)
    return application


def _place(application: Application, stage: Stage) -> None:
    application.stage, application.stage_since = stage, clock.now()
    application.due_on = processes.answer_day(application.today, stage.days, application.opening.site)
    application.promised_on, application.promise_words = None, ""


def promise(application_id: int, *, by, on: date, words: str) -> Application:
    """We are late: say why and by when, to the candidate at once."""
    with transaction.atomic():
        application = locked(Application, application_id, by, "recruitment.move_application")
        if application.status != Status.ACTIVE:
            raise MoveRefused(_("Nobody waits here any more."))
        if fault := processes.cannot_promise(application, on):
            raise MoveRefused(fault)
        application.promised_on, application.promise_words = on, words
        application.first_answered_at = application.first_answered_at or clock.now()
        application.save(update_fields=["promised_on", "promise_words", "first_answered_at"])
        remember(application, "promised", by=by, after=on.isoformat())
        letters.queue(application, "late", on=on, words=words)
    return application


def reveal(application_id: int, *, by) -> Application:
    """Lift the blind for one person: logged, and there is no way back."""
    with transaction.atomic():
        application = locked(Application, application_id, by, "recruitment.reveal_application")
        if application.is_blind:
            application.revealed_at = clock.now()
            application.save(update_fields=["revealed_at"])
            remember(application, "revealed", by=by)
    return application


def recognise(application: Application, words: str, *, by, shown_from=None) -> None:
    """Keep what was seen, one line each; the candidate reads it from `shown_from` on."""
    for line in adverts.lines(words):
        Seen.objects.create(application=application, text=line[:300], by=by, shown_from=shown_from or clock.now())


# --- the answers --------------------------------------------------------------------------------------
def refuse(application_id: int, *, by, reason: str, words: str, because: str = "", seen: str = "", together: int = 1) -> Refusal:
    """Answer no: the reason stays with us, the words leave after 24 hours unless taken back."""
    with transaction.atomic():
        application = locked(Application, application_id, by, "recruitment.move_application")
        panel.demand(application, Panel.Decision.NO_GO)
        move(application, Status.REFUSED, by=by)
        _end(application)
        letter = letters.queue(application, "refused", wait=letters.REFUSAL_WAITS, words=words, seen=adverts.lines(seen), together=together)
        recognise(application, seen, by=by, shown_from=letter.leaves_at)
        return Refusal.objects.create(application=application, reason=reason, because=because, words=words, together=together, letter=letter, by=by)


def take_back_refusal(application_id: int, *, by) -> Application:
    """The answer no is taken back before it has left."""
    with transaction.atomic():
        application = locked(Application, application_id, by, "recruitment.move_application")
        refusal = application.refusals.filter(taken_back_at=None).first()
        if application.status != Status.REFUSED or refusal is None:
            raise MoveRefused(_("There is no answer to take back."))
        if not letters.cancel(refusal.letter):
            raise MoveRefused(_("The letter has left. Write to the person instead."))
        refusal.taken_back_at = clock.now()
        refusal.save(update_fields=["taken_back_at"])
        application.seen.filter(shown_from__gte=refusal.letter.leaves_at).delete()
        application.ended_at = None
        application.save(update_fields=["ended_at"])
        move(application, Status.ACTIVE, by=by)
    return application


def withdraw(application: Application) -> Application:
    """The candidate stops: at once, and nobody asks why. Reached by the private link only."""
    with transaction.atomic():
        application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
        for offer in application.offers.filter(status=Offer.Status.OUT):
            _answer_offer(offer, Offer.Status.DECLINED)
        move(application, Status.WITHDRAWN, by=None)
        panels.cancel(application, by=None)
        _end(application)
    return application


def correct(application: Application, *, given_name: str, family_name: str, email: str, phone: str) -> Application:
    """The candidate corrects who they are and where we write to them. Reached by the private link only.

    A new address gets the private link; the one before is told, so that nobody is moved out of their own mails unseen.
    """
    with transaction.atomic():
        application = Application.objects.select_for_update(of=("self",)).select_related("person", "advert").get(pk=application.pk)
        if not application.may_be_corrected:
            raise MoveRefused(_("You accepted our offer: your file belongs to your contract now. Write to the People team about it."))
        before, person = application.email, application.person
        person.given_name, person.family_name = given_name, family_name
        person.save(update_fields=["given_name", "family_name"])
        application.email, application.phone = email, phone
        application.save(update_fields=["email", "phone"])
        remember(application, "corrected")
        if email.lower() != before.lower():
            letters.queue(application, "link")
            letters.tell_former_address(application, before)
    return application


def offer(application_id: int, *, by, pay: int, starts_on: date, expires_on: date, words: str = "") -> Offer:
    """Make an offer; the candidate accepts or declines it by the private link."""
    with transaction.atomic():
        application = locked(Application, application_id, by, "recruitment.offer_application")
        if not application.today <= expires_on <= starts_on:
            raise MoveRefused(_("The answer is awaited from today on, and before the first day."))
        panel.demand(application, Panel.Decision.GO)
        move(application, Status.OFFERED, by=by)
        application.revealed_at = application.revealed_at or clock.now()
        application.first_answered_at = application.first_answered_at or clock.now()
        application.save(update_fields=["revealed_at", "first_answered_at"])
        job = application.opening.job
        made = Offer.objects.create(application=application, pay=pay, currency=job.currency, starts_on=starts_on, expires_on=expires_on, words=words, by=by)
        letters.queue(application, "offered", offer=made)
    return made


def take_back_offer(application_id: int, *, by) -> Application:
    """The offer is taken back while it is unanswered; the application is in process again."""
    with transaction.atomic():
        application = locked(Application, application_id, by, "recruitment.offer_application")
        _answer_offer(_offer_out(application), Offer.Status.TAKEN_BACK)
        move(application, Status.ACTIVE, by=by)
    return application


def accept_offer(application: Application) -> Application:
    """The candidate says yes, by the private link."""
    with transaction.atomic():
        application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
        out = _offer_out(application)
        if out.expires_on < application.today:
            raise MoveRefused(_("This offer ended on its date. Write to us: we will see together."))
        _answer_offer(out, Offer.Status.ACCEPTED)
        move(application, Status.ACCEPTED, by=None)
    return application


def decline_offer(application: Application) -> Application:
    """The candidate says no, by the private link."""
    with transaction.atomic():
        application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
        _answer_offer(_offer_out(application), Offer.Status.DECLINED)
        move(application, Status.DECLINED, by=None)
        _end(application)
    return application


def _offer_out(application: Application) -> Offer:
    out = application.offers.filter(status=Offer.Status.OUT).first()
    if out is None:
        raise MoveRefused(_("There is no offer to answer."))
    return out


def _answer_offer(out: Offer, status: str) -> None:
    out.answered_at = clock.now()
    out.save(update_fields=["answered_at"])
    move(out, status, by=None)


def _end(application: Application) -> None:
    application.ended_at = clock.now()
    application.first_answered_at = application.first_answered_at or application.ended_at
    application.save(update_fields=["ended_at", "first_answered_at"])


# --- the hire -----------------------------------------------------------------------------------------
def hire(application_id: int, *, by, joined_on: date) -> Employee:
    """Here an application becomes an employee."""
    with transaction.atomic():
        application = locked(Application, application_id, by, "recruitment.hire_application")
        opening = Opening.objects.select_for_update(of=("self",)).get(pk=application.opening_id)
        if opening.applications.filter(status=Status.HIRED).count() >= opening.seats:
            raise MoveRefused(_("Every seat of this job is taken."))
        move(application, Status.HIRED, by=by)
        employee = enrol(application.person, opening=opening, joined_on=joined_on)
        application.employee, application.ended_at = employee, clock.now()
        application.save(update_fields=["employee", "ended_at"])
        hired.send(sender=Application, employee=employee, by=by, address=application.email)  # receivers write rows only: no plan, no hire
        letters.queue(application, "hired", joined_on=joined_on)
        if opening.status == Opening.Status.OPEN and processes.is_full(opening) and not waiting.for_answer(opening):
            _close(opening, by)
    return employee


def undo_hire(application_id: int, *, by) -> Application:
    """A wrong hire is undone until the first day: the seat and its employee go, the application is accepted again."""
    with transaction.atomic():
        application = locked(Application, application_id, by, "recruitment.hire_application")
        employee = application.employee
        move(application, Status.ACCEPTED, by=by)
        application.employee, application.ended_at = None, None
        application.save(update_fields=["employee", "ended_at"])
        if employee is not None:
            unhired.send(sender=Application, employee=employee, by=by)
            unenrol(employee, opening=application.opening)
        letter = application.letters.filter(kind="hired", cancelled_at=None).first()
        if letter:
            letters.cancel(letter)
        if application.opening.status == Opening.Status.CLOSED:
            move(application.opening, Opening.Status.OPEN, by=by)
    return application
