"""How a job description and an opening are found."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from portal.languages import at_place, both_titles
from portal.people.models import (
    Activity,
    JobDescription,
    JobSkill,
    Opening,
    Site,
    Team,
)
from portal.people.search_documents.words import INSIDE, both, skill_in_words, texts, titles
from portal.search.documents import CODE, STRONG, TEXT, Draft, Facet, Part, SearchDocument, register


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
            return skill_in_words(text, detail)
        if part in ("mission", "brings", "activity"):
            return str(self.fields[part])
        return super().explain(part, text, detail)


def _title(job) -> tuple[str, str]:
    return job.title_en, both_titles(job.title_fr, job.title_fr_f)


def _job_parts(job) -> list[Part]:
    parts = titles("title", job.title_en, job.title_fr, job.title_fr_f)
    parts += [*texts(job, "mission", "brings"), *_needs(job)]
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
        return Draft(_title(job), reverse("people:job_detail", args=[job.slug]), _job_parts(job), INSIDE, subtitle=trade, wholes=wholes)


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
        parts += both("team", team.name_en, team.name_fr, 0, Facet("team", team.slug, team.name_en, team.name_fr))
        parts.append(Part("site", site.name, STRONG, facets=(Facet("site", site.code, site.name),)))
        return Draft(
            _title(job), reverse("people:opening_detail", args=[opening.slug]), parts, INSIDE,
            subtitle=(at_place(team.name_en, site.name), at_place(team.name_fr or team.name_en, site.name)),
            at=opening.opened_at, wholes=(job.title_en, job.title_fr, job.title_fr_f),
        )  # fmt: skip


# --- words that found nothing: what the People team may do about them -----------------------------------
