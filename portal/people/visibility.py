"""Who reads which field of a person: the owner chooses a level for each, official fields are locked.

Page, search, facet counts, exports and vCard all ask here: `may_read` for one person in hand, `readable_q` and
`readable_skills` for rows in the database. The People team reads every level, at the sites of the person's path.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from portal import roles
from portal.people import path, standing
from portal.people.models import Assignment, Person, PersonSkill
from portal.people.models.employment import ToldTo, current
from portal.rules import ALL, NONE

ME, TEAM, COLLEAGUES, ALUMNI = "me", "team", "colleagues", "alumni"
LEVELS = {
    ME: _("Me and the People team"),
    TEAM: _("My team"),
    COLLEAGUES: _("Colleagues"),
    ALUMNI: _("Colleagues and alumni"),
}

# Fields whose level the owner chooses: (words, level as long as they chose none).
FIELDS = {
    "pronouns": (_("Pronouns"), COLLEAGUES),
    "pronunciation": (_("How to say your name"), COLLEAGUES),
    "headline": (_("Your line"), COLLEAGUES),
    "ask_me_about": (_("What you may be asked about"), COLLEAGUES),
    "skills": (_("Skills, unless one says otherwise"), COLLEAGUES),
    "can_help": (_("That you accept questions"), COLLEAGUES),
    "can_mentor": (_("That you accept to mentor"), COLLEAGUES),
    "spoken_languages": (_("Languages"), COLLEAGUES),
    "working_pattern": (_("Working pattern"), COLLEAGUES),
    "absence_contact": (_("Who to ask when you are away"), COLLEAGUES),
    "phone": (_("Work phone"), COLLEAGUES),
    "links": (_("Professional networks"), COLLEAGUES),
    "path": (_("Past seats here"), COLLEAGUES),
    "ties": (_("Who you help and who helps you"), COLLEAGUES),
    "photo": (_("Photo"), COLLEAGUES),
}
# Set by the People team, read by all colleagues; alumni read the name beside what was opened to them.
OFFICIAL = ("name", "title", "team", "site", "manager", "work_email")
OPEN_TO_ALUMNI = ("name",)
HR = (roles.HR, roles.HR_ADMIN)


@dataclass(frozen=True)
class Reader:
    """Who reads: what a level is compared with. `hr_sites` holds None for all sites."""

    person_id: int | None = None
    colleague: bool = False
    alumnus: bool = False
    teams: frozenset = frozenset()
    hr_sites: frozenset = frozenset()

    @property
    def wide(self) -> list[str]:
        """The levels this reader reads on anybody's page."""
        return [COLLEAGUES, ALUMNI] if self.colleague else [ALUMNI] if self.alumnus else []


A_COLLEAGUE = Reader(colleague=True)
AN_ALUMNUS = Reader(alumnus=True)


def reader_of(user) -> Reader:
    """The reader that `user` is today."""
    if not (user.is_authenticated and user.is_active):
        return Reader()
    mine = standing.of(user)
    return Reader(
        person_id=mine.person.pk if mine.person else None,
        colleague=mine.is_colleague,
        alumnus=roles.belongs(user, roles.ALUMNI),
        teams=mine.teams,
        hr_sites=frozenset(site for duty, site in roles.grants(user) if duty in HR),
    )


def level_of(person: Person, field: str) -> str:
    """The level of `field`: the owner's choice, else the default; official fields are for colleagues."""
    if field in OFFICIAL:
        return ALUMNI if field in OPEN_TO_ALUMNI else COLLEAGUES
    chosen = person.visibility.get(field)
    return chosen if chosen in LEVELS else FIELDS[field][1]


def level_of_skill(holding: PersonSkill, person: Person | None = None) -> str:
    """The level of one skill: its own, else that of all skills of its owner."""
    return holding.visibility or level_of(person or holding.content_object, "skills")


def may_read_level(level: str, person: Person, reader: Reader) -> bool:
    """Whether `reader` reads what `person` shows at `level`."""
    if reader.person_id == person.pk or level in reader.wide:
        return True
    if level == TEAM and reader.teams & path.of(person).teams:
        return True
    if not reader.hr_sites:
        return False
    return None in reader.hr_sites or bool(reader.hr_sites & path.of(person).sites)


def knows_end(person: Person, reader: Reader) -> bool:
    """Whether `reader` may know of a last day of `person` that is still to come: as they chose, their manager always."""
    where = path.of(person)
    if where.told or any(seat.manager_id == reader.person_id for seat in where.held if reader.person_id):
        return True
    return may_read_level(TEAM if person.employee.end_told_to == ToldTo.TEAM else ME, person, reader)


def phase_of(person: Person, reader: Reader) -> str:
    """Where `person` is on their path, as far as this reader may know."""
    return path.of(person).phase_for(knows_end(person, reader))


def may_read(field: str, person: Person, reader: Reader) -> bool:
    """Whether `reader` may read `field` of `person`."""
    return may_read_level(level_of(person, field), person, reader)


def readable(person: Person, reader: Reader) -> frozenset[str]:
    """The fields of `person` that `reader` may read, official ones included."""
    return frozenset(field for field in (*OFFICIAL, *FIELDS) if may_read(field, person, reader))


def readable_skill(holding: PersonSkill, person: Person, reader: Reader) -> bool:
    """Whether `reader` may know of this one skill."""
    return may_read_level(level_of_skill(holding, person), person, reader)


def readable_q(field: str, reader: Reader) -> Q:
    """The people whose `field` this reader may read, as a Q on Person."""
    if None in reader.hr_sites:
        return ALL

    def at(levels):
        return _chosen(f"visibility__{field}", levels, FIELDS[field][1])

    found = at(reader.wide) if reader.wide else NONE
    if reader.person_id:
        found = found | Q(pk=reader.person_id)
    if reader.teams:
        mates = Assignment.objects.filter(current(), team__in=sorted(reader.teams), employee__person=OuterRef("pk"))
        found = found | (at([TEAM]) & Q(Exists(mates)))
    if reader.hr_sites:
        found = found | Q(Exists(Assignment.objects.filter(site__in=sorted(reader.hr_sites), employee__person=OuterRef("pk"))))
    return found


def readable_skills(reader: Reader, few: bool = False) -> Q:
    """The skills of people that this reader may know of, as a Q on PersonSkill.

    Who hides their skills, who is of the team or the sites, is asked once as a list of keys: a join would ask it of every
    skill of everybody. With `few`, for a skill or two in hand, the list would be longer than the question.
    """
    if None in reader.hr_sites:
        return ALL
    found = _skills_at(reader.wide, few) if reader.wide else NONE
    if reader.person_id:
        found = found | Q(content_object=reader.person_id)
    if reader.teams:
        mates = Assignment.objects.filter(current(), team__in=sorted(reader.teams)).order_by()
        found = found | (_skills_at([TEAM], few) & _seated(mates))  # a team is a short list, even for one skill in hand
    if reader.hr_sites:
        seats = Assignment.objects.filter(site__in=sorted(reader.hr_sites)).order_by()
        found = found | _seated(seats, few)
    return found


def _seated(seats, few: bool = False) -> Q:
    """The skills of those who hold one of `seats`."""
    if few:
        return Q(Exists(seats.filter(employee__person=OuterRef("content_object"))))
    return Q(content_object__in=seats.values("employee__person"))


def _skills_at(levels: list[str], few: bool) -> Q:
    """The skills at one of `levels`, by their own choice or by that of their owner for all."""
    others = [level for level in LEVELS if level not in levels]
    if few:
        by_owner = _chosen("content_object__skills_for", levels, FIELDS["skills"][1])
    elif FIELDS["skills"][1] in levels:
        by_owner = ~Q(content_object__in=_showing_skills(others))
    else:
        by_owner = Q(content_object__in=_showing_skills(levels))
    return Q(visibility__in=levels) | (Q(visibility="") & by_owner)


def _showing_skills(levels: list[str]):
    return Person.objects.filter(skills_for__in=levels).order_by().values("pk")


def shows_something_to_alumni() -> Q:
    """The people who opened at least one field, or one skill, to alumni."""
    opened = Q(Exists(PersonSkill.objects.filter(content_object=OuterRef("pk"), visibility=ALUMNI)))
    for field in FIELDS:
        opened |= Q(**{f"visibility__{field}": ALUMNI})
    return opened


def _chosen(lookup: str, levels: list[str], default: str) -> Q:
    """Rows whose level is one of `levels`; no choice counts as the default."""
    chosen = Q(**{f"{lookup}__in": levels})
    return chosen | Q(**{f"{lookup}__isnull": True}) if default in levels else chosen
