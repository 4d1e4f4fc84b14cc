"""What every stage needs to convene a panel on an opening: criteria of the description, the People team, the hour ballots close."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from portal import clock, roles
from portal.moves import MoveRefused
from portal.people.models import Grant, JobDescription, Opening, Person

MOST_SKILLS, MOST_ACTIVITIES = 3, 2
BALLOTS_CLOSE = time(18)
LONGEST = timedelta(days=30)


def criteria_of(job: JobDescription) -> list[tuple[str, str]]:
    """Pairs (English, French) a panel and a refusal may name, the most needed first; the mission when nothing else is described."""
    skills = job.job_skills.filter(learnt=False).select_related("skill").order_by("-level", "pk")[:MOST_SKILLS]
    pairs = [(need.skill.name, need.skill.label_fr or need.skill.name) for need in skills]
    pairs += [(each.text_en, each.text_fr or each.text_en) for each in job.activities.order_by("-share", "pk")[:MOST_ACTIVITIES]]
    return pairs or [(job.mission_en[:200], (job.mission_fr or job.mission_en)[:200])]


def people_team(opening: Opening) -> list[Person]:
    """The People team of the opening's site and of all sites, in a fixed order."""
    grants = Grant.objects.filter(duty__in=(roles.HR, roles.HR_ADMIN)).select_related("person__user").order_by("person")
    people = {grant.person_id: grant.person for grant in grants if grant.site_id in (None, opening.site_id)}
    return [person for person in people.values() if person.user and person.user.is_active]


def closing(opening: Opening, deadline: date) -> datetime:
    """The moment ballots close on `deadline` where the opening is; MoveRefused outside the next 30 days."""
    today = clock.today(opening.site.timezone)
    if not today < deadline <= today + LONGEST:
        raise MoveRefused(_("Choose a day within the next 30."))
    return datetime.combine(deadline, BALLOTS_CLOSE, ZoneInfo(opening.site.timezone))
