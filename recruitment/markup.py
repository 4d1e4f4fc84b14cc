"""What machines read of a job: schema.org JobPosting, addresses in both languages, links to share."""

import json
from datetime import datetime, time
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal import clock
from recruitment.adverts import sentence_of
from recruitment.models.advert import LANGUAGES
from recruitment.wording import with_mark

EMPLOYMENT = {
    "permanent": ["FULL_TIME"],
    "fixed_term": ["TEMPORARY", "FULL_TIME"],
    "apprenticeship": ["INTERN", "FULL_TIME"],
    "internship": ["INTERN"],
    "freelance": ["CONTRACTOR"],
    "temporary": ["TEMPORARY"],
}


def absolute(name: str, *args, language: str = "") -> str:
    """The full public address of a page, in `language` or the present one."""
    with translation.override(language or get_language()):
        return settings.SITE_URL + reverse(name, args=args)


def alternates(name: str, *args) -> list[tuple[str, str]]:
    """(hreflang, address) of the same page in each language, and for everybody else."""
    pairs = [(language, absolute(name, *args, language=language)) for language in LANGUAGES]
    return [*pairs, ("x-default", pairs[0][1])]


def as_html(text: dict) -> str:
    """The advert as the plain HTML that job boards and search engines want: all the page shows."""

    def items(title, rows):
        return f"<p><b>{escape(title)}</b></p><ul>{''.join(f'<li>{escape(row)}</li>' for row in rows)}</ul>" if rows else ""

    low, high, currency = text["pay"]
    parts = [
        "".join(f"<p>{escape(paragraph)}</p>" for paragraph in text["mission"].split("\n\n") if paragraph.strip()),
        items(_("The work"), [_("%(activity)s, %(share)s%% of the time") % {"activity": activity, "share": share} for activity, share in text["activities"]]),
        items(_("What you bring"), text["brings"]),
        items(_("Good to have, never required"), text["good_to_have"]),
        items(_("The demanding sides"), text["demanding"]),
        items(_("Conditions"), text["conditions"]),
        f"<p>{escape(_('Pay'))}: {low} - {high} {escape(currency)}</p>",
    ]
    return "".join(parts)


def json_ld(opening, advert) -> str:
    """The JobPosting of the page, complete for Google for Jobs, escaped for a script element."""
    text = advert.text
    place, (low, high, currency) = text["place"], text["pay"]
    zone = ZoneInfo(opening.site.timezone)
    posting = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": with_mark(text["title"]) if get_language() == "fr" else text["title"],
        "description": as_html(text),
        "identifier": {"@type": "PropertyValue", "name": settings.ORGANISATION, "value": opening.reference},
        "datePosted": clock.day(opening.opened_at, opening.site.timezone).isoformat(),
        "validThrough": datetime.combine(opening.closes_on, time(23, 59, 59), zone).isoformat(),
        "employmentType": EMPLOYMENT[text["contract"]],
        "hiringOrganization": {
            "@type": "Organization",
            "name": settings.ORGANISATION,
            "sameAs": settings.SITE_URL,
            "logo": f"{settings.SITE_URL}/static/img/icon-180.png",
        },
        "directApply": True,
        "inLanguage": get_language(),
        "totalJobOpenings": text["seats"],
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": currency,
            "value": {"@type": "QuantitativeValue", "minValue": low, "maxValue": high, "unitText": "YEAR"},
        },
    }
    if text["fully_remote"]:
        posting |= {"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": {"@type": "Country", "name": place["country"]}}
    address = {
        "streetAddress": place["address"],
        "postalCode": place["postal_code"],
        "addressLocality": place["city"],
        "addressRegion": place["region"],
        "addressCountry": place["country"],
    }
    posting["jobLocation"] = {"@type": "Place", "address": {"@type": "PostalAddress", **{key: value for key, value in address.items() if value}}}
    escaped = json.dumps(posting, ensure_ascii=False).replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")
    return mark_safe(escaped)


def share_links(opening, advert) -> list[tuple[str, str]]:
    """(name, address) of plain links: no script of anybody else, and we learn which network brought whom."""
    title = advert.title

    def here(source):
        return f"{absolute('recruitment:job', opening.slug)}?{urlencode({'utm_source': source, 'utm_medium': 'share'})}"

    return [
        ("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?" + urlencode({"url": here("linkedin")})),
        ("WhatsApp", "https://wa.me/?" + urlencode({"text": f"{title} {here('whatsapp')}"})),
        (_("E-mail"), "mailto:?" + urlencode({"subject": title, "body": f"{sentence_of(advert.text)}\n{here('mail')}"}).replace("+", "%20")),
    ]
