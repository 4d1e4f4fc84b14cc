"""Reasons and steps in words: what a match says to its reader, where an application stands, who decides and when."""

from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mobility import matching
from mobility.matching import CLOSE, GROW, HAVE, LEARN, TAUGHT
from mobility.models import Application
from portal import clock
from portal.dates import date_format
from portal.panels import transitions as panels
from portal.people.models import PersonSkill
from portal.plans import lines
from portal.plans.models import PlanKind, Step

Status = Application.Status


def holdings_of(person) -> list[PersonSkill]:
    """The skills of the reader, for their own eyes."""
    return list(PersonSkill.objects.filter(content_object=person).select_related("tag"))


def match(job, holdings: list[PersonSkill]) -> list[tuple]:
    """(reason, skill asked, skill held or None) for a job whose job_skills are prefetched with their skill."""
    needs = {need.skill_id: need for need in job.job_skills.all()}
    held = {each.tag_id: each for each in holdings}
    found = matching.reasons(
        [matching.Need(key, need.skill.group, need.level, need.learnt) for key, need in needs.items()],
        [matching.Held(key, each.tag.group, each.level, each.confirmed_on) for key, each in held.items()],
        clock.today(),
    )
    return [(reason, needs[reason.need.skill].skill, held[reason.held.skill] if reason.held else None) for reason in found]


def sentences(matched: list[tuple]) -> list[dict]:
    """Each need as a sentence, with its icon, for the page of an opening."""
    icons = {HAVE: "check", GROW: "sprout", CLOSE: "route", LEARN: "book-open", TAUGHT: "graduation-cap"}
    return [{"kind": reason.kind, "icon": icons[reason.kind], "skill": skill, "text": _sentence(reason, held)} for reason, skill, held in matched]


def _sentence(reason, held) -> str:
    if reason.kind == HAVE:
        level = held.get_level_display()
        if reason.fresh:
            return _("You have it: %(level)s, confirmed in %(when)s.") % {"level": level, "when": date_format(held.confirmed_on, "F Y")}
        return _("You have it: %(level)s. Not confirmed lately.") % {"level": level}
    if reason.kind == GROW:
        return _("You have begun: %(level)s. The seat asks for more.") % {"level": held.get_level_display()}
    if reason.kind == CLOSE:
        return _("Close to what you know: %(skill)s.") % {"skill": held.tag.label}
    return _("Learnt in the job.") if reason.kind == TAUGHT else _("To learn.")


def in_short(matched: list[tuple]) -> dict:
    """The words of a row of the market: labels you have, that are close, and to learn."""
    found = {"have": [], "close": [], "learn": []}
    place = {HAVE: "have", GROW: "have", CLOSE: "close", LEARN: "learn"}
    for reason, skill, _held in matched:
        if reason.kind in place:
            found[place[reason.kind]].append(skill.label)
    return {name: ", ".join(labels) for name, labels in found.items()}


def steps(application: Application, panel) -> list[dict]:
    """The thread of an application with its dates: received, talked, panel or two signed reasons (`panel`, or None), answer, move."""
    order = [Status.SENT, Status.TALKING, Status.PANEL, Status.ACCEPTED, Status.AGREED, Status.MOVED]
    together = _("Two signed reasons") if panels.is_signed(panel) else _("A panel of three colleges")
    titles = [_("Application received"), _("A conversation"), together, _("The answer"), _("Dates"), _("The move")]
    talk = application.conversations.order_by("on", "pk").first()
    whens = {
        0: day(application.sent_at),
        1: day(talk.on) if talk else "",
        2: day_of_panel(panel) if panel else "",
        3: day(application.answered_at) if application.answered_at else _("on %(day)s at the latest") % {"day": day(application.due_on)},
        4: _("free on %(day)s at the latest") % {"day": day(application.release_by)} if application.release_by else "",
        5: day(application.starts_on) if application.starts_on else "",
    }
    if application.status in (Status.REFUSED, Status.WITHDRAWN):
        lived = [0, *([1] if talk else []), *([2] if panel and panel.decided_at else [])]
        end = {"title": application.get_status_display(), "when": day(application.answered_at) if application.answered_at else "", "state": "done"}
        return [*({"title": titles[place], "when": whens[place], "state": "done"} for place in lived), end]
    at = order.index(application.status)
    over = application.status == Status.MOVED
    return [
        {"title": title, "when": whens.get(place, ""), "state": "done" if place < at or over else "now" if place == at else ""}
        for place, title in enumerate(titles)
    ]


def day_of_panel(panel) -> str:
    """When it was decided, or until when it is awaited."""
    if panel.decided_at:
        return day(panel.decided_at)
    return _("until %(day)s") % {"day": day(panel.deadline)} if panel.is_blind else ""


def plan_of_move(application: Application, user) -> list[lines.Line]:
    """The steps that the written move opened, those `user` may see: all for who hires, their own for who moves."""
    if application.status != Status.MOVED:
        return []
    found = Step.objects.visible_to(user).filter(plan__kind=PlanKind.MOVE, plan__person=application.person_id, plan__first_day=application.starts_on)
    return [lines.line(step, application.today()) for step in found.select_related("owner", "plan__site").order_by("due_on", "pk")]


def day(moment) -> str:
    return date_format(localtime(moment) if isinstance(moment, datetime) else moment, "j F Y")


def who_decides(opening, signed: bool) -> str:
    """Who decides on a seat, and within how long, as the market says it."""
    if signed:
        words = _("%(name)s and the People team decide together, each with signed reasons. Answer within ten working days.")
        return words % {"name": opening.hiring_manager.display_name}
    return _("%(name)s, the People team and the team decide together. Answer within ten working days.") % {"name": opening.hiring_manager.display_name}
