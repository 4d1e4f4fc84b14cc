"""How a model is found: documents declared by the owners of the models, and the audiences that may read them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.utils.formats import number_format
from django.utils.translation import gettext as _

# Weights: how much a word counts, and which tolerance it gets.
NAME = "name"  # what a person is called: exact, by prefix, as it sounds, with one typo
TITLE = "title"  # what a thing is called: as a name, and in its word forms
STRONG = "strong"  # a title, a skill, a team: exact, word forms, prefix, one typo
TEXT = "text"  # sentences: word forms
CODE = "code"  # a number or a reference: whole

EVERYONE, ALUMNI, COLLEAGUES = "everyone", "alumni", "colleagues"


class Tally(int):
    """A number in the reader's words: “1,340”, or “more than 1,000” where counting stopped."""

    def __new__(cls, number: int, more: bool = False):
        tally = super().__new__(cls, number)
        tally.more = more
        return tally

    @property
    def counted(self) -> str:
        return number_format(int(self), force_grouping=True)

    def __str__(self):
        return _("more than %(number)s") % {"number": self.counted} if self.more else self.counted


@dataclass(slots=True)
class Rung:
    """Who owns one row of a thing: any of `audiences`. Rungs go from the widest to the narrowest."""

    audiences: tuple[str, ...]


@dataclass(slots=True)
class Facet:
    """One value a thing is counted under; labels are shown as they are (empty: the document words them)."""

    name: str
    value: str
    en: str = ""
    fr: str = ""


@dataclass(slots=True)
class Part:
    """One piece of a thing: its words, their weight, and the widest rung that may read it."""

    name: str
    text: str = ""
    weight: str = TEXT
    rung: int = 0
    language: str = ""
    concept: str = ""  # "skill:12": the thing is found by whatever names skill 12
    grade: int = 0  # 0–9, orders the things found by this concept
    given: bool = False  # a given name: initials and usual names
    phone: bool = False
    facets: tuple[Facet, ...] = ()
    detail: dict = field(default_factory=dict)  # for SearchDocument.explain


@dataclass(slots=True)
class Draft:
    """What one thing gives to the index. `title` and `subtitle` are texts, or pairs (English, French)."""

    title: str | tuple[str, str]
    url: str
    parts: list[Part]
    rungs: list[Rung]
    subtitle: str | tuple[str, str] = ""
    subtitle_rung: int = 0  # the widest rung that reads it: what a page hides, no result may say
    at: date | datetime | None = None
    wholes: tuple[str, ...] = ()  # its whole names: whoever types one of them finds it first
    concept: str = ""  # "skill:12" when this thing itself is the concept
    extra: dict = field(default_factory=dict)  # what SearchDocument.intent reads


class SearchDocument:
    """How things of one model are found. A subclass fills the attributes and says `queryset` and `draft`."""

    kind: str
    label = ""
    plural = ""
    icon = "search"
    model: type
    fields: dict = {}  # part name → words for “found by: …”
    facets: dict = {}  # facet name → words
    name_columns: tuple[str, ...] = ()
    freshened_by: dict = {}  # model → function of an instance giving keys, or (function, columns that matter)
    hidden = False  # never a result: only the machine reads it

    def queryset(self) -> QuerySet:
        """The things to index, with whatever `draft` reads."""
        return self.model._default_manager.all()

    def draft(self, thing) -> Draft | None:
        """What `thing` gives to the index now; None when nobody finds it."""
        raise NotImplementedError

    def explain(self, part: str, text: str, detail: dict) -> str:
        """The reason in words: “skill Power BI, level 3”."""
        words = self.fields.get(part, "")
        return f"{words} {text}".strip()

    def intent(self, extra: dict, counts: Callable[[str, str], Tally]) -> str:
        """One sentence above the results when the words name this very thing; `counts(facet, value)` counts them."""
        return ""

    def facet_labels(self, user, name: str, values: list[str]) -> dict[str, str]:
        """The words of facet values that no row brought along: fixed ones, and what is ticked though nothing has it, as far as `user` may know it."""
        return {}

    def turning(self, since: date, until: date) -> Iterable:
        """The keys of things that change because a day between the two came, without anybody touching them."""
        return ()

    def by_name(self, user, words: list[str]):
        """The database's own search, when the index is away: every word in some name column."""
        things = self.model._default_manager.visible_to(user)
        for word in words:
            one = Q()
            for column in self.name_columns:
                one |= Q(**{f"{column}__icontains": word})
            things = things.filter(one)
        return things

    def plain_title(self, thing) -> str:
        return str(thing)


_documents: dict[str, SearchDocument] = {}
_audiences: list[Callable] = []


def register(document: type[SearchDocument]):
    """Declare a document: its model's changes, and those of `freshened_by`, write the outbox from now on."""
    one = document()
    if one.kind in _documents:
        raise ValueError(f"The kind {one.kind} is declared twice.")
    _documents[one.kind] = one
    _listen(one.kind, one.model, lambda thing: [thing.pk])
    for model, keys in one.freshened_by.items():
        keys, columns = keys if isinstance(keys, tuple) else (keys, None)
        _listen(one.kind, model, keys, columns)
    return document


def get(kind: str) -> SearchDocument:
    return _documents[kind]


def every() -> list[SearchDocument]:
    """All documents, hidden ones included."""
    return list(_documents.values())


def kinds() -> list[str]:
    """The kinds one may look for."""
    return [one.kind for one in _documents.values() if not one.hidden]


def _listen(kind: str, model: type, keys_of: Callable, columns: set[str] | None = None) -> None:
    from django.db import connection

    from portal.search import outbox

    def changed(sender, instance, **kwargs):
        written = kwargs.get("update_fields")
        matters = columns is None or written is None or columns & set(written)
        if matters and not kwargs.get("raw"):
            outbox.touch(kind, keys_of(instance))

    def about_to(sender, instance, **kwargs):
        # Outside a transaction the change commits before its outbox row: this first row survives a death between the two.
        if instance.pk and not connection.in_atomic_block:
            changed(sender, instance, **kwargs)

    name = f"search.{kind}.{model._meta.label}"
    pre_save.connect(about_to, sender=model, weak=False, dispatch_uid=f"{name}.before")
    post_save.connect(changed, sender=model, weak=False, dispatch_uid=f"{name}.saved")
    # Before the delete, while its relations can still be asked.
    pre_delete.connect(changed, sender=model, weak=False, dispatch_uid=f"{name}.going")
    post_delete.connect(_quiet(changed), sender=model, weak=False, dispatch_uid=f"{name}.gone")
    for relation in model._meta.many_to_many:
        through = relation.remote_field.through
        if through._meta.auto_created:
            m2m_changed.connect(_of_instance(changed, model), sender=through, weak=False, dispatch_uid=f"{name}.{relation.name}")


def _quiet(changed):
    """After a delete a relation may be gone too: then the row written before is enough."""
    from django.core.exceptions import ObjectDoesNotExist

    def gone(sender, instance, **kwargs):
        try:
            changed(sender, instance, **kwargs)
        except ObjectDoesNotExist:
            return

    return gone


def _of_instance(changed, model):
    def related(sender, instance, action, **kwargs):
        if action.startswith("post_") and isinstance(instance, model):
            changed(sender, instance)

    return related


def audiences_from(function):
    """Register a function of a user that returns audiences they belong to, such as {"colleagues", "team:12"}."""
    _audiences.append(function)
    return function


def audiences_of(user) -> frozenset[str]:
    """All audiences `user` belongs to at this moment."""
    return frozenset({EVERYONE}.union(*(ask(user) for ask in _audiences)))


# --- repairs: what the People team may do with words that found nothing ---------------------------------
@dataclass(frozen=True)
class Remedy:
    """One-click repair for words that found nothing: `do(user, words, choice)` says what was done, in words."""

    name: str
    label: str
    do: Callable
    kind: str = ""  # when the repair needs one of these things chosen


_remedies: dict[str, Remedy] = {}


def remedy(name: str, label, kind: str = ""):
    def register_remedy(function):
        _remedies[name] = Remedy(name, label, function, kind)
        return function

    return register_remedy


def remedies() -> list[Remedy]:
    return list(_remedies.values())
