"""What each kind of step asks of whoever does it: answers to a form, the reader's own word, or the answer of a check."""

from django.utils.translation import gettext as _

from portal import readiness
from portal.moves import MoveRefused
from portal.plans.models import Step, StepKind

MOST_LETTERS = 2000  # of one answer


def demand(step: Step, *, by, answers: list[str] | None = None) -> None:
    """MoveRefused, with a sentence, when a hand cannot do this step so; keeps the answers of a form."""
    if step.status != Step.Status.OPEN:
        return
    if step.by_itself:
        raise MoveRefused(_("Nobody ticks this step: the house asks by itself, and does it when the answer is yes."))
    if step.kind == StepKind.DOCUMENT and step.owner and (by is None or step.owner.user_id != by.pk):
        raise MoveRefused(_("Only %(name)s can say that they have read it.") % {"name": step.owner.display_name})
    if questions := step.asked:
        given = [answer.strip()[:MOST_LETTERS] for answer in answers or []]
        if len(given) != len(questions) or not all(given):
            raise MoveRefused(_("Answer each question first."))
        step.answers = [list(pair) for pair in zip(questions, given, strict=True)]
        step.save(update_fields=["answers"])


def note_of(step: Step) -> str:
    """What the history says beside “done”."""
    return {StepKind.DOCUMENT: "read", StepKind.FORM: "answered" if step.asked else ""}.get(step.kind, "")


def demand_open_by_hand(step: Step) -> None:
    """What a check answered is not undone by hand."""
    if step.by_itself:
        raise MoveRefused(_("Nobody ticks this step: the house asks by itself, and does it when the answer is yes."))


def checks() -> list[tuple[str, str]]:
    """The checks a step may wait for, for a form's choice."""
    return [(check.code, check.label) for check in readiness.every()]
