"""What recruitment does later: page images of CVs, and letters to those who lost their link."""

from datetime import timedelta

from portal import clock
from portal.tasks import scheduled
from recruitment import letters
from recruitment.cv import files
from recruitment.models import CV, Application, LinkRequest

DRAFTS_LAST = timedelta(days=30)


@scheduled("recruitment.draw_cvs")
def draw_cvs():
    """Draw the pages of CVs that came in; how many pages."""
    return sum(files.draw(cv) for cv in CV.objects.filter(kind=CV.Kind.PDF, drawn_at=None, application__isnull=False)[:50])


@scheduled("recruitment.answer_link_requests")
def answer_link_requests():
    """Send a fresh private link for every living application of the addresses that asked; how many letters."""
    sent = 0
    for request in LinkRequest.objects.filter(handled_at=None).order_by("at")[:200]:
        for application in Application.objects.filter(email__iexact=request.email).exclude(status=Application.Status.WITHDRAWN).order_by("-submitted_at")[:5]:
            letters.queue(application, "link", key=f"recruitment.link:{request.pk}:{application.pk}")
            sent += 1
        request.handled_at = clock.now()
        request.save(update_fields=["handled_at"])
    return sent


def forget(drafts) -> None:
    """Drafts nobody touched for 30 days go, with their CV."""
    for draft in drafts.select_related("cv"):
        cv = draft.cv
        draft.delete()
        if cv:
            cv.erase()
