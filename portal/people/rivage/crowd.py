"""Who works in the demo company, who is coming and who left: people with their accounts, seats, managers and duties."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from allauth.account.models import EmailAddress

from portal.accounts.models import User
from portal.people.models import Assignment, Contract, Employee, Grant, JobDescription, Person, Site, Team
from portal.people.models.person import TAKEN, stem_of
from portal.people.rivage import cast, writing
from portal.people.rivage.company import team_rows
from portal.people.rivage.naming import Name, Names

SIZE = 1.33  # people for each one that teams.csv counts
DOMAIN = "rivage.example"
ARRIVALS = [  # days after the next Monday, team, job
    (0, "it-hosting", "systems-engineer"),
    (0, "desk-severn", "forecaster"),
    (7, "field-vilaine", "field-hydrologist"),
    (7, "vigie-front", "software-engineer"),
    (14, "modelling-ensemble", "data-scientist"),
    (17, "service-night", "customer-adviser"),
    (21, "workshop-telemetry", "telemetry-engineer"),
    (28, "warning-languages", "translator"),
]
SECOND_SEATS = [  # title in both languages, team
    ("Gauge standards group", "Groupe normes de mesure", "river-data-quality"),
    ("Fire warden", "Guide d’évacuation", "security-desk"),
    ("Accessibility referent", "Référent accessibilité", "accessibility"),
    ("Flood reserve, night desk", "Réserve de crue, bureau de nuit", "forecasting"),
]
CONTRACTS = {"permanent": 74, "fixed_term": 10, "apprenticeship": 9, "internship": 2, "freelance": 3, "temporary": 2}


@dataclass
class Draft:
    """One person before they are rows."""

    name: Name
    team: Team
    job: JobDescription
    joined: date
    head: bool = False
    ended: date | None = None
    face: cast.Face | None = None
    seats: list[Assignment] = field(default_factory=list)
    person: Person | None = None
    site: Site | None = None
    gone: bool = False


def arrive(rivage) -> None:
    """Everybody, in rows."""
    drafts = _drafts(rivage)
    _people(rivage, drafts)
    _seats(rivage, drafts)
    _heads_and_managers(drafts)
    Assignment.objects.bulk_create([seat for draft in drafts for seat in draft.seats], batch_size=500)
    _duties(rivage, drafts)
    _second_seats(rivage, drafts)
    _stand_ins(rivage, drafts)


def _drafts(rivage) -> list[Draft]:
    names = Names(rivage.rng)
    faces = [*cast.FACES, cast.NIA, cast.OMAR, cast.ZOE]
    names.taken |= {(face.given, face.family) for face in faces}
    drafts = []

    def draft(team, job, joined, *, face=None, **more):
        name = Name(face.given, face.family, face.form, face.lang) if face else names.draw(team.site.code)
        made = Draft(name, team, job, joined, face=face, site=team.site, gone="ended" in more, **more)
        if not face and rivage.chance(0.03):
            made.site = rivage.pick([site for site in rivage.sites.values() if site.country == team.site.country])
        drafts.append(made)

    for row in team_rows():
        team = rivage.teams[row["slug"]]
        jobs = {job: int(weight) for job, weight in (each.split(":") for each in row["jobs"].split(","))}
        here = [face for face in cast.FACES if face.team == team.slug]
        head = next((face for face in here if face.head), None)
        years = head.years if head else rivage.rng.uniform(4, 22)
        draft(team, rivage.jobs[head.job if head else next(iter(jobs))], _long_ago(rivage, years), face=head, head=True)
        members = [face for face in here if not face.head]
        for face in members:
            draft(team, rivage.jobs[face.job], _long_ago(rivage, face.years), face=face)
        for _each in range(round(int(row["size"]) * SIZE) - len(members)):
            draft(team, rivage.jobs[rivage.weighted(jobs)], _long_ago(rivage, _tenure(rivage)))
    teams = [rivage.teams[row["slug"]] for row in team_rows() if row["parent"]]
    jobs_of = {row["slug"]: next(iter(row["jobs"].split(","))).split(":")[0] for row in team_rows()}
    gone = [rivage.rng.randint(2, 88) for _each in range(24)] + [rivage.rng.randint(95, 1800) for _each in range(58)]
    for days in gone:
        team = rivage.pick(teams)
        ended = _weekday(rivage.day(-days))
        draft(team, rivage.jobs[jobs_of[team.slug]], _weekday(ended - timedelta(days=rivage.rng.randint(200, 5000))), ended=ended)
    draft(rivage.teams[cast.OMAR.team], rivage.jobs[cast.OMAR.job], _long_ago(rivage, cast.OMAR.years), face=cast.OMAR, ended=_weekday(rivage.day(-200)))
    draft(rivage.teams[cast.NIA.team], rivage.jobs[cast.NIA.job], rivage.monday, face=cast.NIA)
    for days, team, job in ARRIVALS:
        draft(rivage.teams[team], rivage.jobs[job], rivage.monday + timedelta(days=days))
    staying = [each for each in drafts if not each.ended and not each.face and not each.head and each.joined < rivage.day(-400)]
    for each in rivage.some(staying, 8):  # departures everybody knows of
        each.ended = _weekday(rivage.day(rivage.rng.randint(8, 75)))
    return drafts


def _tenure(rivage) -> float:
    """Years here, mostly few."""
    low, high = rivage.weighted({(0.02, 0.25): 3, (0.25, 1): 9, (1, 3): 28, (3, 8): 32, (8, 16): 20, (16, 30): 8})
    return rivage.rng.uniform(low, high)


def _long_ago(rivage, years: float) -> date:
    return _weekday(rivage.day(-round(years * 365.25)))


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _people(rivage, drafts: list[Draft]) -> None:
    slugs, addresses, users, people = set(TAKEN), set(), [], []
    for draft in drafts:
        name, face = draft.name, draft.face
        slug = _free(stem_of(f"{name.given} {name.family}"), slugs)
        local = face.key if face else _free(f"{stem_of(name.given)}.{stem_of(name.family)}", addresses)
        said = writing.about(rivage, draft)
        person = Person(slug=slug, given_name=name.given, family_name=name.family, language=name.lang, work_email=f"{local}@{DOMAIN}", **said)
        if not draft.gone or face:
            person.user = User(email=person.work_email, language=name.lang, password="!")  # noqa: S106 - no password opens it
            users.append(person.user)
        draft.person = person
        people.append(person)
    zoe = cast.ZOE
    people.append(Person(slug="zoe-garnier", given_name=zoe.given, family_name=zoe.family, language=zoe.lang, **zoe.more))
    User.objects.bulk_create(users, batch_size=500)
    EmailAddress.objects.bulk_create([EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users], batch_size=500)
    for person in people:
        person.user = person.user  # takes the key that its user has by now
    Person.objects.bulk_create(people, batch_size=500)


def _free(stem: str, taken: set[str]) -> str:
    free, number = stem, 1
    while free in taken:
        number += 1
        free = f"{stem}-{number}"
    taken.add(free)
    return free


def _seats(rivage, drafts: list[Draft]) -> None:
    employees = []
    order = sorted(range(len(drafts)), key=lambda index: (drafts[index].joined, index))
    numbers = {index: f"R{number:05}" for number, index in enumerate(order, start=1001)}
    for index, draft in enumerate(drafts):
        employees.append(
            Employee(
                person=draft.person,
                number=numbers[index],
                contract=_contract(rivage, draft),
                joined_on=draft.joined,
                trial_ends_on=draft.joined + timedelta(days=92) if draft.joined > rivage.day(-85) else None,
                left_on=draft.ended,
            )
        )
    Employee.objects.bulk_create(employees, batch_size=500)
    for draft, employee in zip(drafts, employees, strict=True):
        starts = [draft.joined, *_moves(rivage, draft)]
        for number, start in enumerate(starts):
            last = number == len(starts) - 1
            team, job = (draft.team, draft.job) if last else _earlier(rivage, draft)
            title_en, title_fr = _title(draft, team, job, head=draft.head and last)
            seat = Assignment(employee=employee, team=team, site=draft.site if last else team.site, job=job, started_on=start)
            seat.title_en, seat.title_fr = title_en, title_fr
            seat.ended_on = draft.ended if last else starts[number + 1] - timedelta(days=1)
            draft.seats.append(seat)


def _contract(rivage, draft: Draft) -> str:
    if draft.face or draft.head or draft.joined < rivage.day(-800):
        return Contract.PERMANENT
    if draft.joined > rivage.today:
        return Contract.PERMANENT
    return rivage.weighted(CONTRACTS)


def _moves(rivage, draft: Draft) -> list[date]:
    """The days on which they changed seats."""
    until = draft.ended or rivage.today
    days = (until - draft.joined).days
    if draft.joined > rivage.today or days < 1000 or not (draft.head or rivage.chance(0.35)):
        return []
    moves = sorted(_weekday(draft.joined + timedelta(days=rivage.rng.randint(300, days - 200))) for _each in range(rivage.pick((1, 1, 2))))
    return [day for number, day in enumerate(moves) if number == 0 or (day - moves[number - 1]).days > 300]


def _earlier(rivage, draft: Draft):
    """A team and a job they may have had before: near, or the same work elsewhere."""
    near = [team for team in rivage.teams.values() if team.pk != draft.team.pk and team.depth > 1 and team.site_id == draft.site.pk]
    same_branch = [team for team in near if team.path.split("/")[2] == draft.team.path.split("/")[2]] if draft.team.depth else near
    team = rivage.pick(same_branch if same_branch and rivage.chance(0.7) else near)
    same_trade = [job for job in rivage.jobs.values() if job.trade_id == draft.job.trade_id]
    return team, rivage.pick(same_trade)


PROPER = {"Loire", "Vilaine", "Vigie", "Saône", "Rhône", "Severn", "Welsh", "Alpine", "British", "Isère", "IT"}
OF_THE = {
    "Bureau": "du bureau", "Équipe": "de l’équipe", "Service": "du service", "Services": "des services", "Stations": "des stations", "Réseaux": "des réseaux",
    "Atelier": "de l’atelier", "Banc": "du banc", "Poste": "du poste", "Centres": "des centres", "Cartes": "des cartes", "Modèles": "des modèles",
}  # fmt: skip


def _title(draft: Draft, team: Team, job: JobDescription, head: bool) -> tuple[str, str]:
    """The title in English and French; the French one in the form that suits them."""
    feminine = draft.name.form == "f"
    if not head:
        return job.title_en, job.title_fr_f if feminine and job.title_fr_f else job.title_fr
    if team.depth == 0:
        return "Chief executive", "Directrice générale" if feminine else "Directeur général"
    english, french = _lower(team.name_en), _lower(team.name_fr)
    if team.depth == 1:
        return f"Director of {english}", f"{'Directrice' if feminine else 'Directeur'} {french}"
    first, _, rest = team.name_fr.partition(" ")
    if first in OF_THE:
        french = f"{OF_THE[first]} {rest}".strip()
    the = "the " if " desk" in english or " team" in english or " crew" in english else ""
    return f"Head of {the}{english}", f"Responsable {french}"


def _lower(name: str) -> str:
    return name if name.split()[0].rstrip(",") in PROPER else name[0].lower() + name[1:]


def _heads_and_managers(drafts: list[Draft]) -> None:
    """Each team's head, and for every seat who decides: the head, for a head the one above."""
    teams = {draft.team.pk: draft.team for draft in drafts if draft.head}
    for draft in drafts:
        if draft.head:
            draft.team.head = draft.person
    Team.objects.bulk_update(teams.values(), ["head"])
    for draft in drafts:
        for seat in draft.seats:
            decides = teams[seat.team_id].head
            if decides == draft.person:
                decides = teams[seat.team.parent_id].head if seat.team.parent_id else None
            if decides != draft.person:
                seat.manager = decides


def _duties(rivage, drafts: list[Draft]) -> None:
    for draft in drafts:
        for duty, site in draft.face.duties if draft.face else ():
            Grant.objects.create(person=draft.person, duty=duty, site=rivage.sites[site] if site else None)


def _second_seats(rivage, drafts: list[Draft]) -> None:
    seats = []
    for title_en, title_fr, slug in SECOND_SEATS:
        here = [draft for draft in drafts if not draft.ended and draft.joined < rivage.day(-500) and draft.team.slug != slug]
        for draft in rivage.some(here, 7):
            start = rivage.day(-rivage.rng.randint(60, 480))
            seat = Assignment(employee=draft.seats[-1].employee, team=rivage.teams[slug], site=draft.site, started_on=start, main=False)
            seat.title_en, seat.title_fr = title_en, title_fr
            seats.append(seat)
    Assignment.objects.bulk_create(seats)


def _stand_ins(rivage, drafts: list[Draft]) -> None:
    """Who to ask when somebody is away: a teammate."""
    here = [draft for draft in drafts if not draft.ended and draft.joined <= rivage.today]
    mates = {}
    for draft in here:
        mates.setdefault(draft.team.pk, []).append(draft.person)
    changed = []
    for draft in here:
        others = [person for person in mates[draft.team.pk] if person is not draft.person]
        if others and (draft.head or rivage.chance(0.3)):
            draft.person.absence_contact = rivage.pick(others)
            changed.append(draft.person)
    Person.objects.bulk_update(changed, ["absence_contact"], batch_size=400)
