"""How people, skills, teams, jobs and openings are found, and which audiences read what of a person."""

import functools
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal import roles
from portal.people import path, skills, tongues, visibility
from portal.people.models import (
    Activity,
    Assignment,
    Employee,
    JobDescription,
    JobSkill,
    Opening,
    Person,
    PersonSkill,
    Site,
    Skill,
    SkillAlias,
    Team,
)
from portal.people.permissions import LEAVERS_STAY
from portal.people.visibility import ALUMNI, COLLEAGUES, ME, TEAM
from portal.search.documents import CODE, NAME, STRONG, TEXT, TITLE, Draft, Facet, Part, Rung, SearchDocument, audiences_from, register, remedy

RUNGS = {ALUMNI: 0, COLLEAGUES: 1, TEAM: 2, ME: 3}
INSIDE = [Rung(("colleagues",))]


@audiences_from
def audiences(user) -> set[str]:
    """What `user` may read of people and their work, from their standing alone."""
    reader = visibility.reader_of(user)
    mine = {f"self:{reader.person_id}"} if reader.person_id else set()
    if reader.alumnus:
        mine.add("alumni")
    if reader.colleague:
        mine |= {"colleagues", *(f"team:{team}" for team in reader.teams)}
        mine |= {"hr" if site is None else f"hr:site:{site}" for site in reader.hr_sites}
    return mine


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
        return path.with_path(Person.objects.filter(employee__isnull=False)).prefetch_related("holdings__tag")

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
            person.get_absolute_url(),
            parts,
            [Rung(("alumni",)), Rung(("colleagues",)), Rung(tuple(f"team:{team}" for team in sorted(where.teams))), Rung(private)],
            subtitle=(f"{seat.title_en or seat.title_fr}, {seat.team.name_en}", f"{seat.title_fr or seat.title_en}, {seat.team.name_fr or seat.team.name_en}"),
            at=where.joined_on,
            extra={"initials": person.initials, "hue": person.hue},
            wholes=tuple(f"{given} {person.family_name}" for given in dict.fromkeys((person.usual_name, person.given_name)) if given) or (person.family_name,),
        )

    def explain(self, part, text, detail):
        if part == "skill":
            return _skill_in_words(text, detail)
        if part in ("name", "title", "team", "site", "spoken_languages"):
            text = detail.get(translation.get_language() or "en", text)
        if part == "phone":
            return _("phone ending in %(digits)s") % {"digits": text.strip()[-4:]}
        if part in ("ask_me_about", "headline"):
            return str(self.fields[part])
        return super().explain(part, text, detail)

    def facet_label(self, name, value):
        if name == "help":
            return {"questions": _("Questions by message"), "mentoring": _("Mentoring")}.get(value, value)
        if name == "phase":
            return str(path.PHASES.get(value, value))
        return tongues.name_of(value) if name == "tongue" else value

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
        parts += _both("title", seat.title_en, seat.title_fr, at)
        parts += _both("team", seat.team.name_en, seat.team.name_fr, at, Facet("team", seat.team.slug, seat.team.name_en, seat.team.name_fr))
        parts.append(Part("site", seat.site.name, STRONG, at, facets=(Facet("site", seat.site.code, seat.site.name),)))
        if seat.site.city and seat.site.city not in seat.site.name:
            parts.append(Part("site", seat.site.city, STRONG, at))
    return parts


def _both(name, en, fr, at, *facets) -> list[Part]:
    """The same in both languages; only the first carries the facet."""
    detail = {"en": en or fr, "fr": fr or en}
    parts = [Part(name, en or fr, STRONG, at, "en" if en else "fr", detail=detail, facets=facets)]
    if fr and en and fr != en:
        parts.append(Part(name, fr, STRONG, at, "fr", detail=detail))
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


def _skill_in_words(text: str, detail: dict) -> str:
    """“skill Power BI, level 3, confirmed in July 2026, accepts to help”."""
    label = detail.get("fr" if (translation.get_language() or "").startswith("fr") else "en", text)
    if "level" not in detail:
        return _("skill %(skill)s") % {"skill": label}
    said = [_("learns %(skill)s") if detail.get("learning") else _("skill %(skill)s, level %(level)s")]
    for word, sentence in (("confirmed", _("confirmed in %(month)s")), ("fading", _("last confirmed in %(month)s"))):
        if detail.get(word):
            said.append(sentence % {"month": date_format(date.fromisoformat(detail[word]), "F Y")})
    if detail.get("help"):
        said.append(_("accepts to help"))
    said[0] %= {"skill": label, "level": detail["level"]}
    return ", ".join(said)


@register
class SkillDocument(SearchDocument):
    kind = "skill"
    label = gettext_lazy("Skill")
    plural = gettext_lazy("Skills")
    icon = "lightbulb"
    model = Skill
    fields = {"label": gettext_lazy("label"), "alias": gettext_lazy("also called"), "group": gettext_lazy("group")}
    name_columns = ("name", "label_fr")
    freshened_by = {SkillAlias: lambda alias: [alias.skill_id]}

    def queryset(self):
        return Skill.objects.filter(merged_into=None).prefetch_related("aliases")

    def draft(self, skill) -> Draft:
        aliases = list(skill.aliases.all())
        parts = [Part("label", skill.name, TITLE, language="en")]
        if skill.label_fr and skill.label_fr != skill.name:
            parts.append(Part("label", skill.label_fr, TITLE, language="fr"))
        parts += [Part("alias", alias.text, TITLE, language=alias.language) for alias in aliases]
        if skill.group:
            parts.append(Part("group", skill.group, TEXT))
        wholes = (skill.name, skill.label_fr, *(alias.text for alias in aliases))
        title = (skill.name, skill.label_fr or skill.name)
        return Draft(
            title, skill.get_absolute_url(), parts, INSIDE, subtitle=skill.group, wholes=wholes, concept=f"skill:{skill.pk}", extra={"slug": skill.slug}
        )

    def plain_title(self, thing):
        return str(thing.label)

    def intent(self, extra, counts):
        people, help_out = counts("skill", extra["slug"]), counts("helps", extra["slug"])
        if not people:
            return _("Nobody shows this skill yet.")
        have = ngettext("%(n)s person has it", "%(n)s people have it", people) % {"n": people}
        accept = ngettext("%(n)s accepts to help", "%(n)s accept to help", help_out) % {"n": help_out}
        return f"{have}, {accept}" if help_out else have


@register
class TeamDocument(SearchDocument):
    kind = "team"
    label = gettext_lazy("Team")
    plural = gettext_lazy("Teams")
    icon = "users"
    model = Team
    fields = {"name": gettext_lazy("name"), "mission": gettext_lazy("mission"), "head": gettext_lazy("led by"), "site": gettext_lazy("site")}
    facets = {"site": gettext_lazy("Site")}
    name_columns = ("name_en", "name_fr")
    freshened_by = {
        Person: lambda person: Team.objects.filter(head=person).values_list("pk", flat=True),
        Site: lambda site: Team.objects.filter(site=site).values_list("pk", flat=True),
    }

    def queryset(self):
        return Team.objects.select_related("parent", "site", "head")

    def draft(self, team) -> Draft:
        parts = _titles("name", team.name_en, team.name_fr)
        parts += [Part("mission", text, TEXT, language=code) for text, code in ((team.mission_en, "en"), (team.mission_fr, "fr")) if text]
        if team.head:
            parts.append(Part("head", team.head.display_name, TEXT))
        if team.site:
            parts.append(Part("site", team.site.name, TEXT, facets=(Facet("site", team.site.code, team.site.name),)))
        above = team.parent
        subtitle = (above.name_en, above.name_fr or above.name_en) if above else ""
        wholes, extra = (team.name_en, team.name_fr), {"slug": team.slug}
        return Draft((team.name_en, team.name_fr), team.get_absolute_url(), parts, INSIDE, subtitle=subtitle, wholes=wholes, extra=extra)

    def intent(self, extra, counts):
        people = counts("team", extra["slug"])
        return ngettext("%(n)s person works there", "%(n)s people work there", people) % {"n": people} if people else ""


def _titles(name: str, en: str, fr: str, *others: str) -> list[Part]:
    return [Part(name, text, TITLE, language=code) for text, code in ((en, "en"), (fr, "fr"), *((other, "fr") for other in others)) if text]


def _texts(thing, *stems: str) -> list[Part]:
    return [Part(stem, text, TEXT, language=code) for stem in stems for code in ("en", "fr") if (text := getattr(thing, f"{stem}_{code}"))]


def _needs(job) -> list[Part]:
    """The skills a job asks for, each in both languages."""
    parts = []
    for need in job.job_skills.all():
        skill = need.skill
        detail = {"en": skill.name, "fr": skill.label_fr or skill.name}
        for text, code in dict.fromkeys(((skill.name, "en"), (skill.label_fr, "fr"))):
            if text:
                parts.append(Part("skill", text, TEXT, 0, code, f"skill:{skill.pk}", detail=detail))
    return parts


class _JobWords(SearchDocument):
    """What jobs and openings share."""

    icon = "briefcase-business"
    fields = {
        "title": gettext_lazy("title"),
        "trade": gettext_lazy("trade"),
        "mission": gettext_lazy("mission"),
        "brings": gettext_lazy("what you bring"),
        "activity": gettext_lazy("activity"),
        "skill": gettext_lazy("skill"),
        "site": gettext_lazy("site"),
        "team": gettext_lazy("team"),
        "reference": gettext_lazy("reference"),
    }

    def explain(self, part, text, detail):
        if part == "skill":
            return _skill_in_words(text, detail)
        if part in ("mission", "brings", "activity"):
            return str(self.fields[part])
        return super().explain(part, text, detail)


def _job_parts(job) -> list[Part]:
    parts = _titles("title", job.title_en, job.title_fr, job.title_fr_f)
    parts += [*_texts(job, "mission", "brings"), *_needs(job)]
    if job.trade:
        parts += [Part("trade", name, STRONG, language=code) for name, code in ((job.trade.name_en, "en"), (job.trade.name_fr, "fr")) if name]
    for activity in job.activities.all():
        parts += [Part("activity", activity.text_en, TEXT, language="en"), Part("activity", activity.text_fr, TEXT, language="fr")]
    return parts


@register
class JobDocument(_JobWords):
    kind = "job"
    label = gettext_lazy("Job description")
    plural = gettext_lazy("Job descriptions")
    icon = "file-text"
    model = JobDescription
    name_columns = ("title_en", "title_fr", "title_fr_f")
    freshened_by = {Activity: lambda activity: [activity.job_id], JobSkill: lambda need: [need.job_id]}

    def queryset(self):
        return JobDescription.objects.select_related("trade").prefetch_related("activities", "job_skills__skill")

    def draft(self, job) -> Draft:
        trade = (job.trade.name_en, job.trade.name_fr) if job.trade else ""
        wholes = (job.title_en, job.title_fr, job.title_fr_f)
        return Draft((job.title_en, job.title_fr), reverse("people:job_detail", args=[job.slug]), _job_parts(job), INSIDE, subtitle=trade, wholes=wholes)


@register
class OpeningDocument(_JobWords):
    kind = "opening"
    label = gettext_lazy("Opening")
    plural = gettext_lazy("Openings")
    model = Opening
    facets = {"site": gettext_lazy("Site"), "team": gettext_lazy("Team")}
    name_columns = ("job__title_en", "job__title_fr", "reference")
    freshened_by = {
        JobDescription: lambda job: Opening.objects.filter(job=job).values_list("pk", flat=True),
        JobSkill: lambda need: Opening.objects.filter(job=need.job_id).values_list("pk", flat=True),
        Site: lambda site: Opening.objects.filter(site=site).values_list("pk", flat=True),
        Team: lambda team: Opening.objects.filter(team=team).values_list("pk", flat=True),
    }

    def queryset(self):
        return Opening.objects.select_related("job__trade", "site", "team").prefetch_related("job__activities", "job__job_skills__skill")

    def draft(self, opening) -> Draft | None:
        if opening.status != Opening.Status.OPEN:
            return None
        job, team, site = opening.job, opening.team, opening.site
        parts = [Part("reference", opening.reference, CODE), *_job_parts(job)]
        parts += _both("team", team.name_en, team.name_fr, 0, Facet("team", team.slug, team.name_en, team.name_fr))
        parts.append(Part("site", site.name, STRONG, facets=(Facet("site", site.code, site.name),)))
        return Draft(
            (job.title_en, job.title_fr), reverse("people:opening_detail", args=[opening.slug]), parts, INSIDE,
            subtitle=(f"{team.name_en}, {site.name}", f"{team.name_fr or team.name_en}, {site.name}"),
            at=opening.opened_at, wholes=(job.title_en, job.title_fr, job.title_fr_f),
        )  # fmt: skip


# --- words that found nothing: what the People team may do about them -----------------------------------
@remedy("alias", gettext_lazy("Add as another word for"), kind="skill")
def add_alias(user, words: str, choice: str) -> str:
    """`words` becomes another word for the skill of key `choice`."""
    skill = Skill.objects.allowing(user, "people.change_skill").get(pk=choice)
    SkillAlias.objects.get_or_create(skill=skill, text=words)
    return _("“%(words)s” now leads to %(skill)s.") % {"words": words, "skill": skill.label}


@remedy("skill", gettext_lazy("Create the skill"))
def create_skill(user, words: str, choice: str = "") -> str:
    """`words` becomes a skill of its own, unless one is called so already."""
    if not roles.has(user, *visibility.HR):
        raise PermissionError
    skill = skills.named(words) or skills.create(words.capitalize())
    return _("The skill “%(words)s” exists now.") % {"words": skill.label}
