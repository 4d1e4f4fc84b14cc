"""What people of the demo company know, at which level, since when, and who saw it at work."""

from collections import defaultdict

from portal.people.models import Activity, Assignment, Correction, JobSkill, PersonSkill, ShareConfirmation, SkillConfirmation
from portal.people.rivage.writing import WORDS
from portal.people.transitions import report

COMMON = {  # slug: how often somebody lists it, whatever their trade
    "project-management": 4, "facilitation": 4, "mentoring": 5, "first-aid": 7, "spreadsheets": 7, "plain-language": 3, "public-speaking": 4, "translation": 2,
    "photography": 3, "event-organisation": 3, "knowledge-sharing": 3, "remote-teamwork": 3, "open-data": 2, "spreadsheet-macros": 2, "social-media": 2,
    "drone-piloting": 1, "boat-handling": 2, "illustration": 1, "conflict-mediation": 2, "fire-safety": 2, "french-sign-language": 1, "welsh": 1, "breton": 1,
    "polish": 1, "arabic": 1, "german": 2, "spanish": 3, "carbon-accounting": 1, "web-accessibility": 2, "python": 2, "intercultural-work": 2,
}  # fmt: skip
OF_THE_CAST = {
    "maya": {"hydrology": 4, "data-quality-checks": 4, "team-leadership": 3, "python": 3, "alert-thresholds": 3, "recruiting-interviews": 2, "r": 2},
    "ben": {"stream-processing": 4, "python": 4, "postgis": 3, "data-pipelines": 3, "mentoring": 2, "hydrology": 1},
    "cleo": {"plain-language": 4, "public-warnings": 3, "user-research": 3, "british-sign-language": 3, "illustration": 2},
    "hugo": {"labour-law": 3, "onboarding": 4, "conflict-mediation": 3, "disability-inclusion": 2, "german": 3},
    "ilan": {"it-support": 4, "workstation-set-up": 4, "identity-and-access": 3, "electronics": 2, "web-accessibility": 1},
    "omar": {"flood-forecasting": 4, "catchment-knowledge": 4, "crisis-briefings": 4, "night-shifts": 4, "mentoring": 3},
    "nia": {"statistics": 3, "time-series": 3, "r": 3, "data-visualisation": 2, "hydrology": 1},
}


def learn(rivage) -> None:
    """Skills of everybody who holds, will hold or held a seat, then what colleagues confirm."""
    _holdings(rivage)
    _confirmations(rivage)
    _shares(rivage)
    _corrections(rivage)


def _holdings(rivage) -> None:
    needs = defaultdict(list)
    for need in JobSkill.objects.all():
        needs[need.job_id].append(need)
    named = {person.pk: OF_THE_CAST[key] for key, person in rivage.cast.items() if key in OF_THE_CAST}
    rows = []
    for person in (*rivage.people, *rivage.coming, *rivage.left):
        seat = rivage.seat(person)
        if seat.ended_on and seat.ended_on < rivage.day(-90) and person.pk not in named:
            continue  # the directory has forgotten what they knew
        levels = dict(named[person.pk]) if person.pk in named else _levels(rivage, seat, needs[seat.job_id])
        for slug, level in levels.items():
            rows.append(_holding(rivage, person, seat, rivage.skills[slug], level))
    PersonSkill.objects.bulk_create(rows, batch_size=800)


def _levels(rivage, seat, needs) -> dict[str, int]:
    if rivage.chance(0.06):
        return {}  # never filled their page
    slug_of = {skill.pk: slug for slug, skill in rivage.skills.items()}
    years = (rivage.today - seat.employee.joined_on).days / 365
    levels = {}
    for need in needs:
        if rivage.chance(0.3 if need.learnt else 0.75):
            level = need.level + rivage.pick((-1, 0, 0, 1)) + (years > 8)
            levels[slug_of[need.skill_id]] = max(1, min(4, level - need.learnt))
    for _each in range(rivage.pick((0, 1, 1, 2, 3))):
        levels.setdefault(rivage.weighted(COMMON), rivage.pick((1, 2, 2, 3)))
    return levels


def _holding(rivage, person, seat, skill, level) -> PersonSkill:
    days = None if rivage.chance(0.12) else rivage.rng.randint(3, 700) if rivage.chance(0.8) else rivage.rng.randint(735, 1300)
    if seat.started_on > rivage.today:
        days = None
    interest = "learning" if level == 1 and rivage.chance(0.7) else "more" if rivage.chance(0.15) else ""
    return PersonSkill(
        tag=skill,
        content_object=person,
        level=level,
        interest=interest,
        accepts_help=level >= 3 and rivage.chance(0.5),
        visibility=rivage.pick(("me", "team", "alumni")) if rivage.chance(0.05) else "",
        confirmed_on=rivage.day(-days) if days is not None else None,
    )


def _confirmations(rivage) -> None:
    """One line of what was seen, by teammates, on skills held well."""
    rows = []
    good = PersonSkill.objects.filter(level__gte=3, confirmed_on__gt=rivage.day(-700)).select_related("content_object").order_by("pk")
    known = {person.pk: person for person in rivage.people}
    faces = {person.pk for person in rivage.cast.values()}
    for holding in good:
        person = known.get(holding.content_object_id)
        if person is None or not (person.pk in faces or rivage.chance(0.18)):
            continue
        mates = [mate for mate in rivage.members(rivage.seat(person).team) if mate.pk != person.pk]
        for mate in rivage.some(mates, rivage.pick((1, 1, 2))):
            rows.append(
                SkillConfirmation(holding=holding, by=mate, seen=rivage.pick(WORDS["seen"][mate.language]), language=mate.language, on=holding.confirmed_on)
            )
    SkillConfirmation.objects.bulk_create(rows, batch_size=500)


def _shares(rivage) -> None:
    """People who hold a job say how its time is really spent; a third of the jobs waits for them."""
    holders = defaultdict(list)
    for seat in Assignment.objects.filter(main=True, ended_on=None, started_on__lt=rivage.day(-200)).select_related("employee__person").order_by("pk"):
        holders[seat.job_id].append(seat.employee.person)
    activities = defaultdict(list)
    for activity in Activity.objects.order_by("pk"):
        activities[activity.job_id].append(activity)
    rows = []
    for number, job in enumerate(rivage.jobs.values()):
        if number % 3 == 2:
            continue
        for person in rivage.some(holders[job.pk], rivage.pick((1, 2, 3, 4))):
            day = rivage.day(-rivage.rng.randint(10, 300))
            rows.append(ShareConfirmation(job=job, version=job.version, person=person, shares=_really(rivage, activities[job.pk]), on=day))
    ShareConfirmation.objects.bulk_create(rows)


def _really(rivage, activities) -> dict[str, int]:
    """Shares near those described, by steps of five, that sum to 100."""
    shares = {str(activity.pk): activity.share for activity in activities}
    for _each in range(rivage.pick((0, 1, 2))):
        less, more = rivage.some(sorted(shares), 2)
        if shares[less] > 10:
            shares[less] -= 5
            shares[more] += 5
    return shares


def _corrections(rivage) -> None:
    """A few things colleagues noticed on the pages of others, not answered yet."""
    cast = rivage.cast
    said = [
        (cast["maya"], cast["ben"], "wrong", "working_pattern", "À la maison le mercredi et le jeudi", "She was on site every Tuesday this month."),
        (cast["ben"], cast["maya"], "missing", "headline", "From night batch to stream. The Vilaine is done.", "Ta ligne date d’avant la Vilaine."),
        (cast["cleo"], cast["priti"], "missing", "phone", "+44 117 496 0713", "The number on your new desk."),
    ]
    for days, (person, by, kind, name, proposed, note) in enumerate(said, start=2):
        before = getattr(person, name)
        report(Correction(person=person, by=by, kind=kind, field=name, before=before, proposed=proposed, note=note, at=rivage.at(-days, "14:20")))
