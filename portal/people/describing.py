"""How a job is described: each saved text is a version, kept whole; what holders said stays true while the activities do."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from portal.people.models import Activity, JobDescription, JobSkill, JobVersion, ShareConfirmation

TEXTS = (
    "title_en", "title_fr", "title_fr_f", "mission_en", "mission_fr", "brings_en", "brings_fr", "good_to_have_en", "good_to_have_fr",
    "conditions_en", "conditions_fr", "demanding_en", "demanding_fr", "pay_min", "pay_max", "currency", "next_steps_en", "next_steps_fr",
)  # fmt: skip


def body_of(job: JobDescription) -> dict:
    """The whole text of `job` as one version keeps it, in words: names of skills and of the trade, not their keys."""
    return {
        **{name: getattr(job, name) for name in TEXTS},
        "trade": job.trade.name_en if job.trade else "",
        "activities": [[row.text_en, row.text_fr, row.share] for row in job.activities.all()],
        "skills": [[row.skill.name, row.level, row.learnt] for row in job.job_skills.select_related("skill").order_by("skill__name")],
    }


def write(job: JobDescription, activities: list[tuple[str, str, int]], needs: list[tuple], *, by) -> JobDescription:
    """Save `job` with its activities (English, French, share in percent) and needs (skill, level, learnt) as its next version.

    The same text again is no version. Confirmations of holders go on with the next version unless an activity or a share
    changed: then the job waits for them anew. Raises ValueError unless the shares sum to 100.
    """
    if sum(share for *_texts, share in activities) != 100:
        raise ValueError("The shares of time must sum to 100.")
    with transaction.atomic():
        before = _locked_body(job)
        if before is None:
            job.slug, job.version = _free_slug(job.title_en), 1
        job.save()
        old = [tuple(row) for row in before["activities"]] if before else None
        if activities != old:
            job.activities.all().delete()
            Activity.objects.bulk_create(
                [Activity(job=job, text_en=text_en, text_fr=text_fr, share=share, order=order) for order, (text_en, text_fr, share) in enumerate(activities)]
            )
        job.job_skills.all().delete()
        JobSkill.objects.bulk_create([JobSkill(job=job, skill=skill, level=level, learnt=learnt) for skill, level, learnt in needs])
        after = body_of(job)
        if after == before:
            return job
        if before is not None:
            JobVersion.objects.get_or_create(job=job, number=job.version, defaults={"body": before, "at": None})
            job.version += 1
            job.save(update_fields=["version"])
            if activities == old:
                ShareConfirmation.objects.filter(job=job, version=job.version - 1).update(version=job.version)
        JobVersion.objects.create(job=job, number=job.version, body=after, by=by)
    return job


def _locked_body(job: JobDescription) -> dict | None:
    """What the database holds of `job` now, under lock; None for a new one."""
    if job.pk is None:
        return None
    stored = JobDescription.objects.select_for_update(of=("self",)).get(pk=job.pk)
    job.version = stored.version
    return body_of(stored)


def _free_slug(title: str) -> str:
    stem = slugify(title)[:120] or "job"
    slug, number = stem, 1
    while slug == "new" or JobDescription.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug


@dataclass(frozen=True)
class Change:
    """One line of a job that differs between two versions."""

    label: str
    before: str
    after: str


def changes(before: dict, after: dict) -> list[Change]:
    """What differs between two bodies, in words."""
    found = []
    for name, label in _labels().items():
        one, other = _said(name, before.get(name)), _said(name, after.get(name))
        if one != other:
            found.append(Change(label, one, other))
    return found


def _labels() -> dict[str, str]:
    labels = {name: str(JobDescription._meta.get_field(name).verbose_name) for name in TEXTS}
    return {**labels, "trade": _("trade"), "activities": _("activities and shares of time"), "skills": _("skills")}


def _said(name: str, value) -> str:
    if name == "activities":
        return "\n".join(f"{share} % {text_en} / {text_fr}" for text_en, text_fr, share in value or [])
    if name == "skills":
        return "\n".join(f"{skill}, {_('learnt in the job') if learnt else level}" for skill, level, learnt in value or [])
    return "" if value is None else str(value)
