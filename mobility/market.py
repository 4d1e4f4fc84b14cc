"""The openings of the market, narrowed by facets; each facet counts what the others leave."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mobility import following
from portal.languages import Text
from portal.people import tongues
from portal.people.directory import Option, in_language
from portal.people.models import Contract, Opening

FACETS = ("site", "trade", "contract", "language", "remote", "team")
PER_PAGE = 20
ON_SITE, SOME_DAYS, ALWAYS = "on-site", "some-days", "always"


@dataclass(frozen=True)
class Row:
    """One opening as the facets see it: its key, and its value and label for each facet."""

    pk: int
    values: dict[str, str]
    labels: dict[str, str]


def asked_of(query) -> dict[str, list[str]]:
    """The values ticked for each facet."""
    return {name: list(dict.fromkeys(query.getlist(name)))[:20] for name in FACETS if query.getlist(name)}


def rows(user) -> list[Row]:
    """Every open seat the reader may see, the first to close first; one query."""
    columns = ("pk", "site__code", "site__name", "team__slug", "team__name_en", "team__name_fr", "job__trade__slug", "job__trade__name_en",
               "job__trade__name_fr", "contract", "work_language", "remote_days", "fully_remote")  # fmt: skip
    found = Opening.objects.visible_to(user).filter(status=Opening.Status.OPEN).order_by("closes_on", "pk").values(*columns)
    contracts, homes = dict(Contract.choices), home_words()
    return [
        Row(
            each["pk"],
            {
                "site": each["site__code"],
                "team": each["team__slug"],
                "trade": each["job__trade__slug"] or "",
                "contract": each["contract"],
                "language": each["work_language"],
                "remote": (home := ALWAYS if each["fully_remote"] else SOME_DAYS if each["remote_days"] else ON_SITE),
            },
            {
                "site": each["site__name"],
                "team": in_language(each["team__name_en"], each["team__name_fr"]),
                "trade": in_language(each["job__trade__name_en"] or "", each["job__trade__name_fr"] or ""),
                "contract": str(contracts[each["contract"]]),
                "language": tongues.name_of(each["work_language"]),
                "remote": homes[home],
            },
        )
        for each in found
    ]


def home_words() -> dict[str, str]:
    return {ON_SITE: _("On site"), SOME_DAYS: _("Some days from home"), ALWAYS: _("Fully remote")}


def facet_words() -> dict[str, str]:
    return {"site": _("Site"), "trade": _("Trade"), "contract": _("Contract"), "language": _("Working language"), "remote": _("From home"), "team": _("Team")}


def fits(row: Row, asked: dict, but: str = "") -> bool:
    return all(row.values[name] in values for name, values in asked.items() if name != but)


def groups(all_rows: list[Row], asked: dict) -> list[dict]:
    """The facets as components/facets.html wants them: fullest first, what is ticked always there."""
    words, found = facet_words(), []
    for name in FACETS:
        counts = Counter(row.values[name] for row in all_rows if row.values[name] and fits(row, asked, but=name))
        labels = {row.values[name]: row.labels[name] for row in all_rows if row.values[name]}
        ticked = asked.get(name, [])
        options = [Option(value, labels.get(value, value), counts[value], value in ticked) for value in {**counts, **dict.fromkeys(ticked)}]
        options.sort(key=lambda option: (-option.count, option.label))
        found.append({"name": name, "label": words[name], "open": name in ("site", "trade") or bool(ticked), "options": options[:15]})
    return found


def chips(all_rows: list[Row], asked: dict, query) -> list[tuple[str, str]]:
    """Each filter in use, with the address without it."""
    found = []
    for name, values in asked.items():
        labels = {row.values[name]: row.labels[name] for row in all_rows}
        for value in values:
            rest = query.copy()
            rest.setlist(name, [kept for kept in values if kept != value])
            rest.pop("page", None)
            found.append((Text(labels.get(value, value), ""), f"?{rest.urlencode()}"))
    return found


def followable(all_rows: list[Row], asked: dict, user) -> list[dict]:
    """Buttons to hear of the next seats of the trades and teams that are ticked."""
    if not following.may_follow(user):
        return []
    names = {(facet, row.values[facet]): row.labels[facet] for row in all_rows for facet in ("trade", "team")}
    ticked = {facet: [(value, names[facet, value]) for value in asked.get(facet, []) if (facet, value) in names] for facet in ("trade", "team")}
    return following.choices(user, trades=ticked["trade"], teams=ticked["team"])
