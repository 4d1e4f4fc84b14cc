"""The list of jobs outside: search without accents, filters with their tallies, and the measured time to an answer."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal import clock
from portal.languages import both_titles
from portal.people.models import Contract
from recruitment import adverts
from recruitment.cv.skills import fold
from recruitment.models import Application

SIZE = 20
FEWEST = 5  # a figure about fewer people is none
WINDOW = timedelta(days=180)


@dataclass
class Job:
    """One row of the list."""

    slug: str
    title: str
    trade: str
    trade_slug: str
    site: str
    site_code: str
    city: str
    contract: str
    remote: str
    tongue: str
    pay: tuple
    closes_on: object
    folded: str

    @property
    def contract_label(self) -> str:
        return Contract(self.contract).label


def remote_words() -> dict[str, str]:
    return {"none": _("On site"), "some": _("Some days at home"), "full": _("Fully remote")}


def jobs() -> list[Job]:
    """Every job open outside, soonest closing last; one query."""
    rows = adverts.public().values_list(
        "slug", "job__title_en", "job__title_fr", "job__title_fr_f", "job__trade__name_en", "job__trade__name_fr", "job__trade__slug",
        "site__name", "site__code", "site__city", "contract", "remote_days", "fully_remote", "work_language",
        "job__pay_min", "job__pay_max", "job__currency", "closes_on", "job__mission_en", "job__mission_fr",
    )  # fmt: skip
    return [_job(row) for row in rows.order_by("-opened_at", "-pk")]


def _job(row) -> Job:
    (slug, en, fr, fr_f, trade_en, trade_fr, trade_slug, site, code, city, contract, days, full, tongue, low, high, currency, closes, *missions) = row
    french = (get_language() or "en").startswith("fr")
    return Job(
        slug=slug,
        title=both_titles(fr, fr_f) if french else en,
        trade=(trade_fr if french else trade_en) or trade_en or "",
        trade_slug=trade_slug or "",
        site=site,
        site_code=code,
        city=city,
        contract=contract,
        remote="full" if full else "some" if days else "none",
        tongue=tongue,
        pay=(low, high, currency),
        closes_on=closes,
        folded=fold(" ".join(filter(None, [en, fr, fr_f, trade_en, trade_fr, site, city, *missions]))),
    )


GROUPS = {"site": "site_code", "trade": "trade_slug", "contract": "contract", "remote": "remote", "language": "tongue"}


def chosen(query) -> dict[str, list[str]]:
    return {name: [value for value in query.getlist(name) if value] for name in GROUPS}


def matching(found: list[Job], wanted: dict[str, list[str]], but: str = "") -> list[Job]:
    """The jobs that fit each group of filters, except the group `but`: its tallies show what a change would give."""
    return [job for job in found if all(getattr(job, GROUPS[name]) in values for name, values in wanted.items() if values and name != but)]


def facets(found: list[Job], wanted: dict[str, list[str]]) -> list[dict]:
    """The groups of the filter form, each with its options, fullest first."""
    words = {
        "site": (_("Site"), {job.site_code: job.site for job in found}),
        "trade": (_("Trade"), {job.trade_slug: job.trade for job in found if job.trade_slug}),
        "contract": (_("Contract"), {job.contract: job.contract_label for job in found}),
        "remote": (_("Working from home"), remote_words()),
        "language": (_("Working language"), {"en": _("English"), "fr": _("French")}),
    }
    groups = []
    for name, attribute in GROUPS.items():
        label, options = words[name]
        base = matching(found, wanted, but=name)
        tally = {value: sum(1 for job in base if getattr(job, attribute) == value) for value in options}
        shown = [{"value": value, "label": label, "count": tally[value], "checked": value in wanted[name]} for value, label in options.items()]
        shown = sorted((each for each in shown if each["count"] or each["checked"]), key=lambda each: (-each["count"], each["label"]))
        if len(shown) > 1 or wanted[name]:
            groups.append({"name": name, "label": label, "open": bool(wanted[name]), "options": shown})
    return groups


def search(found: list[Job], text: str) -> list[Job]:
    """The jobs that hold every word of `text`, accents and case aside."""
    words = fold(text).split()
    return [job for job in found if all(word in job.folded for word in words)]


def wanted_slugs(query) -> set[str] | None:
    """The jobs that fit the search and filters of an address; None when it has none."""
    text, wanted = query.get("q", "").strip()[:100], chosen(query)
    if not text and not any(wanted.values()):
        return None
    return {job.slug for job in matching(search(jobs(), text), wanted)}


def address_of(text: str, wanted: dict[str, list[str]]) -> str:
    """The search and filters as the end of an address, "" without any."""
    pairs = [("q", text)] if text else []
    pairs += [(name, value) for name, values in wanted.items() for value in values]
    return f"?{urlencode(pairs)}" if pairs else ""


def days_to_answer() -> int | None:
    """In how many days half of the people who applied in the last six months had a first answer; None if too few.

    Who still waits counts as waiting: a median over the answered alone would flatter us.
    """
    since = clock.now() - WINDOW
    waits = list(
        Application.objects.filter(submitted_at__gte=since)
        .exclude(status=Application.Status.WITHDRAWN)
        .order_by("-submitted_at")
        .values_list("submitted_at", "first_answered_at")[:2000]
    )
    if len(waits) < FEWEST:
        return None
    days = sorted((answered - submitted).total_seconds() / 86400 if answered else float("inf") for submitted, answered in waits)
    middle = days[len(days) // 2]
    return None if middle == float("inf") else max(1, round(middle))
