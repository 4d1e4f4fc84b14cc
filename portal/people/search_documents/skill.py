"""How a skill is found, and what the People team does with words that found none."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal import roles
from portal.people import groups, skills, visibility
from portal.people.models import (
    Skill,
    SkillAlias,
)
from portal.people.search_documents.words import INSIDE
from portal.search.documents import STRONG, TEXT, TITLE, Draft, Part, SearchDocument, register, remedy


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
        parts += [Part("alias", alias.text, STRONG, language=alias.language) for alias in aliases]
        group = (groups.named(skill.group, "en"), groups.named(skill.group, "fr"))
        if skill.group:
            parts += [Part("group", name, TEXT) for name in dict.fromkeys(group)]
        wholes = (skill.name, skill.label_fr, *(alias.text for alias in aliases))
        title = (skill.name, skill.label_fr or skill.name)
        return Draft(
            title, skill.get_absolute_url(), parts, INSIDE, subtitle=group, wholes=wholes, concept=f"skill:{skill.pk}", extra={"slug": skill.slug}
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
