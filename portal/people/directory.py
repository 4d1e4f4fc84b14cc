"""The directory's question and its answer: from the index when it answers, else from the database, which says so."""

from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal import clock, search
from portal.people import cards, path, tongues
from portal.people.models import Assignment, Person, PersonSkill
from portal.people.models.employment import ToldTo, current
from portal.people.visibility import Reader, readable_q, readable_skills
from portal.search import documents
from portal.search.documents import Tally

PER_PAGE = 24
MOST_OPTIONS = 8
FACETS = ("help", "site", "team", "tongue", "skill", "phase")
SORTS = ("best", "name", "newest")
HELP = {"questions": "can_help", "mentoring": "can_mentor"}


@dataclass(frozen=True)
class Asked:
    """What the reader typed, ticked and sorted by; the address of the page says it all."""

    words: str = ""
    chosen: dict = field(default_factory=dict)
    sort: str = "best"
    page: str = "1"

    @classmethod
    def from_query(cls, query) -> "Asked":
        chosen = {name: list(dict.fromkeys(query.getlist(name)))[:20] for name in FACETS if query.getlist(name)}
        sort = query.get("sort", "best")
        return cls(query.get("q", "").strip()[:200], chosen, sort if sort in SORTS else "best", query.get("page", "1"))


@dataclass(frozen=True)
class Option:
    """One value of a facet: its words, how many of the people found have it, whether it is ticked."""

    value: str
    label: str
    count: int
    checked: bool = False


@dataclass
class Found:
    """One page of people, the facets over all of them, and why each was found (key of the person → sentence)."""

    page_obj: Page
    facets: dict[str, list[Option]]
    why: dict = field(default_factory=dict)
    away: bool = False
    partial: bool = False
    suggestion: str = ""


def find(user, asked: Asked, reader: Reader) -> Found:
    """The people `user` asked for: by the index, or by the database while the index is away."""
    page = max(1, int(asked.page)) if asked.page.isdecimal() else 1
    results = search.find(
        user, asked.words, kinds=("person",), filters=asked.chosen, sort=asked.sort, page=page, size=PER_PAGE,
        fetch=lambda keys: cards.by_key(keys, Person.objects.visible_to(user)),
    )  # fmt: skip
    if results.away:
        return from_database(user, asked, reader)
    rows = [results.things[key] for key in results.keys]
    pages = Counted(rows, PER_PAGE, results.tally)
    return Found(
        Page(rows, min(page, pages.num_pages), pages),
        results.facets,
        why={hit_key: hit.why for hit_key, hit in zip(results.keys, results.hits, strict=True)},
        partial=results.partial,
        suggestion=results.suggestion,
    )


# --- the database's answer: names only, every filter, no guess ------------------------------------------
def from_database(user, asked: Asked, reader: Reader) -> Found:
    people = Person.objects.visible_to(user)
    for word in asked.words.split():
        people = people.filter(Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(usual_name__icontains=word))
    for name, values in asked.chosen.items():
        people = people.filter(_filters(name, values, reader))
    facets, total = _facets(people, asked, reader)
    _keep_ticked(user, facets, asked)
    if asked.sort == "newest":
        people = people.order_by("-employee__joined_on", "family_name", "given_name", "pk")
    pages = Counted(cards.with_cards(people), PER_PAGE, Tally(total))
    return Found(pages.get_page(asked.page), facets, away=True)


class Counted(Paginator):
    """A paginator told its count by the query that counted the facets."""

    def __init__(self, rows, per_page: int, total: Tally):
        super().__init__(rows, per_page)
        self.total = total

    @cached_property
    def count(self):
        return self.total


def _seated(**where) -> Q:
    return Q(Exists(Assignment.objects.filter(current(), employee__person=OuterRef("pk"), **where)))


def _filters(name: str, values: list[str], reader: Reader) -> Q:
    """The people who have one of `values` for the facet `name`, as far as this reader may know."""
    if name == "site":
        return _seated(site__code__in=values)
    if name == "team":
        return _seated(team__slug__in=values)
    if name == "skill":
        holdings = PersonSkill.objects.filter(readable_skills(reader), tag__slug__in=values, content_object=OuterRef("pk"))
        return Q(Exists(holdings))
    one_of = Q(pk__in=[])
    for value in values:
        if name == "help" and value in HELP:
            one_of |= Q(**{HELP[value]: True}) & readable_q(HELP[value], reader)
        elif name == "tongue":
            one_of |= Q(spoken_languages__icontains=f'"{value}"') & readable_q("spoken_languages", reader)
        elif name == "phase" and value in path.PHASES:
            one_of |= _in_phase(value)
    return one_of


def _in_phase(phase: str) -> Q:
    """The people in one phase of their path, as near as columns say it (portal/people/path.py says it exactly)."""
    day = clock.today()
    leaving, recent = Q(employee__left_on__isnull=False, employee__end_told_to=ToldTo.COLLEAGUES), Q(employee__joined_on__gt=day - path.NEW_FOR)
    here = _seated()
    return {
        path.ARRIVING: ~here & Q(employee__joined_on__gt=day),
        path.NEWCOMER: here & recent & ~leaving,
        path.COLLEAGUE: here & ~recent & ~leaving,
        path.LEAVER: here & leaving,
        path.LEFT: ~here & Q(employee__left_on__lt=day),
    }[phase]


def _facets(people, asked: Asked, reader: Reader) -> tuple[dict[str, list[Option]], int]:
    """Sites, teams and help of the people found, and their number, in one query."""
    keys = people.order_by().values("pk")
    seats = Assignment.objects.filter(current(), employee__person__in=keys).order_by()
    parts = [
        _row(people.order_by(), "all", Value(""), Value(""), Value(""), "pk"),
        _row(seats, "site", "site__code", "site__name", "site__name", "employee__person"),
        _row(seats, "team", "team__slug", "team__name_en", "team__name_fr", "employee__person"),
        *(
            _row(people.filter(Q(**{column: True}) & readable_q(column, reader)).order_by(), "help", Value(value), Value(""), Value(""), "pk")
            for value, column in HELP.items()
        ),
    ]
    rows = list(parts[0].union(*parts[1:], all=True))
    total = next((row[-1] for row in rows if row[0] == "all"), 0)
    facets = {"help": [], "site": [], "team": []}
    for kind, value, english, french, count in rows:
        if kind != "all" and count:
            label = help_words()[value] if kind == "help" else in_language(english, french)
            facets[kind].append(Option(value, label, count, value in asked.chosen.get(kind, ())))
    return {name: _shortened(options) for name, options in facets.items()}, total


def _keep_ticked(user, facets: dict[str, list[Option]], asked: Asked) -> None:
    """What is ticked though nobody has it stays there, by its name, to be unticked."""
    for name, values in asked.chosen.items():
        missing = [value for value in values if value not in {option.value for option in facets.get(name, ())}]
        labels = documents.get("person").facet_labels(user, name, missing) if missing else {}
        facets.setdefault(name, []).extend(Option(value, labels.get(value, value), 0, True) for value in missing)


def _row(rows, kind: str, value, english, french, counted: str):
    """Rows of (kind, value, two labels, how many different `counted`), ready for a union."""
    named = {"f_kind": Value(kind), "f_value": value, "f_english": english, "f_french": french}
    texts = {name: Cast(F(each) if isinstance(each, str) else each, CharField()) for name, each in named.items()}
    return rows.annotate(**texts).values(*named).annotate(n=Count(counted, distinct=True)).values_list(*named, "n")


def _shortened(options: list[Option]) -> list[Option]:
    """The fullest options, and whatever is ticked."""
    options.sort(key=lambda option: (-option.count, option.label))
    return [*options[:MOST_OPTIONS], *(option for option in options[MOST_OPTIONS:] if option.checked)]


# --- words ----------------------------------------------------------------------------------------------
def help_words() -> dict[str, str]:
    return {"questions": _("Questions by message"), "mentoring": _("Mentoring")}


def in_language(english: str, french: str) -> str:
    return french if french and (get_language() or "").startswith("fr") else english


def facet_words() -> dict[str, str]:
    return {
        "help": _("Can help with"),
        "site": _("Site"),
        "team": _("Team"),
        "tongue": _("Languages"),
        "skill": _("Skills"),
        "phase": _("Where they are in their path"),
    }


def fixed_options(asked: Asked) -> dict[str, list[Option]]:
    """Facets whose values need no count to be offered: phases, and what is ticked among languages."""
    phases = asked.chosen.get("phase", ())
    spoken = asked.chosen.get("tongue", ())
    return {
        "phase": [Option(value, str(label), "", value in phases) for value, label in path.PHASES.items()],
        "tongue": [Option(code, tongues.name_of(code), "", True) for code in spoken],
    }
