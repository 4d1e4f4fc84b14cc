"""How a person is found: each chosen field by those it is shown to."""

import functools
from datetime import date

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.people import path, skills, tongues, visibility
from portal.people.models import (
    Assignment,
    Employee,
    Person,
    PersonSkill,
    Site,
    Skill,
    Team,
)
from portal.people.permissions import LEAVERS_STAY
from portal.people.search_documents.words import both, skill_in_words
from portal.people.visibility import ALUMNI, COLLEAGUES, ME, TEAM
from portal.search.documents import CODE, NAME, STRONG, TEXT, Draft, Facet, Part, Rung, SearchDocument, register

NAMED = {"site": (Site, "code"), "team": (Team, "slug"), "skill": (Skill, "slug")}
RUNGS = {ALUMNI: 0, COLLEAGUES: 1, TEAM: 2, ME: 3}


@register
class PersonDocument(SearchDocument):
    kind = "person"
    label = gettext_lazy("Person")
    plural = gettext_lazy("People")
    icon = "user"
    model = Person
    fields = {
        "name": gettext_lazy("name"),
        "title": gettext_lazy("title"),
        "team": gettext_lazy("team"),
        "site": gettext_lazy("site"),
        "skill": gettext_lazy("skill"),
        "ask_me_about": gettext_lazy("ask me about"),
        "headline": gettext_lazy("in one line"),
        "spoken_languages": gettext_lazy("speaks"),
        "phone": gettext_lazy("phone"),
        "work_email": gettext_lazy("address"),
        "path": gettext_lazy("past seat"),
        "number": gettext_lazy("employee number"),
    }
    facets = {
        "site": gettext_lazy("Site"),
        "team": gettext_lazy("Team"),
        "skill": gettext_lazy("Skills"),
        "tongue": gettext_lazy("Languages"),
        "help": gettext_lazy("Can help with"),
        "phase": gettext_lazy("Where they are in their path"),
    }
    name_columns = ("family_name", "given_name", "usual_name")
    freshened_by = {
        PersonSkill: lambda holding: [holding.content_object_id],
        Assignment: lambda seat: Employee.objects.filter(pk=seat.employee_id).values_list("person", flat=True),
        Employee: lambda employee: [employee.person_id],
        Skill: (lambda skill: PersonSkill.objects.filter(tag=skill).values_list("content_object", flat=True), {"name", "label_fr", "slug", "merged_into"}),
        Team: lambda team: Assignment.objects.filter(team=team).values_list("employee__person", flat=True).distinct(),
        Site: lambda site: Assignment.objects.filter(site=site).values_list("employee__person", flat=True).distinct(),
    }

    def queryset(self):
        # Teams and sites once for all who share them: a join would make them anew for every seat.
        seats = Prefetch("employee__assignments", queryset=Assignment.objects.prefetch_related("team", "site"), to_attr="all_seats")
        return Person.objects.filter(employee__isnull=False).select_related("employee").prefetch_related(seats, "holdings__tag")

    def draft(self, person) -> Draft | None:
        where = path.of(person)
        if where.main is None:
            return None
        lowest = _widest_rung(person, where)

        def rung(level):
            return max(RUNGS[level], lowest)

        parts = [*_name(person, rung), *_official(person, where, rung), *_chosen(person, where, rung), *_skills(person, rung)]
        private = ("hr", *(f"hr:site:{site}" for site in sorted(where.sites)), f"self:{person.pk}")
        seat = where.main
        return Draft(
            person.display_name,
            _address_of(person.slug),
            parts,
            [Rung(("alumni",)), Rung(("colleagues",)), Rung(tuple(f"team:{team}" for team in sorted(where.teams))), Rung(private)],
            subtitle=(f"{seat.title_en or seat.title_fr}, {seat.team.name_en}", f"{seat.title_fr or seat.title_en}, {seat.team.name_fr or seat.team.name_en}"),
            subtitle_rung=rung(COLLEAGUES),
            at=where.joined_on,
            extra={"initials": person.initials, "hue": person.hue},
            wholes=(*(f"{given} {person.family_name}" for given in dict.fromkeys((person.usual_name, person.given_name)) if given), person.family_name),
        )

    def explain(self, part, text, detail):
        if part == "skill":
            return skill_in_words(text, detail)
        if part in ("name", "title", "team", "site", "spoken_languages"):
            text = detail.get(translation.get_language() or "en", text)
        if part == "phone":
            return _("phone ending in %(digits)s") % {"digits": text.strip()[-4:]}
        if part in ("ask_me_about", "headline"):
            return str(self.fields[part])
        return super().explain(part, text, detail)

    def facet_labels(self, user, name, values):
        if name == "help":
            return {"questions": _("Questions by message"), "mentoring": _("Mentoring")}
        if name == "phase":
            return {value: str(words) for value, words in path.PHASES.items()}
        if name == "tongue":
            return {value: tongues.name_of(value) for value in values}
        model, column = NAMED[name]
        things = model.objects.visible_to(user).filter(**{f"{column}__in": values})
        return {getattr(thing, column): str(getattr(thing, "label", thing)) for thing in things}

    def turning(self, since: date, until: date):
        days = Q(started_on__range=(since, until)) | Q(ended_on__range=(since, until))
        days |= Q(ended_on__range=(since - LEAVERS_STAY, until - LEAVERS_STAY)) | Q(started_on__range=(since - path.NEW_FOR, until - path.NEW_FOR))
        return Assignment.objects.filter(days).values_list("employee__person", flat=True).distinct()


def _widest_rung(person: Person, where: path.Path) -> int:
    """Whom this person is shown to at all: alumni see who works here, colleagues also who left lately, else the People team."""
    if where.held:
        return RUNGS[ALUMNI]
    if where.phase == path.LEFT and where.last_day >= path.clock.today() - LEAVERS_STAY:
        return RUNGS[COLLEAGUES]
    return RUNGS[ME]


def _name(person, rung) -> list[Part]:
    """The name is read by alumni only beside something that was opened to them."""
    levels = [visibility.level_of(person, name) for name in visibility.FIELDS]
    levels += [visibility.level_of_skill(holding, person) for holding in person.holdings.all()]
    at = rung(ALUMNI if ALUMNI in levels else COLLEAGUES)
    given = {"given": True}
    parts = [Part("name", person.family_name, NAME, at)]
    parts += [Part("name", name, NAME, at, given=True, detail=given) for name in dict.fromkeys((person.usual_name, person.given_name)) if name]
    return parts


def _official(person, where, rung) -> list[Part]:
    at = rung(COLLEAGUES)
    parts = [Part("number", person.employee.number, CODE, rung(ME)), Part("name", "", rung=at, facets=(Facet("phase", where.phase),))]
    if person.work_email:
        parts.append(Part("work_email", person.work_email, CODE, at))
    for seat in where.held or (where.main,):
        parts += both("title", seat.title_en, seat.title_fr, at)
        parts += both("team", seat.team.name_en, seat.team.name_fr, at, Facet("team", seat.team.slug, seat.team.name_en, seat.team.name_fr))
        parts.append(Part("site", seat.site.name, STRONG, at, facets=(Facet("site", seat.site.code, seat.site.name),)))
        if seat.site.city and seat.site.city not in seat.site.name:
            parts.append(Part("site", seat.site.city, STRONG, at))
    return parts


def _chosen(person, where, rung) -> list[Part]:
    """What the owner set the level of."""

    def at(name):
        return rung(visibility.level_of(person, name))

    parts = []
    for name in ("headline", "ask_me_about"):
        if text := getattr(person, name):
            parts.append(Part(name, text, TEXT, at(name), person.language))
    if person.phone:
        parts.append(Part("phone", person.phone, CODE, at("phone"), phone=True, detail={"phone": True}))
    for name, value in (("can_help", "questions"), ("can_mentor", "mentoring")):
        if getattr(person, name):
            parts.append(Part(name, rung=at(name), facets=(Facet("help", value),)))
    for code in person.spoken_languages or ():
        en, fr = _tongue(code)
        detail = {"en": en, "fr": fr}
        parts.append(Part("spoken_languages", en, STRONG, at("spoken_languages"), "en", facets=(Facet("tongue", code),), detail=detail))
        if fr != en:
            parts.append(Part("spoken_languages", fr, STRONG, at("spoken_languages"), "fr", detail=detail))
    for seat in where.past if where.held else ():
        for title in dict.fromkeys((seat.title_en, seat.title_fr)):
            if title:
                parts.append(Part("path", title, TEXT, at("path")))
    return parts


@functools.cache
def _addresses() -> str:
    return reverse("people:person_detail", args=["-"]).removesuffix("-/")


def _address_of(slug: str) -> str:
    """What get_absolute_url says, without asking the table of addresses for each of ten thousand."""
    return f"{_addresses()}{slug}/"


@functools.cache
def _tongue(code: str) -> tuple[str, str]:
    """The name of a spoken language in English and in French."""
    found = []
    for language in ("en", "fr"):
        with translation.override(language):
            found.append(tongues.name_of(code))
    return tuple(found)


def _skills(person, rung) -> list[Part]:
    parts, since = [], skills.fresh_since()
    for holding in person.holdings.all():
        skill, fading = holding.tag, holding.confirmed_on is not None and holding.confirmed_on < since
        at = rung(visibility.level_of_skill(holding, person))
        detail = {"en": skill.name, "fr": skill.label_fr or skill.name, "level": holding.level}
        if holding.accepts_help:
            detail["help"] = True
        if holding.interest == PersonSkill.Interest.LEARNING:
            detail["learning"] = True
        if holding.confirmed_on:
            detail["fading" if fading else "confirmed"] = holding.confirmed_on.isoformat()
        grade = max(0, holding.level - fading) + 5 * holding.accepts_help
        facets = [Facet("skill", skill.slug, skill.name, skill.label_fr)]
        if holding.accepts_help:
            facets.append(Facet("helps", skill.slug))  # counted for the sentence above the results
        parts.append(Part("skill", skill.name, STRONG, at, "en", f"skill:{skill.pk}", min(grade, 9), facets=tuple(facets), detail=detail))
        if skill.label_fr and skill.label_fr != skill.name:
            parts.append(Part("skill", skill.label_fr, STRONG, at, "fr", f"skill:{skill.pk}", min(grade, 9), detail=detail))
    return parts
