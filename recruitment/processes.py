"""Processes: the template every opening starts from, and what its stages say about one application."""

from datetime import date, timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.models import TimelineEntry
from portal.people import standing
from portal.people.models import Opening, Site
from portal.plans.planning import WorkingDays
from recruitment.models import Application, Process, Question, Stage

# The stages of the shipped template: order, names, what the candidate reads, how it goes, days, who acts, blind.
SHIPPED = [
    (
        1,
        "Applied",
        "Reçue",
        "You applied",
        "Vous avez postulé",
        "About 5 minutes. A CV or a short form, your choice.",
        "Environ 5 minutes. Un CV ou un court formulaire, à votre choix.",
        2,
        Stage.Who.RECRUITER,
        True,
    ),
    (
        2,
        "Read",
        "Lecture",
        "Two people read it",
        "Deux personnes la lisent",
        "Your name and photo are hidden from them.",
        "Votre nom et votre photo leur sont cachés.",
        7,
        Stage.Who.TEAM,
        True,
    ),
    (
        3,
        "Call",
        "Entretien",
        "A call with your future manager",
        "Un entretien avec votre futur responsable",
        "30 minutes, by phone or video.",
        "30 minutes, par téléphone ou en visioconférence.",
        5,
        Stage.Who.MANAGER,
        False,
    ),
    (
        4,
        "Working session",
        "Séance de travail",
        "A working session with the team",
        "Une séance de travail avec l’équipe",
        "90 minutes on a real, old case. We pay your travel.",
        "90 minutes sur un cas réel et ancien. Nous payons le trajet.",
        10,
        Stage.Who.TEAM,
        False,
    ),
    (
        5,
        "Decision",
        "Décision",
        "The panel decides together",
        "Le jury décide ensemble",
        "Whatever the answer, you get the reasons.",
        "Quelle que soit la réponse, vous en recevez les raisons.",
        5,
        Stage.Who.PANEL,
        False,
    ),
]
QUESTIONS = [
    (1, "What in this job would you like to do first?", "Par quoi aimeriez-vous commencer dans ce poste ?", "Five lines are enough.", "Cinq lignes suffisent."),
    (
        2,
        "Tell us about something you kept working for other people.",
        "Racontez-nous une chose que vous avez fait tenir pour d’autres.",
        "At work, in training or elsewhere.",
        "Au travail, en formation ou ailleurs.",
    ),
]


def template() -> Process:
    """The template new openings are given; made on first use."""
    found = Process.objects.filter(opening=None).order_by("pk").first()
    if found is None:
        found = Process.objects.create(name="Five steps")
        for order, en, fr, step_en, step_fr, words_en, words_fr, days, who, blind in SHIPPED:
            Stage.objects.create(
                process=found,
                order=order,
                name_en=en,
                name_fr=fr,
                step_en=step_en,
                step_fr=step_fr,
                words_en=words_en,
                words_fr=words_fr,
                days=days,
                who=who,
                blind=blind,
            )
        for order, en, fr, hint_en, hint_fr in QUESTIONS:
            Question.objects.create(process=found, order=order, text_en=en, text_fr=fr, hint_en=hint_en, hint_fr=hint_fr)
    return found


def give(opening: Opening, *, by) -> Process:
    """The process of `opening`, copied from the template the first time; who publishes is its recruiter."""
    if found := Process.objects.filter(opening=opening).first():
        return found
    pattern = template()
    person = standing.of(by).person if by is not None else None
    mine = Process.objects.create(opening=opening, name=pattern.name, recruiter=person)
    for row in [*pattern.stages.all(), *pattern.questions.all()]:
        row.pk, row.process = None, mine
        row._state.adding = True
        row.save()
    return mine


def answer_day(start: date, days: int, site: Site) -> date:
    """The day an answer is promised by: `days` days after `start`, or the next one on which people work at `site`."""
    return WorkingDays(site.country).onward(start + timedelta(days=days))


def cannot_promise(application: Application, on: date) -> str:
    """Why nobody should be told to wait for that day; nothing when they may be."""
    site = application.opening.site
    if not application.today <= on <= application.today + timedelta(days=30):
        return _("Choose a day within the next 30.")
    if not WorkingDays(site.country).works(on):
        return _("Nobody works in %(city)s on that day. Choose a working day.") % {"city": site.city}
    return ""


def is_full(opening: Opening) -> bool:
    """Whether every seat has somebody."""
    return opening.applications.filter(status=Application.Status.HIRED).count() >= opening.seats


def last_move(application: Application) -> TimelineEntry | None:
    """The last change of stage, if it is the last thing of its kind."""
    entries = TimelineEntry.objects.filter(content_type__app_label="recruitment", content_type__model="application", object_id=application.pk)
    last = entries.filter(verb__in=("advanced", "moved_back")).first()
    return last if last and last.verb == "advanced" else None


def acts(stage: Stage, process: Process, opening: Opening):
    """The person who owes the next act at `stage`: the hiring manager or the recruiter, who answers for team and panel too."""
    if stage.who == Stage.Who.MANAGER or process.recruiter is None:
        return opening.hiring_manager
    return process.recruiter


def shipped_steps() -> list[dict]:
    """The steps of hiring for the public pages, as the shipped template says them; no query."""
    french = (get_language() or "en").startswith("fr")
    rows = []
    for order, _en, _fr, step_en, step_fr, words_en, words_fr, days, _who, _blind in SHIPPED:
        when = words_fr if french else words_en
        if order > 1:
            within = ngettext("Within %(n)s day.", "Within %(n)s days.", days) % {"n": days}
            when = f"{within} {when}"
        title = (step_fr if french else step_en) if order > 1 else _("You apply")
        rows.append({"title": title, "when": when, "state": "now" if order == 1 else ""})
    return rows
