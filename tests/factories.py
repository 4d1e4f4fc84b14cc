"""Makes rows for tests, floor by floor."""

from datetime import timedelta

import factory
from allauth.account.models import EmailAddress

from portal import clock
from portal.accounts.models import User
from portal.people.models import Assignment, Employee, Grant, JobDescription, Opening, Person, PersonSkill, Site, Skill, Team


class SiteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Site
        django_get_or_create = ("code",)

    code = "nantes"
    name = factory.LazyAttribute(lambda site: site.code.title())
    city = factory.LazyAttribute(lambda site: site.code.title())
    country = "FR"
    timezone = "Europe/Paris"


class TeamFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Team
        django_get_or_create = ("slug",)
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"team-{n}")
    name_en = factory.LazyAttribute(lambda team: team.slug.replace("-", " ").capitalize())
    name_fr = factory.LazyAttribute(lambda team: f"Équipe {team.slug}")
    site = factory.SubFactory(SiteFactory)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"user{n}@rivage.example")
    password = "!"

    @factory.post_generation
    def address(user, create, extracted, **kwargs):
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    given_name = factory.Sequence(lambda n: f"Given{n}")
    family_name = factory.Sequence(lambda n: f"Family{n}")


class EmployeeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Employee

    person = factory.SubFactory(PersonFactory)
    number = factory.Sequence(lambda n: f"E{n:05}")
    joined_on = factory.LazyFunction(lambda: clock.today() - timedelta(days=900))


class AssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assignment

    employee = factory.SubFactory(EmployeeFactory)
    team = factory.SubFactory(TeamFactory)
    site = factory.SubFactory(SiteFactory)
    title_en = "Engineer"
    title_fr = "Ingénierie"
    started_on = factory.LazyAttribute(lambda seat: seat.employee.joined_on)


class SkillFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Skill

    name = factory.Sequence(lambda n: f"Skill {n}")
    label_fr = factory.Sequence(lambda n: f"Compétence {n}")


class PersonSkillFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PersonSkill

    tag = factory.SubFactory(SkillFactory)
    content_object = factory.SubFactory(PersonFactory)
    level = 3


class JobDescriptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = JobDescription

    slug = factory.Sequence(lambda n: f"job-{n}")
    title_en = "Flood data engineer"
    title_fr = "Ingénieur données de crue"
    title_fr_f = "Ingénieure données de crue"
    mission_en = "Keep river data flowing."
    mission_fr = "Faire circuler les données des rivières."
    demanding_en = "Nights on call."
    demanding_fr = "Des astreintes de nuit."
    pay_min = 40000
    pay_max = 50000


class OpeningFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Opening

    slug = factory.Sequence(lambda n: f"opening-{n}")
    reference = factory.Sequence(lambda n: f"R-{n:04}")
    job = factory.SubFactory(JobDescriptionFactory)
    team = factory.SubFactory(TeamFactory)
    site = factory.SubFactory(SiteFactory)
    hiring_manager = factory.SubFactory(PersonFactory)
    status = Opening.Status.OPEN
    opened_at = factory.LazyFunction(clock.now)
    closes_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=30))


def colleague(given, family, *, team, site, title="Engineer", email=None, manager=None, started=None, ended=None, **person):
    """A person with a user, an employee and one seat."""
    user = UserFactory(email=email or f"{given.lower()}@rivage.example")
    someone = PersonFactory(given_name=given, family_name=family, user=user, work_email=user.email, **person)
    employee = EmployeeFactory(person=someone, joined_on=started or clock.today() - timedelta(days=900), left_on=ended)
    AssignmentFactory(employee=employee, team=team, site=site, title_en=title, manager=manager, ended_on=ended)
    return someone


def duty(person, name, site=None):
    return Grant.objects.create(person=person, duty=name, site=site)
