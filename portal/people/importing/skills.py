"""Brings skills in from a CSV file: our own first list, or ESCO; fills gaps, never overwrites what people edited."""

import csv
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from portal.people import skills
from portal.people.models import Skill, SkillAlias
from portal.people.models.skill import fold

OWN_LIST = Path(__file__).resolve().parent.parent / "data" / "skills_en_fr.csv"
ESCO = "http://data.europa.eu/esco/skill/"
# A group for ESCO rows: its collection when it has one, else its kind.
GROUPS = {"digital": "Digital", "green": "Green", "language": "Languages", "transversal": "Working together"}
KINDS = {"knowledge": "Knowledge", "skill/competence": "Know-how"}
BATCH = 1000


@dataclass
class Row:
    """One skill of the file, whatever its columns were called."""

    line: int
    name: str
    label_fr: str
    group: str
    uri: str | None
    aliases: list[tuple[str, str]]


@dataclass
class Outcome:
    """What an import does, or would do: counts, and problems as (line, sentence)."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    without_french: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)


class Unreadable(Exception):
    """The file has not the columns of a list of skills; the message is for people."""


def rows(path: Path) -> list[Row]:
    """The rows of an ESCO file (label_en, label_fr, uuid …) or of our own list (name, label_fr, aliases …)."""
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns = set(reader.fieldnames or ())
            if not columns & {"name", "label_en"}:
                raise Unreadable(_("This is no list of skills: it needs a column “name” or “label_en”."))
            return [_row(line, each) for line, each in enumerate(reader, start=2)]
    except UnicodeDecodeError:
        raise Unreadable(_("This file is not written in UTF-8.")) from None


def _row(line: int, cells: dict) -> Row:
    def cell(name):
        return " ".join((cells.get(name) or "").split())

    uri = cell("uri") or (ESCO + cell("uuid") if cell("uuid") else None)
    collection = cell("collections").partition("|")[0]
    group = cell("group") or GROUPS.get(collection, "") or KINDS.get(cell("skill_type"), "")
    aliases = [(text.strip(), language) for language in ("en", "fr") for text in cell(f"aliases_{language}").split("|") if text.strip()]
    return Row(line, cell("name") or cell("label_en"), cell("label_fr"), group, uri, aliases)


def import_file(path: Path, *, write: bool) -> Outcome:
    """Read `path` and bring its skills in; with `write` false only count what would happen. Raises Unreadable."""
    with transaction.atomic():
        return _bring_in(rows(path), write)


def _bring_in(wanted: list[Row], write: bool) -> Outcome:
    outcome, seen = Outcome(), set()
    known = list(Skill.objects.all())
    by_uri = {skill.esco_uri: skill for skill in known if skill.esco_uri}
    by_name = {fold(skill.name): skill for skill in known}
    names = {skill.name for skill in known}
    slugs = {skill.slug for skill in known}
    aliases = _aliases()
    new, changed, new_aliases = [], [], []
    for row in wanted:
        if problem := _problem(row, seen):
            outcome.problems.append((row.line, problem))
            continue
        seen |= {fold(row.name), row.uri} - {None}
        outcome.without_french += not row.label_fr
        skill = by_uri.get(row.uri) if row.uri else None
        skill = skill or by_name.get(fold(row.name))
        if skill is None:
            skill = Skill(name=row.name, label_fr=row.label_fr, group=row.group, esco_uri=row.uri, slug=_free(row.name, slugs))
            names.add(row.name)
            new.append(skill)
            outcome.created += 1
            mine = set()
        else:
            mine = aliases.get(skill.pk, set())
        added = [SkillAlias(skill=skill, text=text, language=language) for text, language in _unheard(row, skill, mine)]
        new_aliases += added
        if skill.pk:
            filled = _fill(skill, row)
            if filled:
                changed.append(skill)
            outcome.changed += bool(filled or added)
            outcome.unchanged += not (filled or added)
    if write:
        _write(new, changed, new_aliases)
    return outcome


def _problem(row: Row, seen: set) -> str:
    if not row.name:
        return _("The English label is missing.")
    if len(row.name) > 255 or len(row.label_fr) > 255:
        return _("A label is longer than 255 characters.")
    if fold(row.name) in seen:
        return _("“%(name)s” stands here a second time.") % {"name": row.name}
    if row.uri in seen:
        return _("The address of “%(name)s” stands here a second time.") % {"name": row.name}
    return ""


def _aliases() -> dict[int, set[str]]:
    found = {}
    for skill, text in SkillAlias.objects.values_list("skill", "text"):
        found.setdefault(skill, set()).add(text)
    return found


def _unheard(row: Row, skill: Skill, mine: set[str]) -> list[tuple[str, str]]:
    """The words of the row that the skill does not have yet."""
    have = {fold(word) for word in (*mine, skill.name, skill.label_fr)}
    words = []
    for text, language in row.aliases:
        if fold(text) not in have:
            have.add(fold(text))
            words.append((text, language))
    return words


def _fill(skill: Skill, row: Row) -> bool:
    """Fill what `skill` lacks; whether anything was."""
    before = (skill.label_fr, skill.group, skill.esco_uri)
    skill.label_fr = skill.label_fr or row.label_fr
    skill.group = skill.group or row.group
    skill.esco_uri = skill.esco_uri or row.uri
    return before != (skill.label_fr, skill.group, skill.esco_uri)


def _free(name: str, slugs: set[str]) -> str:
    stem = slugify(name)[:240] or "skill"
    slug, number = stem, 1
    while slug in slugs:
        number += 1
        slug = f"{stem}-{number}"
    slugs.add(slug)
    return slug


def _write(new: list[Skill], changed: list[Skill], aliases: list[SkillAlias]) -> None:
    for skill in new:
        skill.folded = skill.all_words()
    Skill.objects.bulk_create(new, batch_size=BATCH)
    for alias in aliases:
        alias.skill = alias.skill  # takes the key its skill has by now
    SkillAlias.objects.bulk_create(aliases, batch_size=BATCH)
    Skill.objects.bulk_update(changed, ["label_fr", "group", "esco_uri"], batch_size=500)
    touched = [skill.pk for skill in changed] + [alias.skill_id for alias in aliases]
    for start in range(0, len(touched), 500):
        skills.refold(Skill.objects.filter(pk__in=touched[start : start + 500]))
