"""Feeds of the open jobs: Atom in each language, XML for job boards, the sitemap of public pages."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal import clock
from recruitment import adverts, listing, markup
from recruitment.models.advert import LANGUAGES
from recruitment.wording import with_mark


def open_adverts():
    """(opening, advert) of every job open outside; two queries."""
    openings = adverts.public().prefetch_related("adverts").order_by("-opened_at", "-pk")
    return [(opening, opening.adverts.all()[0]) for opening in openings]


class JobFeed(Feed):
    """Atom 1.0, one feed a language; with the search and filters of the careers home, if the address has them."""

    login_required = False  # read by LoginRequiredMiddleware; the decorator is for functions
    feed_type = Atom1Feed

    def get_object(self, request):
        return request

    def title(self):
        return _("Jobs at %(organisation)s") % {"organisation": settings.ORGANISATION}

    def link(self):
        return reverse("recruitment:careers")

    def feed_url(self, request):
        return markup.absolute("recruitment:job_feed") + listing.address_of(request.GET.get("q", "").strip()[:100], listing.chosen(request.GET))

    def feed_guid(self, request):
        return self.feed_url(request)

    def items(self, request):
        slugs = listing.wanted_slugs(request.GET)
        return [each for each in open_adverts() if slugs is None or each[0].slug in slugs]

    def item_title(self, item):
        return f"{item[1].title}, {item[1].text['place']['city']}"

    def item_description(self, item):
        return markup.as_html(item[1].text)

    def item_link(self, item):
        return markup.absolute("recruitment:job", item[0].slug)

    def item_guid(self, item):
        host = settings.SITE_URL.split("//")[-1].split(":")[0]
        return f"tag:{host},{item[0].opened_at:%Y-%m-%d}:{item[0].reference}:{get_language()}"

    def item_pubdate(self, item):
        return item[0].opened_at

    def item_updateddate(self, item):
        return item[1].published_at

    def item_author_name(self, item):
        return settings.ORGANISATION


def cdata(text) -> str:
    return f"<![CDATA[{str(text).replace(']]>', ']] >')}]]>"


@login_not_required
@require_GET
def job_boards(request):
    """All open jobs for job boards that read XML, in the language people work in."""
    rows = []
    for opening, advert in open_adverts():
        text, place = advert.body[opening.work_language], advert.body[opening.work_language]["place"]
        low, high, currency = text["pay"]
        values = {
            "title": with_mark(text["title"]) if opening.work_language == "fr" else text["title"],
            "date": clock.day(opening.opened_at, opening.site.timezone).isoformat(),
            "referencenumber": opening.reference,
            "requisitionid": opening.reference,
            "url": markup.absolute("recruitment:job", opening.slug, language=opening.work_language),
            "company": settings.ORGANISATION,
            "sourcename": settings.ORGANISATION,
            "streetaddress": place["address"],
            "city": place["city"],
            "state": place["region"],
            "country": place["country"],
            "postalcode": place["postal_code"],
            "description": markup.as_html(text),
            "salary": f"{low} - {high} {currency} per year",
            "jobtype": markup.EMPLOYMENT[text["contract"]][-1].lower().replace("_", ""),
            "category": text["trade"],
            "expirationdate": opening.closes_on.isoformat(),
            "remotetype": "Fully remote" if text["fully_remote"] else "Hybrid remote" if text["remote_days"] else "",
        }
        rows.append("<job>" + "".join(f"<{name}>{cdata(value)}</{name}>" for name, value in values.items() if value) + "</job>")
    built = cdata(clock.now().isoformat(timespec="seconds"))
    body = f"<publisher>{cdata(settings.ORGANISATION)}</publisher><publisherurl>{cdata(settings.SITE_URL)}</publisherurl><lastBuildDate>{built}</lastBuildDate>"
    return HttpResponse(f'<?xml version="1.0" encoding="utf-8"?>\n<source>{body}{"".join(rows)}</source>\n', content_type="application/xml; charset=utf-8")


@login_not_required
@require_GET
def sitemap(request):
    """Every public page in each language, with its twins and the day its text changed."""
    pages = [("recruitment:careers", (), None), ("recruitment:how_we_hire", (), None)]
    pages += [("recruitment:job", (opening.slug,), advert.published_at) for opening, advert in open_adverts()]
    rows = []
    for name, args, changed in pages:
        twins = "".join(f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>' for language, address in markup.alternates(name, *args))
        when = f"<lastmod>{clock.day(changed).isoformat()}</lastmod>" if changed else ""
        rows += [f"<url><loc>{markup.absolute(name, *args, language=language)}</loc>{when}{twins}</url>" for language in LANGUAGES]
    head = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
    return HttpResponse(f"{head}{''.join(rows)}</urlset>\n", content_type="application/xml; charset=utf-8")


@login_not_required
@require_GET
def robots(request):
    """What crawlers may read: the public pages; private links are in no page anyway."""
    lines = ["User-agent: *", *(f"Disallow: /{language}/{part}/" for language in LANGUAGES for part in ("follow", "apply"))]
    lines += ["Disallow: /accounts/", "Disallow: /hiring/", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
