"""How long the directory keeps whom, what each gets of their own data, and what is left of somebody who goes."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from portal import clock, identity, post, privacy
from portal.people import standing, ties
from portal.people.models import Assignment, Correction, Employee, Grant, PeopleImport, Person, PersonSkill, SkillConfirmation, Tie

DIRECTORY = timedelta(days=90)
REGISTER = timedelta(days=5 * 365 + 2)
REPORTS = timedelta(days=365)
FILES = timedelta(days=90)
# What the directory shows and no law asks us to keep, with what it is emptied to.
EMPTIED = {
    "usual_name": "", "pronunciation": "", "pronouns": "", "photo": "", "headline": "", "ask_me_about": "", "phone": "", "work_email": "",
    "working_pattern": "", "absence_contact": None, "links": [], "spoken_languages": [], "can_help": False, "can_mentor": False, "visibility": {},
}  # fmt: skip


_stays: list = []


def stays_while(function):
    """Register a function that returns the Q of the people whose page outlives their leaving (the alumni stage: by consent)."""
    _stays.append(function)
    return function


def gone_since(day) -> Q:
    """People who worked here, whose last seat ended before `day`."""
    seats = Assignment.objects.filter(employee__person=OuterRef("pk"))
    return Q(Exists(seats)) & ~Q(Exists(seats.filter(Q(ended_on=None) | Q(ended_on__gte=day))))


def empty_directory(people) -> None:
    """Clear what colleagues read about these people; names and seats stay for the register."""
    for person in people:
        if person.photo:
            person.photo.delete(save=False)
        for name, nothing in EMPTIED.items():
            setattr(person, name, nothing)
        person.save(update_fields=list(EMPTIED))
    PersonSkill.objects.filter(content_object__in=people).delete()
    Grant.objects.filter(person__in=people).delete()
    Tie.objects.filter(Q(giver__in=people) | Q(receiver__in=people)).delete()


@privacy.keep(
    "leavers in the directory",
    Person,
    data=_("What the directory shows of leavers"),
    event=_("the last day worked"),
    period=_("90 days, or as long as they agree to stay in touch"),
    action=privacy.ANONYMISE,
    basis=_("legitimate interest"),
    purpose=_("let colleagues find who did what until work is handed over"),
    recipients=_("the People team"),
    act=empty_directory,
)
def leavers_due(moment):
    holds_something = Q(Exists(PersonSkill.objects.filter(content_object=OuterRef("pk"))))
    for name, nothing in EMPTIED.items():
        holds_something |= ~Q(**{name: nothing})
    due = gone_since(clock.day(moment) - DIRECTORY) & holds_something
    for stays in _stays:
        due &= ~stays()
    return Person.objects.filter(due)


def erase_each(people) -> int:
    """Erase whom nobody claims any more; how many."""
    free = [person for person in people if not privacy.claims_on(person)]
    for person in free:
        privacy.erase(person)
    return len(free)


@privacy.keep(
    "staff register",
    Person,
    data=_("Names, seats and dates of former employees"),
    event=_("the last day worked"),
    period=_("five years"),
    action=privacy.ERASE,
    basis=_("legal obligation (staff register, labour code R1221-26)"),
    purpose=_("keep the staff register"),
    recipients=_("the People team, labour inspection on request"),
    act=erase_each,
)
def register_due(moment):
    return Person.objects.filter(gone_since(clock.day(moment) - REGISTER))


@privacy.keep(
    "reports on profiles",
    Correction,
    data=_("Reports that a profile is wrong"),
    event=_("the report was written"),
    period=_("one year"),
    action=privacy.ERASE,
    basis=_("legitimate interest"),
    purpose=_("keep the directory right"),
    recipients=_("the owner of the profile, the People team"),
)
def reports_due(moment):
    return Correction.objects.filter(at__lt=moment - REPORTS)


@privacy.keep(
    "ties",
    Tie,
    data=_("Ties between colleagues: who helps whom"),
    event=_("it was last said or done"),
    period=_("two years"),
    action=privacy.ERASE,
    basis=_("legitimate interest"),
    purpose=_("let colleagues find who helps whom"),
    recipients=_("whom both people chose"),
)
def ties_due(moment):
    return Tie.objects.filter(on__lt=clock.day(moment) - ties.LASTS)


def erase_files(imports) -> None:
    """The file goes with its rows: it names people."""
    for one in imports:
        one.file.delete(save=False)
        one.delete()


@privacy.keep(
    "files of people brought in",
    PeopleImport,
    data=_("Files of people brought in"),
    event=_("the file was given"),
    period=_("90 days"),
    action=privacy.ERASE,
    basis=_("legitimate interest"),
    purpose=_("see what a file changed, and mend it"),
    recipients=_("the People team"),
    act=erase_files,
)
def files_due(moment):
    writing = (PeopleImport.Status.CHECKING, PeopleImport.Status.WRITING)
    return PeopleImport.objects.filter(at__lt=moment - FILES).exclude(status__in=writing)


@privacy.claim
def works_or_worked(person):
    """A colleague is kept while they work here, then for the register."""
    seats = Assignment.objects.filter(employee__person=person)
    if not seats.exists():
        return None
    if seats.filter(Q(ended_on=None) | Q(ended_on__gte=clock.today())).exists():
        return (_("contract of employment"), None)
    until = max(seats.values_list("ended_on", flat=True)) + REGISTER
    return (_("staff register"), until) if clock.today() <= until else None


@privacy.eraser
def forget(person) -> None:
    """Names, files and free text go; the row stays, so that counts stay true."""
    post.cancel(to__in=[address for address in [person.work_email, person.user and person.user.email] if address])
    empty_directory([person])
    Employee.objects.filter(person=person).delete()
    if person.user:
        identity.empty(person.user)
    Person.objects.filter(pk=person.pk).update(given_name="", family_name="—", slug=f"erased-{person.pk}")


def _person(user):
    return standing.of(user).person


@privacy.exporter("person", _("My profile"), files=lambda user: [("photo", person.photo)] if (person := _person(user)) and person.photo else [])
def person(user):
    names = ("given_name", "family_name", "usual_name", "pronunciation", "pronouns", "headline", "ask_me_about", "spoken_languages", "phone")
    names += ("work_email", "working_pattern", "links", "can_help", "can_mentor", "visibility", "confirmed_at", "photo")
    return [privacy.facts(found, *names)] if (found := _person(user)) else []


@privacy.exporter("employment", _("My employment"))
def employment(user):
    return [privacy.facts(row, "number", "contract", "joined_on", "trial_ends_on", "left_on") for row in Employee.objects.filter(person=_person(user))]


@privacy.exporter("seats", _("My seats"))
def seats(user):
    held = Assignment.objects.filter(employee__person=_person(user)).select_related("team", "site", "manager", "job")
    return [privacy.facts(row, "title_en", "title_fr", "team", "site", "manager", "started_on", "ended_on", "main") for row in held]


@privacy.exporter("skills", _("My skills"))
def skills(user):
    return [
        [privacy.fact("skill", _("Skill"), str(row.tag.label)), *privacy.facts(row, "level", "interest", "accepts_help", "confirmed_on")]
        for row in PersonSkill.objects.filter(content_object=_person(user)).select_related("tag")
    ]


@privacy.exporter("duties", _("My duties"))
def duties(user):
    return [privacy.facts(row, "duty", "site") for row in Grant.objects.filter(person=_person(user)).select_related("site")]


@privacy.exporter("reports", _("What I reported on profiles"))
def reports(user):
    rows = Correction.objects.filter(by=person).select_related("person") if (person := _person(user)) else ()
    return [privacy.facts(row, "at", "person", "kind", "field", "proposed", "note", "status") for row in rows]


@privacy.exporter("confirmations", _("Skills I confirmed"))
def confirmations(user):
    rows = SkillConfirmation.objects.filter(by=person).select_related("holding__tag", "holding__content_object") if (person := _person(user)) else ()
    return [[privacy.fact("skill", _("Skill"), str(row.holding.tag.label)), *privacy.facts(row, "seen", "on")] for row in rows]


@privacy.exporter("ties", _("My ties"))
def tied(user):
    rows = Tie.objects.filter(Q(giver=person) | Q(receiver=person)).select_related("giver", "receiver") if (person := _person(user)) else ()
    return [privacy.facts(row, "kind", "giver", "receiver", "on", "giver_shows", "receiver_shows") for row in rows]
