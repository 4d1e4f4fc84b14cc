"""Applying: a draft kept between steps becomes an application, with its person, its answers and its private link."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from portal import bell, clock, notices
from portal.moves import MoveRefused, remember
from portal.people.models import Opening, Person
from recruitment import adverts, letters, processes
from recruitment.models import Adjustment, Answer, Application, Draft, PrivateLink, Question, Stage
from recruitment.models.application import POOL_LASTS, new_token

QUICKEST = timedelta(seconds=8)  # nobody fills five steps in less


def begin(opening: Opening, *, language: str, touch: dict, who: dict) -> tuple[Draft, str]:
    """A new draft, and the token of its private link."""
    token, digest = new_token()
    draft = Draft.objects.create(opening=opening, advert=adverts.current(opening), token_hash=digest, language=language, touch=touch, words={"who": who})
    return draft, token


def keep(draft: Draft, step: str, words: dict) -> None:
    """Keep what was written at one step."""
    draft.words = {**draft.words, step: words}
    draft.saved_at = clock.now()
    draft.save(update_fields=["words", "saved_at", "cv"])


def submit(draft_id: int, *, token: str) -> Application:
    """Send the application: the person, the file and the acknowledgement are written together, and the draft goes.

    The draft's private link becomes the application's, so the link in the reader's mailbox stays good.
    MoveRefused when the job closed in the meantime, or when it went too fast for a person.
    """
    with transaction.atomic():
        draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft_id)
        opening = Opening.objects.select_for_update(of=("self",)).get(pk=draft.opening_id)
        if clock.now() - draft.begun_at < QUICKEST:
            raise MoveRefused(_("That was quick. Read your answers once more, then send."))
        if not adverts.public().filter(pk=opening.pk).exists():
            raise MoveRefused(_("This job closed while you were writing. Nothing was sent."))
        application = _create(draft, opening)
        PrivateLink.objects.create(application=application, token_hash=draft.token_hash)
        draft.delete()
        remember(application, "applied", note=application.source)
        link = letters.page_address(token, application.language)
        letters.queue(application, "received", key=f"recruitment.received:{application.pk}", link=link)
        _tell_recruiter(application)
        if application.cv_id:
            bell.ring("recruitment.draw_cvs")
    return application


def _create(draft: Draft, opening: Opening) -> Application:
    who, experience, asked = (draft.words.get(step, {}) for step in ("who", "experience", "questions"))
    stage = Stage.objects.filter(process__opening=opening).order_by("order").first()
    now = clock.now()
    number = (opening.applications.aggregate(last=Max("number"))["last"] or 0) + 1
    application = Application.objects.create(
        reference=f"{opening.reference}-{number:04}",
        person=Person.objects.create(given_name=who["given_name"], family_name=who["family_name"], language=draft.language),
        opening=opening,
        advert=draft.advert,
        stage=stage,
        stage_since=now,
        due_on=processes.answer_day(clock.today(opening.site.timezone), stage.days, opening.site),
        number=number,
        revealed_at=None if stage.blind else now,
        language=draft.language,
        email=who["email"],
        phone=who.get("phone", ""),
        cv=draft.cv if experience.get("how") == "cv" else None,
        experience=experience.get("experience", []),
        skills=experience.get("skills", []),
        first_touch=draft.touch.get("first", {}),
        last_touch=draft.touch.get("last", {}),
        referral=draft.touch.get("referral", ""),
        submitted_at=now,
        pool_until=clock.today() + POOL_LASTS if draft.words.get("check", {}).get("pool") else None,
    )
    if draft.cv and application.cv is None:
        draft.cv.erase()
    with translation.override(draft.language):
        for question in Question.objects.filter(process__opening=opening):
            if text := asked.get(f"question_{question.pk}", "").strip():
                Answer.objects.create(application=application, question=question, asked=str(question.text), text=text)
    if needs := draft.words.get("adjustments", {}).get("needs", "").strip():
        Adjustment.objects.create(application=application, text=needs)
    return application


def _tell_recruiter(application: Application) -> None:
    """One line on the recruiter's page; no name in it, the first reading is blind."""
    recruiter = application.stage.process.recruiter or application.opening.hiring_manager
    if recruiter.user_id:
        title = application.opening.job.title
        notices.tell(
            recruiter.user,
            "recruitment.received",
            lambda: _("%(code)s applied: %(title)s") % {"code": application.code, "title": title},
            url=reverse("hiring:application", args=[application.pk]),
        )
