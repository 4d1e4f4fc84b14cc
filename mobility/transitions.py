"""What changes in mobility: interest, application, conversation, panel, answer, dates, and the move itself."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from mobility import leavers, letters, line
from mobility.models import Application, Conversation, Follow, Interest, Reading, Refusal
from portal import clock, lifecycle
from portal.moves import MoveRefused, locked, move, remember
from portal.panels import convening
from portal.panels import transitions as panels
from portal.panels.models import Panel
from portal.people.models import Assignment, Opening, Person
from portal.plans.planning import WorkingDays, add_months

Status = Application.Status
PANEL_KIND = "mobility.application"
ANSWER_DAYS = 10  # working days, from the application to the answer
AFTER_PANEL_DAYS = 3  # working days, from the ballots to the answer
RELEASE_MONTHS = 2  # the present team keeps somebody no longer than this after the answer


# --- interest -----------------------------------------------------------------------------------------
def express_interest(opening_id: int, *, by, shared: bool) -> Interest:
    """Keep an opening in mind; `shared` lets who hires know, outside the present line."""
    with transaction.atomic():
        opening = locked(Opening, opening_id, by, "mobility.apply_opening")
        interest, _new = Interest.objects.update_or_create(person=by.person, opening=opening, defaults={"shared": shared})
    return interest


def withdraw_interest(opening_id: int, *, by) -> None:
    """No longer interested: nothing is kept, nobody is told."""
    with transaction.atomic():
        Interest.objects.allowing(by, "mobility.withdraw_interest").filter(opening=opening_id).delete()
        _forget_readings(by.person, opening_id)


# --- the application ----------------------------------------------------------------------------------
def apply(opening_id: int, *, by, motivation: str, language: str) -> Application:
    """Ask for a seat; who hires is told without a name, the present line is not told."""
    with transaction.atomic():
        opening = locked(Opening, opening_id, by, "mobility.apply_opening")
        if Application.objects.filter(person=by.person, opening=opening, status__in=Application.RUNNING).exists():
            raise MoveRefused(_("You applied for this seat already."))
        day = clock.today(opening.site.timezone)
        due = WorkingDays(opening.site.country).shift(day, ANSWER_DAYS)
        application = Application.objects.create(person=by.person, opening=opening, motivation=motivation, language=language, due_on=due)
        Interest.objects.filter(person=by.person, opening=opening).delete()
        remember(application, "applied", by=by)
        letters.tell_person(application, "received", lambda: _("Your application was received: %(job)s.") % {"job": opening.job.title})
        letters.tell_hiring(application, "arrived", lambda: _("An application from inside waits for your answer: %(job)s.") % {"job": opening.job.title})
    return application


def lift(application_id: int, *, by) -> Application:
    """The person lets their present line know. There is no way back, and the page says so first."""
    with transaction.atomic():
        application = locked(Application, application_id, by, "mobility.own_application")
        if not application.is_running or application.lifted_at:
            raise MoveRefused(_("There is nothing to lift here."))
        application.lifted_at = clock.now()
        application.save(update_fields=["lifted_at"])
        remember(application, "lifted", by=by)
        letters.tell_present(application)
    return application


def withdraw(application_id: int, *, by) -> Application:
    """The person stops, at any time before the move; the panel stops with it and its ballots go."""
    with transaction.atomic():
        application = locked(Application, application_id, by, "mobility.own_application")
        move(application, Status.WITHDRAWN, by=by)
        panels.cancel(application, by=by)
        letters.tell_hiring(application, "withdrawn", lambda: _("An application from inside was withdrawn: %(job)s.") % {"job": application.opening.job.title})
    return application


def end_for_leavers() -> int:
    """Who is known to leave keeps nothing open and follows nothing; who hires hears of a withdrawal like any other. How many ended."""
    keys = Application.objects.filter(leavers.known(), status__in=Application.RUNNING).values_list("pk", flat=True)
    ended = sum(_end_for_leaver(key) for key in keys)
    forgotten, _kinds = Interest.objects.filter(leavers.known()).delete()
    stopped, _kinds = Follow.objects.filter(leavers.known()).delete()
    return ended + forgotten + stopped


def _end_for_leaver(key: int) -> bool:
    """The person is told why, as long as they can still open the page."""
    with transaction.atomic():
        application = Application.objects.select_for_update(of=("self",)).select_related("opening__job", "person__user").get(pk=key)
        if not application.is_running:
            return False
        move(application, Status.WITHDRAWN, by=None)
        panels.cancel(application, by=None)
        job = application.opening.job
        if line.held_by(application.person).exists():
            letters.tell_person(application, "left", lambda: _("Your application ended, since you leave: %(job)s.") % {"job": job.title})
        letters.tell_hiring(application, "withdrawn", lambda: _("An application from inside was withdrawn: %(job)s.") % {"job": job.title})
    return True


# --- talking and deciding -----------------------------------------------------------------------------
def log_conversation(application_id: int, *, by, on: date, said: str, language: str) -> Conversation:
    """Write down an exchange with the applicant, who reads it; without one there is no answer no."""
    with transaction.atomic():
        application = locked(Application, application_id, by, "mobility.handle_application")
        if not application.is_awaited:
            raise MoveRefused(_("This application has its answer already."))
        if on > max(application.today(), clock.today()):  # it may be tomorrow already where this is written
            raise MoveRefused(_("Log a conversation once it was held."))
        logged = Conversation.objects.create(application=application, by=by.person, on=on, said=said, language=language)
        if application.status == Status.SENT:
            move(application, Status.TALKING, by=by)
    return logged


def convene(application_id: int, *, by, hr: Person, rule: str, deadline: date) -> Panel:
    """Open the panel: criteria of the description, three colleges, ballots until `deadline`, six in the evening there."""
    with transaction.atomic():
        application = locked(Application, application_id, by, "mobility.handle_application")
        opening = application.opening
        closes = convening.closing(opening, deadline)
        move(application, Status.PANEL, by=by)
        panel = panels.open(
            PANEL_KIND,
            application,
            about=application.person,
            hr=hr,
            manager=opening.hiring_manager,
            team=opening.team,
            criteria=convening.criteria_of(opening.job),
            rule=rule,
            deadline=closes,
            by=by,
        )
        application.due_on = max(application.due_on, WorkingDays(opening.site.country).shift(deadline, AFTER_PANEL_DAYS))
        application.save(update_fields=["due_on"])
        letters.tell_person(application, "convened", lambda: letters.convened_words(panel, opening), panel=panel)
    return panel


def refuse(application_id: int, *, by, criterion: int, because: str, next_step: str, language: str) -> Refusal:
    """Answer no, after a logged conversation: one criterion of the description (its place), what was seen, one next step."""
    with transaction.atomic():
        application = locked(Application, application_id, by, "mobility.handle_application")
        if not application.conversations.exists():
            raise MoveRefused(_("Talk first: there is no answer no before a logged conversation."))
        panel = panels.outcome(application)
        if application.status == Status.PANEL and (panel is None or panel.decision == Panel.Decision.GO):
            raise MoveRefused(_("The panel has not answered yet.") if panel is None else _("The panel said yes."))
        pairs = convening.criteria_of(application.opening.job)
        if not 0 <= criterion < len(pairs) or not because.strip() or not next_step.strip():
            raise MoveRefused(_("Name a criterion, what was seen of it, and one next step."))
        move(application, Status.REFUSED, by=by)
        _answered(application)
        english, french = pairs[criterion]
        refusal = Refusal.objects.create(
            application=application, criterion_en=english, criterion_fr=french, because=because, next_step=next_step, language=language, by=by.person
        )
        letters.tell_person(
            application, "refused", lambda: _("Your application has its answer: %(job)s.") % {"job": application.opening.job.title}, refusal=refusal
        )
    return refusal


def accept(application_id: int, *, by) -> Application:
    """Say yes, once the panel did: from here on the person is free two months later at most, whatever the present team says."""
    with transaction.atomic():
        application = locked(Application, application_id, by, "mobility.handle_application")
        panel = panels.outcome(application)
        if panel is None or panel.decision != Panel.Decision.GO:
            raise MoveRefused(_("A yes follows a panel that said yes."))
        move(application, Status.ACCEPTED, by=by)
        application.release_by = add_months(application.today(), RELEASE_MONTHS)
        application.save(update_fields=["release_by"])
        _answered(application)
        letters.tell_person(application, "accepted", lambda: _("The answer is yes: %(job)s.") % {"job": application.opening.job.title})
    return application


def _answered(application: Application) -> None:
    application.answered_at = clock.now()
    application.save(update_fields=["answered_at"])


# --- the move -----------------------------------------------------------------------------------------
def agree_dates(application_id: int, *, by, starts_on: date) -> Application:
    """Say on which day the new seat begins; both managers on one day, and it is agreed. Another day asks the other again.

    The People team may settle it on the last day of the release: there is no veto.
    """
    with transaction.atomic():
        application = locked(Application, application_id, by, "mobility.date_application")
        if not application.today() < starts_on <= application.release_by:
            raise MoveRefused(_("Choose a day between tomorrow and %(day)s.") % {"day": letters.day_words(application.release_by)})
        if starts_on != application.starts_on:
            application.starts_on, application.hiring_agreed_at, application.present_agreed_at = starts_on, None, None
        hiring, present = sides(application, by)
        application.hiring_agreed_at = application.hiring_agreed_at or (clock.now() if hiring else None)
        application.present_agreed_at = application.present_agreed_at or (clock.now() if present else None)
        application.save(update_fields=["starts_on", "hiring_agreed_at", "present_agreed_at"])
        both = application.hiring_agreed_at and application.present_agreed_at
        if both and application.status == Status.ACCEPTED:
            move(application, Status.AGREED, by=by)
            letters.tell_person(application, "dated", lambda: _("Your first day in the new seat is %(day)s.") % {"day": letters.day_words(starts_on)})
        elif not both:
            remember(application, "dates_proposed", by=by, after=starts_on.isoformat())
            if application.status == Status.AGREED:
                move(application, Status.ACCEPTED, by=by)
    return application


def sides(application: Application, user) -> tuple[bool, bool]:
    """For whom `user` agrees: (the hiring side, the present side)."""
    me = user.person.pk
    settles = bool(line.hr_sites(user) & {None, application.opening.site_id}) and application.starts_on == application.release_by
    return me == application.opening.hiring_manager_id or settles, me in line.of(application.person) or settles


def move_in(application_id: int, *, by) -> Assignment:
    """The move: the old seat ends the day before, the new one begins, and what follows hears of it in this transaction."""
    with transaction.atomic():
        application = locked(Application, application_id, by, "mobility.move_application")
        opening, employee = application.opening, application.person.employee
        taken = opening.internal_applications.filter(status=Status.MOVED).count()
        if taken >= opening.seats:
            raise MoveRefused(_("Every seat of this opening is taken."))
        old = employee.assignments.current().filter(main=True).select_for_update(of=("self",)).first()
        last_day = leavers.last_day(application.person)  # announced and perhaps quiet: nothing is written beyond it, and nothing is said of it
        if old is None or old.started_on >= application.starts_on or (last_day and last_day < application.starts_on):
            raise MoveRefused(_("No present seat ends before this day: look at the dates again."))
        old.ended_on = application.starts_on - timedelta(days=1)
        old.save(update_fields=["ended_on"])
        new = Assignment.objects.create(
            employee=employee,
            team=opening.team,
            site=opening.site,
            job=opening.job,
            title_en=opening.job.title_en,
            title_fr=opening.job.title_fr,
            manager=opening.hiring_manager,
            started_on=application.starts_on,
            ended_on=last_day,
        )
        move(application, Status.MOVED, by=by)
        lifecycle.moved.send(sender=Application, assignment=new, by=by)
        letters.tell_person(application, "moved", lambda: _("Your move is written: %(job)s.") % {"job": opening.job.title}, seat=new)
    return new


# --- who read -----------------------------------------------------------------------------------------
def note_readings(user, rows) -> None:
    """Write in the log of each person that `user` read their interest or application today; one query, one line a day."""
    me, today = user.person, clock.today()
    readings = [Reading(person_id=row.person_id, opening_id=row.opening_id, reader=me, on=today) for row in rows if row.person_id != me.pk]
    Reading.objects.bulk_create(readings, ignore_conflicts=True)


def _forget_readings(person: Person, opening_id: int) -> None:
    Reading.objects.filter(person=person, opening=opening_id).delete()
