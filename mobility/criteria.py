"""The criteria a panel and a refusal may name: the skills and the main activities of the description, in both languages."""

from portal.people.models import JobDescription

MOST_SKILLS, MOST_ACTIVITIES = 3, 2


def of(job: JobDescription) -> list[tuple[str, str]]:
    """Pairs (English, French), the most needed first; the mission when nothing else is described."""
    skills = job.job_skills.filter(learnt=False).select_related("skill").order_by("-level", "pk")[:MOST_SKILLS]
    pairs = [(need.skill.name, need.skill.label_fr or need.skill.name) for need in skills]
    pairs += [(each.text_en, each.text_fr or each.text_en) for each in job.activities.order_by("-share", "pk")[:MOST_ACTIVITIES]]
    return pairs or [(job.mission_en[:200], (job.mission_fr or job.mission_en)[:200])]
