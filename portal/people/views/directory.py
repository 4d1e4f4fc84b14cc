"""The directory: search, facets, cards; its state is its address."""

from django.http import Http404, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from portal import roles, search
from portal.people import cards, directory
from portal.people.models import Person
from portal.people.visibility import reader_of

MOST_PROPOSED = 8


@require_GET
def person_list(request):
    """Everybody the reader may see, narrowed by words and facets."""
    asked = directory.Asked.from_query(request.GET)
    reader = reader_of(request.user)
    found = directory.find(request.user, asked, reader)
    page = found.page_obj
    people = [{**cards.card_of(person, reader, asked.words, asked.chosen.get("skill", ())), "why": found.why.get(person.pk)} for person in page.object_list]
    count = page.paginator.count
    context = {
        "asked": asked,
        "found": found,
        "people": people,
        "page_obj": page,
        "count": count,
        "groups": _groups(asked, found),
        "show": ngettext("Show %(n)s person", "Show %(n)s people", count) % {"n": count},
        "chips": _chips(request.GET, asked, found),
        "kept": [(name, value) for name, value in (("q", asked.words), ("sort", asked.sort if asked.sort != "best" else "")) if value],
        "narrowed": [(name, value) for name, values in asked.chosen.items() for value in values],
        "sorts": [("best", _("Best match") if asked.words else _("Name")), *([("name", _("Name"))] if asked.words else []), ("newest", _("Newest here"))],
        "colleague": roles.belongs(request.user, roles.COLLEAGUES),
    }
    return render(request, "people/person_list.html", context)


@require_GET
def person_suggest(request):
    """Type-ahead of a field that takes a person (portal/people/picking.py): their work addresses, as options of a list."""
    if not roles.belongs(request.user, roles.COLLEAGUES):
        raise Http404
    words = request.GET.get(request.GET.get("of", ""), "").strip()
    hits = search.suggest(request.user, words, kinds=("person",), limit=MOST_PROPOSED) if len(words) > 1 else []
    found = Person.objects.visible_to(request.user).filter(pk__in=[hit.key for hit in hits]).exclude(work_email="")
    addresses = dict(found.values_list("pk", "work_email"))
    people = [(addresses[int(hit.key)], " · ".join(filter(None, (hit.title, hit.subtitle)))) for hit in hits if int(hit.key) in addresses]
    return render(request, "people/_person_options.html", {"people": people})


def _groups(asked, found) -> list[dict]:
    """The facets in their order, as components/facets.html wants them."""
    offered = {**directory.fixed_options(asked), **found.facets}
    words = directory.facet_words()
    return [
        {"name": name, "label": words[name], "open": name in ("help", "site", "team") or name in asked.chosen, "options": offered[name]}
        for name in directory.FACETS
        if offered.get(name)
    ]


def _chips(query: QueryDict, asked, found) -> list[tuple[str, str]]:
    """Each filter in use, with the address without it."""
    labels = {(name, option.value): option.label for name, options in {**directory.fixed_options(asked), **found.facets}.items() for option in options}
    chips = []
    for name, values in asked.chosen.items():
        for value in values:
            rest = query.copy()
            rest.setlist(name, [kept for kept in rest.getlist(name) if kept != value])
            rest.pop("page", None)
            chips.append((labels.get((name, value), value), f"?{rest.urlencode()}"))
    return chips
