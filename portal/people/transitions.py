"""What happens to a report about a page: its owner, or the People team for official lines, accepts or dismisses it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import notices, roles
from portal.accounts.models import User
from portal.moves import MoveRefused, locked, move
from portal.people.models import Correction, Grant, Person
from portal.people.visibility import HR

# Lines a report may rewrite by being accepted; the others are answered by hand.
REWRITTEN = ("usual_name", "pronunciation", "pronouns", "headline", "ask_me_about", "phone", "working_pattern")
FOR_THE_PEOPLE_TEAM = ("name", "title", "team", "site", "manager", "work_email")


def report(correction: Correction) -> Correction:
    """Write a report and tell whoever decides on it."""
    with transaction.atomic():
        correction.save()
        url = reverse("people:correction_detail", args=[correction.pk])
        for user in deciders(correction):
            notices.tell(user, "people.report", lambda: _("A report about the page of %(name)s waits for an answer.") % {"name": correction.person}, url=url)
    return correction


def deciders(correction: Correction) -> list[User]:
    """The owner; the People team of the person's sites for official lines and for "has left"."""
    if correction.kind != Correction.Kind.LEFT and correction.field not in FOR_THE_PEOPLE_TEAM:
        return [correction.person.user] if correction.person.user else []
    sites = set(correction.person.employee.assignments.values_list("site", flat=True)) if hasattr(correction.person, "employee") else set()
    grants = Grant.objects.filter(duty__in=HR, person__user__is_active=True).select_related("person__user")
    users = {grant.person.user for grant in grants if grant.site_id is None or grant.site_id in sites}
    return sorted((user for user in users if roles.has(user, *HR)), key=lambda user: user.pk)


def accept(correction_id: int, *, by) -> Correction:
    """Say yes: the line is rewritten as proposed. Raises MoveRefused when the page cannot hold the proposal."""
    with transaction.atomic():
        correction = locked(Correction, correction_id, by, "people.answer_correction")
        move(correction, Correction.Status.ACCEPTED, by=by)
        if correction.field in REWRITTEN and correction.proposed:
            _rewrite(correction)
        _answer(correction, lambda: _("Your report about the page of %(name)s was accepted. Thank you.") % {"name": correction.person})
    return correction


def dismiss(correction_id: int, *, by) -> Correction:
    """Say no: the page stays as it is."""
    with transaction.atomic():
        correction = locked(Correction, correction_id, by, "people.answer_correction")
        move(correction, Correction.Status.DISMISSED, by=by)
        _answer(correction, lambda: _("The page of %(name)s stays as it is: your report was read and not taken up.") % {"name": correction.person})
    return correction


def _rewrite(correction: Correction) -> None:
    person = Person.objects.select_for_update().get(pk=correction.person_id)
    column = Person._meta.get_field(correction.field)
    try:
        setattr(person, correction.field, column.clean(correction.proposed.strip(), person))
    except ValidationError as error:
        raise MoveRefused(" ".join(error.messages)) from error
    person.save(update_fields=[correction.field])


def _answer(correction: Correction, sentence) -> None:
    if correction.by and correction.by.user:
        notices.tell(correction.by.user, "people.report_answered", sentence, url=correction.person.get_absolute_url())
