"""The box: results with facets, and what is proposed while one types."""

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal import navigation
from portal.search import documents, finder, misses, names

SIZE = 20
LONGEST = 200
MOST_PROPOSED = 8


@require_GET
def results(request):
    """What the reader may read that answers their words; the address of the page says it all."""
    asked = Asked(request)
    found = finder.find(request.user, asked.text, filters=asked.chosen, sort=asked.sort, page=asked.page, size=SIZE)
    # A count without a person, as a server's own log would keep: it changes nothing anybody sees here, so a GET may write it.
    if asked.text and not request.htmx and not found.away and (not found.total or found.partial) and not asked.chosen:
        misses.count(asked.text)
    return render(request, "search/results.html", {"asked": asked, "found": found, "page_obj": _page(found), **asked.shown(found)})


@require_GET
def suggest(request):
    """The options of the palette: pages first, then what is found, then all results."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    hits = []
    if text:
        hits = [*_pages(request, text), *finder.suggest(request.user, text, limit=MOST_PROPOSED)]
        everything = {"label": _("All results for “%(words)s”") % {"words": text}, "kind": "", "icon": "search"}
        hits = [_option(hit) for hit in hits] + [{**everything, "url": f"{reverse('search')}?{_address(q=text)}"}]
    return render(request, "components/palette_options.html", {"hits": hits, "q": text})


def _option(hit) -> dict:
    if isinstance(hit, dict):
        return hit
    kind = f"{hit.kind_label} · {hit.subtitle}" if hit.subtitle else hit.kind_label
    return {"label": hit.title, "kind": kind, "icon": hit.icon, "url": hit.url}


def _pages(request, text: str) -> list[dict]:
    """Pages of the masthead whose name starts with what was typed."""
    start = names.fold(text)
    shown = navigation.for_request(request)
    return [
        {"label": entry.label, "kind": _("Page"), "icon": entry.entry.icon, "url": entry.url} for entry in shown if names.fold(entry.label).startswith(start)
    ][:3]


class Asked:
    """What the address asks for."""

    def __init__(self, request):
        self.path = request.path
        get = request.GET
        self.text = get.get("q", "").strip()[:LONGEST].replace("\x00", "")
        self.chosen = {name: list(dict.fromkeys(get.getlist(name)))[:20] for name in facet_words() if get.getlist(name)}
        self.sort = get.get("sort") if get.get("sort") in finder.SORTS else "best"
        self.page = int(get["page"]) if get.get("page", "").isascii() and get.get("page", "").isdigit() else 1

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.chosen

    def address(self, **changes) -> str:
        """The address of this question with some facet values taken away or words changed."""
        chosen = changes.pop("chosen", self.chosen)
        text = changes.pop("text", self.text)
        sort = self.sort if self.sort != "best" else ""
        return f"{self.path}?{_address(q=text, sort=sort, **chosen)}"

    def shown(self, found) -> dict:
        """What the template draws: groups of facets, filters in use, sorts."""
        groups = []
        for name, label in facet_words().items():
            options = [{"value": facet.value, "label": facet.label, "count": facet.count, "checked": facet.checked} for facet in found.facets.get(name, ())]
            if (found.total > 1 and len(options) > 1) or any(option["checked"] for option in options):
                groups.append({"name": name, "label": label, "open": name in ("kind", "site", "help") or name in self.chosen, "options": options})
        chips = []
        for name in self.chosen:
            for facet in found.facets.get(name, ()):
                if facet.checked:
                    left = {**self.chosen, name: [value for value in self.chosen[name] if value != facet.value]}
                    chips.append((facet.label, self.address(chosen=left)))
        return {
            "groups": groups,
            "chips": chips,
            "kept": [(name, value) for name, value in (("q", self.text), ("sort", self.sort if self.sort != "best" else "")) if value],
            "narrowed": [(name, value) for name, values in self.chosen.items() for value in values],
            "sorts": [("best", _("Best match")), ("name", _("Name")), ("newest", _("Newest"))],
            "unfiltered": self.address(chosen={}),
            "corrected": self.address(text=found.suggestion) if found.suggestion else "",
        }


def facet_words() -> dict[str, str]:
    """Every facet of every document one may look for, kinds first."""
    words = {"kind": _("What")}
    for kind in documents.kinds():
        for name, label in documents.get(kind).facets.items():
            words.setdefault(name, str(label))
    return words


def _address(**values) -> str:
    query = QueryDict(mutable=True)
    for name, value in values.items():
        query.setlist(name, [each for each in (value if isinstance(value, list) else [value]) if each])
    return query.urlencode()


class _Counted(Paginator):
    """A paginator told how many there are by the index."""

    def __init__(self, total: int, size: int):
        super().__init__([], size)
        self.total = total

    @cached_property
    def count(self):
        return self.total


def _page(found) -> Page:
    pages = _Counted(found.total, found.size)
    return Page(found.hits, max(1, min(found.page, pages.num_pages)), pages)
