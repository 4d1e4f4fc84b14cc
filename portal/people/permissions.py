"""Who may see and change people, teams, skills, jobs and openings."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from portal import clock, roles
from portal.people import standing, ties, visibility
from portal.people.models import Assignment, Correction, Opening, PersonSkill, SkillConfirmation
from portal.people.models.employment import current, started
from portal.rules import ALL, NONE, among, one_by_one, rule

HR = (roles.HR, roles.HR_ADMIN)
LEAVERS_STAY = timedelta(days=90)


def within_hr_sites(user, person: str = "pk") -> Q:
    """The people who hold or will hold a seat at a site where `user` is on the People team."""
    where = roles.scope(user, HR)
    if where is ALL or where is NONE:
        return where
    seats = Assignment.objects.filter(where, employee__person=OuterRef(person))
    return Q(Exists(seats)) if person == "pk" else one_by_one(seats)


def here_lately() -> Q:
    """Seats held today, or left less than 90 days ago: leavers stay findable that long."""
    since = clock.today() - LEAVERS_STAY
    return started() & (Q(ended_on=None) | Q(ended_on__gte=since))


@rule("people.view_person", audience=roles.SIGNED_IN)
def view_person(user):
    """Colleagues see who works here or left in the last 90 days; the People team everybody of its sites; alumni the
    colleagues who opened something to alumni; each their own page."""
    person = standing.of(user).person
    mine = Q(pk=person.pk) if person else NONE
    if roles.belongs(user, roles.COLLEAGUES):
        where = roles.scope(user, HR)
        if where is ALL:
            return ALL
        # One Exists and no OR beside it: the page walks the index of names. Colleagues are among themselves, so `mine` is in it.
        return Q(Exists(Assignment.objects.filter(where | here_lately(), employee__person=OuterRef("pk"))))
    if roles.belongs(user, roles.ALUMNI):
        working = Q(Exists(Assignment.objects.filter(current(), employee__person=OuterRef("pk"))))
        return mine | (working & visibility.shows_something_to_alumni())
    return mine


@rule("people.view_personskill", audience=roles.SIGNED_IN)
def view_personskill(user):
    """A skill somebody has, at the level its owner chose."""
    return visibility.readable_skills(visibility.reader_of(user))


@rule("people.edit_person", audience=roles.SIGNED_IN)
def edit_person(user):
    """Each their own page."""
    person = standing.of(user).person
    return Q(pk=person.pk) if person else NONE


@rule("people.correct_person")
def correct_person(user):
    """The People team corrects official fields at its sites."""
    return within_hr_sites(user)


@rule("people.view_employee")
def view_employee(user):
    """Numbers and contracts: the People team, and each their own."""
    where = roles.scope(user, HR)
    if where is ALL:
        return ALL
    if where is NONE:
        return Q(person=standing.of(user).person)
    # One Exists and no OR beside it: whoever has a duty holds a seat, so their own is found by it too.
    return Q(Exists(Assignment.objects.filter(where | Q(employee=standing.of(user).employee), employee=OuterRef("pk"))))


@rule("people.view_assignment")
def view_assignment(user):
    return current() | roles.scope(user, HR) | Q(employee=standing.of(user).employee)


@rule("people.view_team")
def view_team(user):
    return ALL


@rule("people.lead_team")
def lead_team(user):
    """The head of a team leads its whole branch."""
    person = standing.of(user).person
    paths = person.heads.values_list("path", flat=True) if person else []
    branches = NONE
    for path in paths:
        branches = branches | Q(path__startswith=path)
    return branches


@rule("people.change_team")
def change_team(user):
    """The tree of teams is kept by those of the People team who answer for all sites."""
    return import_person(user)


@rule("people.change_site")
def change_site(user):
    """So are the sites."""
    return import_person(user)


@rule("people.view_site")
def view_site(user):
    return ALL


@rule("people.view_skill")
def view_skill(user):
    return Q(merged_into=None)


@rule("people.change_skill")
def change_skill(user):
    """The directory of skills is kept by the People team."""
    return ALL if roles.has(user, *HR) else NONE


@rule("people.view_grant")
def view_grant(user):
    return ALL if roles.has(user, roles.HR_ADMIN) else Q(person=standing.of(user).person)


@rule("people.import_person")
def import_person(user):
    """Bringing people in is for those who answer for all sites."""
    return ALL if roles.scope(user, HR) is ALL else NONE


@rule("people.view_peopleimport")
def view_peopleimport(user):
    """Files of people are seen by those who may bring people in."""
    return import_person(user)


@rule("people.view_jobdescription")
def view_jobdescription(user):
    return ALL


@rule("people.change_jobdescription")
def change_jobdescription(user):
    """Job descriptions are kept by the People team."""
    return ALL if roles.has(user, *HR) else NONE


@rule("people.view_jobversion")
def view_jobversion(user):
    """With the job."""
    return ALL


@rule("people.open_team")
def open_team(user):
    """A seat is opened by whoever heads the branch, and by the People team and the recruiters of the team's site."""
    return lead_team(user) | roles.scope(user, (*HR, roles.RECRUITER))


@rule("people.view_opening")
def view_opening(user):
    """Open ones: all colleagues; drafts and closed ones: who hires, recruits, or is on the People team of the site."""
    return Q(status=Opening.Status.OPEN) | Q(hiring_manager=standing.of(user).person) | roles.scope(user, (*HR, roles.RECRUITER))


@rule("people.change_opening")
def change_opening(user):
    return Q(hiring_manager=standing.of(user).person) | roles.scope(user, (*HR, roles.RECRUITER))


@rule("people.view_correction", audience=roles.SIGNED_IN)
def view_correction(user):
    """A report is read by whoever wrote it and whoever answers it."""
    person = standing.of(user).person
    return (Q(by=person.pk) if person else NONE) | answer_correction(user)


@rule("people.answer_correction", audience=roles.SIGNED_IN)
def answer_correction(user):
    """The owner answers for their own lines; the People team for official lines and for who has left, at its sites."""
    person = standing.of(user).person
    official = Q(field__in=visibility.OFFICIAL) | Q(kind=Correction.Kind.LEFT)
    mine = Q(person=person.pk) & ~official if person else NONE
    team = within_hr_sites(user, "person")
    return mine | (official if team is ALL else NONE if team is NONE else official & team)


@rule("people.confirm_personskill")
def confirm_personskill(user):
    """A colleague confirms a skill they may read, of somebody else."""
    reader = visibility.reader_of(user)
    return visibility.readable_skills(reader) & ~Q(content_object=reader.person_id)


@rule("people.view_skillconfirmation", audience=roles.SIGNED_IN)
def view_skillconfirmation(user):
    """With the skill it confirms."""
    return one_by_one(PersonSkill.objects.filter(visibility.readable_skills(visibility.reader_of(user), few=True), pk=OuterRef("holding")))


@rule("people.remove_skillconfirmation", audience=roles.SIGNED_IN)
def remove_skillconfirmation(user):
    """Whoever wrote it, or whose skill it is."""
    person = standing.of(user).person
    return among(SkillConfirmation.objects, Q(by=person.pk), Q(holding__content_object=person.pk)) if person else NONE


@rule("people.view_tie", audience=roles.SIGNED_IN)
def view_tie(user):
    """One's own, and what both ends show to such a reader."""
    return ties.readable(visibility.reader_of(user))


@rule("people.change_tie", audience=roles.SIGNED_IN)
def change_tie(user):
    """Each their own end; whoever was hidden from has nothing left to say."""
    person = standing.of(user).person
    return ties.readable(visibility.reader_of(user)) & (Q(giver=person.pk) | Q(receiver=person.pk)) if person else NONE


@rule("people.ask_tie")
def ask_tie(user):
    """A colleague says that they work with another."""
    return Q(Exists(Assignment.objects.filter(current(), employee__person=OuterRef("pk")))) & ~Q(pk=standing.of(user).person.pk)


@rule("people.view_shareconfirmation")
def view_shareconfirmation(user):
    return ALL


@rule("people.confirm_jobdescription")
def confirm_jobdescription(user):
    """Those who hold the job today say how its time is spent."""
    jobs = sorted({seat.job_id for seat in standing.of(user).seats if seat.job_id})
    return Q(pk__in=jobs) if jobs else NONE
