"""Who is told of an internal application, and in which words; the present line never before it is lifted."""

from django.utils.translation import gettext as _

from mobility import line
from mobility.models import Application
from portal import notices
from portal.dates import date_format
from portal.panels.convening import people_team
from portal.panels.models import Panel
from portal.people.models import Opening, Person


def tell_person(application: Application, kind: str, sentence, *, key: str = "", **context) -> None:
    """Tell the applicant, by page and mail (templates/mobility/mail/<kind>.txt). `sentence` is called in their language."""
    if application.person.user:
        notices.tell(
            application.person.user,
            f"mobility.{kind}",
            sentence,
            url=application.get_absolute_url(),
            mail=f"mobility/mail/{kind}.txt",
            context={"application": application, "opening": application.opening, **context},
            key=f"mobility.{kind}:{application.pk}{key}",
        )


def tell_hiring(application: Application, kind: str, sentence) -> None:
    """Tell who hires, without the person's name: the hiring manager unless in the present line, else the People team."""
    for person in hiring_side(application):
        notices.tell(
            person.user,
            f"mobility.{kind}",
            sentence,
            url=application.get_absolute_url(),
            mail="mobility/mail/for_hiring.txt",
            context={"application": application, "opening": application.opening, "sentence": sentence},
            key=f"mobility.{kind}:{application.pk}:{person.pk}",
        )


def hiring_side(application: Application) -> list[Person]:
    """Who is told first: the hiring manager, or, when they may not know yet, the People team that may."""
    opening, away = application.opening, kept_away(application)
    manager = opening.hiring_manager
    if manager.pk not in away and manager.user_id:
        return [manager]
    return [person for person in people_team(opening) if person.pk not in away]


def kept_away(application: Application) -> set[int]:
    """The keys of the people this application is sealed from today."""
    person = application.person
    near = set() if application.lifted_at else line.of(person) | line.partners_of(person)
    return near | {person.pk}


def tell_present(application: Application) -> None:
    """It was lifted: the present manager hears it from the person's own choice."""
    manager = line.manager_of(application.person)
    if manager and manager.user:
        name, title = application.person.display_name, application.opening
        notices.tell(
            manager.user,
            "mobility.lifted",
            lambda: _("%(name)s tells you of an application inside: %(job)s.") % {"name": name, "job": title.job.title},
            url=application.get_absolute_url(),
        )


def convened_words(panel: Panel, opening: Opening) -> str:
    """What the applicant hears when the panel begins, or when two are asked for their signed reasons."""
    if panel.is_signed:
        return _("The hiring manager and the People team read your application: %(job)s.") % {"job": opening.job.title}
    return _("A panel of three colleges reads your application: %(job)s.") % {"job": opening.job.title}


def day_words(day) -> str:
    return date_format(day, "DATE_FORMAT")
