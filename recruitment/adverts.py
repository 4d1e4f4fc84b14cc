"""What an opening says outside: which openings are public, and how the advert's text is put together."""

from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import translation
from django.utils.translation import gettext as _

from portal import clock
from portal.people.models import Opening
from portal.people.models.job import SIGNS
from recruitment.models import AdvertVersion, Application
from recruitment.models.advert import LANGUAGES, digest_of

FULL = Count("applications", filter=Q(applications__status=Application.Status.HIRED))


def shown_outside() -> Q:
    """Open, and not kept inside, or not any more."""
    inside_first = Q()
    for days in (0, 7, 14, 21, 30, 60):  # a period in between ends with the next one
        inside_first |= Q(inside_first_days__lte=days, opened_at__lte=clock.now() - timedelta(days=days))
    return Q(status=Opening.Status.OPEN) & (Q(audience=Opening.Audience.BOTH) | Q(audience=Opening.Audience.INSIDE_FIRST) & inside_first)


def public():
    """The openings one can apply to now, from outside: published, not past their date, a seat left."""
    return (
        Opening.objects.filter(shown_outside(), Exists(AdvertVersion.objects.filter(opening=OuterRef("pk"))), closes_on__gte=clock.today())
        .annotate(hired=FULL)
        .filter(hired__lt=F("seats"))
        .select_related("job__trade", "site", "team", "hiring_manager")
    )


def lines(text: str) -> list[str]:
    """One item a line, bullets removed."""
    return [line.strip(" -•\t") for line in text.splitlines() if line.strip(" -•\t")]


def compose(opening: Opening) -> dict:
    """The whole text of the advert in both languages, from the job description, the opening and its process."""
    body = {}
    for language in LANGUAGES:
        with translation.override(language):
            body[language] = _compose(opening, language)
    return body


def _compose(opening: Opening, language: str) -> dict:
    job, site, process = opening.job, opening.site, opening.process
    return {
        "title": str(job.title),
        "trade": str(job.trade.name) if job.trade else "",
        "team": str(opening.team.name),
        "mission": str(job.mission),
        "activities": [[str(activity.text), activity.share] for activity in job.activities.all()],
        "brings": lines(job.brings),
        "good_to_have": lines(job.good_to_have),
        "conditions": lines(job.conditions),
        "demanding": lines(job.demanding),
        "next_steps": lines(job.next_steps),
        "pay": [job.pay_min, job.pay_max, job.currency],
        "place": {
            "name": site.name,
            "city": site.city,
            "address": site.address,
            "postal_code": site.postal_code,
            "region": site.region,
            "country": site.country,
        },
        "contract": opening.contract,
        "contract_label": opening.get_contract_display(),
        "remote_days": opening.remote_days,
        "fully_remote": opening.fully_remote,
        "work_language": opening.work_language,
        "reason": str(opening.reason),
        "reason_language": opening.reason.lang,
        "seats": opening.seats,
        "steps": [[str(stage.step), str(stage.words), stage.days, stage.who] for stage in process.stages.all()],
        "questions": [str(question.text) for question in process.questions.all()],
        "manager": opening.hiring_manager.display_name,
    }


def current(opening: Opening) -> AdvertVersion | None:
    """What is read outside now."""
    return opening.adverts.first()


def publish_text(opening: Opening, by) -> AdvertVersion:
    """Keep the text as a new version, unless it says what the last one said."""
    body = compose(opening)
    digest, last = digest_of(body, opening.starts_on, opening.closes_on), current(opening)
    if last and last.digest == digest:
        return last
    number = last.number + 1 if last else 1
    dates = {"starts_on": opening.starts_on, "closes_on": opening.closes_on}
    return AdvertVersion.objects.create(opening=opening, number=number, body=body, digest=digest, by=by, **dates)


def all_words(body: dict) -> str:
    """Every word of one language's text, to be checked."""
    said = [body["title"], body["mission"], body["reason"], *(text for text, _share in body["activities"])]
    for part in ("brings", "good_to_have", "conditions", "demanding", "next_steps", "questions"):
        said += body[part]
    return "\n".join(said)


def pay_in_words(pay) -> str:
    """A year's pay in thousands, as lists and cards say it: 46 to 54 k€. Its spaces do not break."""
    low, high, currency = pay
    words = _("%(low)s to %(high)s k%(sign)s") % {"low": low // 1000, "high": high // 1000, "sign": SIGNS.get(currency, currency)}
    return words.replace(" ", "\u00a0")


def sentence_of(body: dict) -> str:
    """One sentence for descriptions and cards."""
    return _("%(contract)s in %(city)s. Apply in about 5 minutes; no cover letter.") % {"contract": body["contract_label"], "city": body["place"]["city"]}
