"""What we hold about an application, handed over or erased."""

from django.db import transaction
from django.db.models import Q

from portal import audit
from portal.models import AuditEntry, Mail, TimelineEntry
from recruitment import letters
from recruitment.models import Application

READ = ("cv.read", "cv.downloaded")


def readings(application: Application):
    """The audit's lines about the CV of this application."""
    return AuditEntry.objects.filter(action__in=READ, target=f"recruitment.cv:{application.cv_id}").order_by("-at")


def timeline(application: Application):
    """Its steps, first to last."""
    return TimelineEntry.objects.filter(content_type__app_label="recruitment", content_type__model="application", object_id=application.pk).order_by("at", "pk")


def everything(application: Application) -> dict:
    """All of it, for the person: what they sent, what was written about them, who opened their CV and when."""
    adjustment = getattr(application, "adjustment", None)
    return {
        "reference": application.reference,
        "job": application.advert.text,
        "name": application.person.display_name,
        "email": application.email,
        "phone": application.phone,
        "sent_at": application.submitted_at.isoformat(),
        "status": application.get_status_display(),
        "stage": str(application.stage.step),
        "answer_by": application.answer_by.isoformat(),
        "experience": application.experience,
        "skills": application.skills,
        "came_by": {"first": application.first_touch, "last": application.last_touch, "referral": application.referral},
        "answers": [{"question": answer.asked, "answer": answer.text} for answer in application.answers.all()],
        "adjustments": adjustment.text if adjustment else "",
        "cv": {"name": application.cv.name, "sha256": application.cv.sha256, "text_read": application.cv.text} if application.cv else None,
        "cv_openings": [moment.isoformat() for moment in readings(application).values_list("at", flat=True)],
        "notes": [{"at": note.at.isoformat(), "text": note.text} for note in application.notes.all()],
        "messages": [{"at": each.at.isoformat(), "from_you": each.from_candidate, "text": each.text} for each in application.messages.all()],
        "recognised": [seen.text for seen in application.seen.all()],
        "letters": [
            {"at": letter.leaves_at.isoformat(), "subject": letter.subject, "text": letter.body} for letter in application.letters.all() if letter.has_left
        ],
        "offers": [
            {"pay": each.pay, "currency": each.currency, "first_day": each.starts_on.isoformat(), "state": each.status} for each in application.offers.all()
        ],
        "steps": [{"at": entry.at.isoformat(), "what": entry.verb, "to": entry.after} for entry in timeline(application)],
        "other_jobs_until": application.pool_until.isoformat() if application.pool_until else None,
    }


def erase(application: Application, *, request=None, by=None) -> None:
    """The application, its files, its letters, and the person when nothing else keeps them."""
    person, cv = application.person, application.cv
    with transaction.atomic():
        audit.record("application.erased", by=by, on=application, request=request)
        timeline(application).delete()
        for offer in application.offers.all():
            TimelineEntry.objects.filter(content_type__app_label="recruitment", content_type__model="offer", object_id=offer.pk).delete()
        Mail.objects.filter(Q(pk__in=application.letters.values("mail")) | Q(key__startswith=letters.moved_key(application))).delete()
        application.delete()
        if cv:
            cv.erase()
        if person.user_id is None and not hasattr(person, "employee") and not person.applications.exists():
            person.delete()
