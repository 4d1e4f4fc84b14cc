"""The cast one may step in as: who they are, in a line, for the sign-in page of the demo."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.people.models import Person

# key: (what they are, what there is to see as them). Their rows are made by the demo company; a key is the slug's first word.
ROLES = {
    "maya": (gettext_noop("Manages a team and hires"), gettext_noop("Her board, her panels, her team")),
    "hugo": (gettext_noop("People team"), gettext_noop("Sees every arrival and departure")),
    "nia": (gettext_noop("Newcomer, arrives on Monday"), gettext_noop("Her plan, her codes, her people")),
    "ben": (gettext_noop("Her buddy"), gettext_noop("Answers questions, votes in panels")),
    "cleo": (gettext_noop("A colleague"), gettext_noop("Sees what everyone sees")),
    "ilan": (gettext_noop("IT desk"), gettext_noop("Workstations and access to prepare")),
    "omar": (gettext_noop("Alumnus and mentor"), gettext_noop("Requests, sessions, and what he agreed to")),
    "zoe": (gettext_noop("Candidate"), gettext_noop("No account: opens her private link")),
}
SLUGS = {
    "maya": "maya-lefevre",
    "hugo": "hugo-marchand",
    "nia": "nia-diallo",
    "ben": "ben-okafor",
    "cleo": "cleo-hart",
    "ilan": "ilan-peretz",
    "omar": "omar-benali",
    "zoe": "zoe-garnier",
}


@dataclass(frozen=True)
class Member:
    """One of the cast, as the sign-in page shows them."""

    key: str
    person: Person

    @property
    def first_name(self) -> str:
        return self.person.first_name

    @property
    def initials(self) -> str:
        return self.person.initials

    @property
    def hue(self) -> str:
        return self.person.hue

    @property
    def hint(self) -> str:
        return _(ROLES[self.key][0])

    @property
    def detail(self) -> str:
        return _(ROLES[self.key][1])


def gather() -> list[Member]:
    """The cast, as far as the demo company has it."""
    people = {person.slug: person for person in Person.objects.filter(slug__in=SLUGS.values())}
    return [Member(key, people[slug]) for key, slug in SLUGS.items() if slug in people]


def find(key: str) -> Person | None:
    return Person.objects.select_related("user").filter(slug=SLUGS.get(key, "")).first()


def context(request):
    """The context processor of the demo: asked only by the page that shows the cast."""
    return {"demo_cast": gather}
