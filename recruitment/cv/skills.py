"""Which known skills a CV names, so that the candidate can tick what is true; nothing is decided from it."""

import re
import unicodedata

from portal.people.models import Skill, SkillAlias

MOST = 12


def fold(text: str) -> str:
    """Lower case without accents."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(letter))


def named_in(text: str, first=()) -> list[str]:
    """The labels of the skills named in `text`, those of the job (`first`, skill keys) before the others."""
    folded = f" {re.sub(r'[^a-z0-9+#]+', ' ', fold(text))} "
    found: dict[int, Skill] = {}
    skills = {skill.pk: skill for skill in Skill.objects.filter(merged_into=None).only("name", "label_fr")}
    words = [(skill.pk, word) for skill in skills.values() for word in (skill.name, skill.label_fr) if word]
    words += [(key, word) for key, word in SkillAlias.objects.values_list("skill_id", "text") if key in skills]
    for key, word in words:
        if len(word) > 1 and f" {re.sub(r'[^a-z0-9+#]+', ' ', fold(word)).strip()} " in folded:
            found.setdefault(key, skills[key])
    ranked = sorted(found.values(), key=lambda skill: (skill.pk not in first, skill.name))
    return [str(skill.label) for skill in ranked[:MOST]]
