"""Skills by their words: type-ahead over labels and aliases of both languages, freshness, merging."""

from datetime import date

from django.db import transaction
from django.db.models import Case, F, IntegerField, ManyToManyField, Prefetch, Q, Value, When
from django.utils.text import slugify

from portal import clock
from portal.people.models import Assignment, JobSkill, PersonSkill, Skill, SkillAlias, SkillConfirmation
from portal.people.models.skill import fold
from portal.people.visibility import LEVELS, level_of_skill

FADES_AFTER = 24  # months


def refold(skills=None) -> int:
    """Write `folded` where it no longer says all words of a skill; the number written. Importers call it at their end."""
    changed = []
    every = Skill.objects.all() if skills is None else skills
    for skill in every.prefetch_related("aliases"):
        folded = skill.all_words()
        if folded != skill.folded:
            skill.folded = folded
            changed.append(skill)
    Skill.objects.bulk_update(changed, ["folded"], batch_size=500)
    return len(changed)


def matching(words: str):
    """The skills with a word that starts like `words`; those whose label starts so come first."""
    wanted = fold(words)
    starts = Q(folded__contains="\n" + wanted)
    first = Case(When(starts, then=Value(0)), default=Value(1), output_field=IntegerField())
    return Skill.objects.filter(merged_into=None).filter(starts | Q(folded__contains=" " + wanted)).annotate(first=first).order_by("first", "name")


def named(words: str) -> Skill | None:
    """The one skill called exactly `words` in either language, by label before alias."""
    wanted = fold(words)
    if not wanted:
        return None
    exact = Skill.objects.filter(Q(folded__contains="\n" + wanted + "\n") | Q(folded__endswith="\n" + wanted))
    found = sorted(exact, key=lambda skill: wanted not in (fold(skill.name), fold(skill.label_fr)))
    return canonical(found[0]) if found else None


def canonical(skill: Skill) -> Skill:
    """The skill that `skill` was merged into, if it was."""
    seen = {skill.pk}
    while skill.merged_into and skill.merged_into_id not in seen:
        skill = skill.merged_into
        seen.add(skill.pk)
    return skill


def create(name: str, label_fr: str = "", group: str = "") -> Skill:
    """A new skill with its address and its folded words."""
    stem = slugify(name)[:240] or "skill"
    slug, number = stem, 1
    while Skill.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return Skill.objects.create(name=name, slug=slug, label_fr=label_fr, group=group)


def fades_on(holding: PersonSkill) -> date | None:
    """The day a skill begins to fade; None when nobody ever confirmed it."""
    if holding.confirmed_on is None:
        return None
    day = holding.confirmed_on
    return date(day.year + FADES_AFTER // 12, day.month, min(day.day, 28))


def is_fading(holding: PersonSkill) -> bool:
    """Nobody confirmed it for 24 months: it is shown as fading until somebody does."""
    day = fades_on(holding)
    return day is not None and day <= clock.today()


def fresh_since() -> date:
    """A skill confirmed before this day is fading."""
    day = clock.today()
    return date(day.year - FADES_AFTER // 12, day.month, min(day.day, 28))


def merge(skill: Skill, into: Skill) -> None:
    """Bring people, jobs, lists and words of `skill` to `into`; the old address keeps leading there.

    Whoever has both keeps the higher level and the fresher confirmation. Raises ValueError for a skill into itself.
    """
    if skill.pk == into.pk or canonical(into).pk == skill.pk:
        raise ValueError("A skill cannot be merged into itself.")
    with transaction.atomic():
        for holding in PersonSkill.objects.filter(tag=skill).select_for_update():
            twin = PersonSkill.objects.filter(tag=into, content_object=holding.content_object_id).first()
            if twin is None:
                holding.tag = into
                holding.save(update_fields=["tag"])
                continue
            _join(twin, holding)
        for need in JobSkill.objects.filter(skill=skill):
            if JobSkill.objects.filter(job=need.job_id, skill=into).exists():
                need.delete()
            else:
                need.skill = into
                need.save(update_fields=["skill"])
        _move_lists(skill, into)
        known = {fold(alias.text) for alias in into.aliases.all()} | {fold(into.name), fold(into.label_fr)}
        words = [(skill.name, "en"), (skill.label_fr, "fr"), *skill.aliases.values_list("text", "language")]
        for text, language in words:
            if text and fold(text) not in known:
                known.add(fold(text))
                SkillAlias.objects.create(skill=into, text=text, language=language)
        skill.aliases.all().delete()
        Skill.objects.filter(merged_into=skill).update(merged_into=into)
        skill.merged_into = into
        skill.save(update_fields=["merged_into"])
        refold(Skill.objects.filter(pk__in=[skill.pk, into.pk]))


def _move_lists(skill: Skill, into: Skill) -> None:
    """Lists of skills that floors above keep (what a mentor offers) name `into` from now on."""
    for relation in Skill._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and isinstance(getattr(relation, "field", None), ManyToManyField)):
            continue
        rows, owner, named = relation.field.remote_field.through.objects, relation.field.m2m_field_name(), relation.field.m2m_reverse_field_name()
        already = rows.filter(**{named: into}).values_list(owner, flat=True)
        rows.filter(**{named: skill, f"{owner}__in": list(already)}).delete()
        rows.filter(**{named: skill}).update(**{named: into})


def _join(kept: PersonSkill, other: PersonSkill) -> None:
    """One of two holdings of the same person: the best of both, under the stricter visibility."""
    kept.level = max(kept.level, other.level)
    kept.interest = kept.interest or other.interest
    kept.accepts_help = kept.accepts_help or other.accepts_help
    kept.confirmed_on = max(filter(None, [kept.confirmed_on, other.confirmed_on]), default=None)
    strictness = list(LEVELS)
    kept.visibility = min(kept, other, key=lambda each: strictness.index(level_of_skill(each))).visibility
    kept.save()
    already = set(kept.confirmations.values_list("by", flat=True))
    other.confirmations.exclude(by__in=already).update(holding=kept)
    other.delete()


def with_confirmations(holdings):
    """`holdings` with what colleagues saw, in two queries more."""
    seen = SkillConfirmation.objects.select_related("by")
    return holdings.select_related("tag").prefetch_related(Prefetch("confirmations", queryset=seen))


def best_first(holdings):
    """`holdings` of one skill with their people: whoever accepts to help, then by level, then by how fresh it is."""
    seats = Assignment.objects.select_related("team", "site", "manager")
    rows = holdings.select_related("tag", "content_object__employee").prefetch_related(
        Prefetch("content_object__employee__assignments", queryset=seats, to_attr="all_seats")
    )
    return rows.order_by("-accepts_help", "-level", F("confirmed_on").desc(nulls_last=True), "content_object__family_name", "pk")
