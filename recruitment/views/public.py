"""Public pages: careers, a job, how we hire; no account, no script, both languages."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from portal import clock
from portal.people.models import Assignment, Opening
from recruitment import adverts, listing, markup, pictures, processes, reminders
from recruitment.models import Application
from recruitment.touch import remembered


@login_not_required
@require_GET
@remembered
def careers(request):
    """The careers home: jobs with filters, the steps of hiring, the measured time to an answer."""
    text, wanted = request.GET.get("q", "").strip()[:100], listing.chosen(request.GET)
    every = listing.jobs()
    searched = listing.search(every, text)
    found = listing.matching(searched, wanted)
    page = Paginator(found, listing.SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "recruitment/careers.html",
        {
            "public_nav": "jobs",
            "q": text,
            "page_obj": page,
            "all_count": len(every),
            "towns": sorted({job.city for job in every}),
            "groups": listing.facets(searched, wanted),
            "kept": [("q", text)] if text else [],
            "narrowed": bool(text or any(wanted.values())),
            "feed_of": listing.address_of(text, wanted),
            "steps": processes.shipped_steps(),
            "days": listing.days_to_answer(),
            "canonical": markup.absolute("recruitment:careers"),
            "alternates": markup.alternates("recruitment:careers"),
        },
    )


@login_not_required
@require_GET
def how_we_hire(request):
    """The steps, who decides, what we promise, what we never do."""
    context = {"public_nav": "steps", "steps": processes.shipped_steps(), "days": listing.days_to_answer()}
    context |= {"canonical": markup.absolute("recruitment:how_we_hire"), "alternates": markup.alternates("recruitment:how_we_hire")}
    return render(request, "recruitment/how_we_hire.html", context)


def published(slug: str) -> Opening:
    """An opening that is or was shown outside; 404 for the rest."""
    queryset = Opening.objects.select_related("job__trade", "site", "team", "hiring_manager", "process__recruiter")
    opening = get_object_or_404(queryset, slug=slug)
    if opening.status == Opening.Status.DRAFT or adverts.current(opening) is None or opening.audience == Opening.Audience.INSIDE:
        raise Http404
    return opening


@login_not_required
@require_GET
@remembered
def job(request, slug):
    """One job, in the words kept for those who apply now; 410 once it is closed."""
    opening = published(slug)
    if not adverts.public().filter(pk=opening.pk).exists():
        if opening.status == Opening.Status.OPEN and opening.closes_on >= clock.today() and not processes.is_full(opening):
            raise Http404  # still shown inside first
        return closed(request, opening)
    advert = adverts.current(opening)
    others = [other for other in listing.jobs() if other.slug != slug]
    return render(
        request,
        "recruitment/job.html",
        {
            "public_nav": "jobs",
            "opening": opening,
            "advert": advert,
            "text": advert.text,
            "days_left": (opening.closes_on - clock.today(opening.site.timezone)).days,
            "meets": Assignment.objects.current()
            .filter(main=True, employee__person__in=opening.process.meets.all())
            .select_related("employee__person", "site"),
            "recruiter": opening.process.recruiter,
            "similar": similar(others, opening)[:3],
            "days": listing.days_to_answer(),
            "json_ld": markup.json_ld(opening, advert),
            "share": markup.share_links(opening, advert),
            "canonical": markup.absolute("recruitment:job", slug),
            "alternates": markup.alternates("recruitment:job", slug),
            "picture": markup.absolute("recruitment:job_picture", slug),
        },
    )


def similar(others, opening):
    """Other jobs, nearest first: same trade, then same site."""
    trade = opening.job.trade.slug if opening.job.trade else None
    return sorted(others, key=lambda other: (other.trade_slug != trade, other.site_code != opening.site.code))


def closed(request, opening):
    """A job one can no longer apply to: says since when, who still waits, and what resembles it."""
    context = {
        "public_nav": "jobs",
        "opening": opening,
        "text": adverts.current(opening).text,
        "closed_on": clock.day(opening.closed_at, opening.site.timezone) if opening.closed_at else min(opening.closes_on, clock.today()),
        "waiting": opening.applications.filter(status=Application.Status.ACTIVE).count(),
        "similar": similar(listing.jobs(), opening)[:4],
    }
    return render(request, "recruitment/job_closed.html", context, status=410)


@login_not_required
@require_GET
def job_picture(request, slug):
    """The picture networks show beside a link to this job."""
    opening = published(slug)
    response = HttpResponse(pictures.card(adverts.current(opening).text, settings.ORGANISATION), content_type="image/png")
    response["Cache-Control"] = "public, max-age=86400"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@login_not_required
@require_GET
def job_reminder(request, slug):
    """A calendar file that reminds of the last day to apply; gone with the job."""
    opening = published(slug)
    if not adverts.public().filter(pk=opening.pk).exists():
        raise Http404
    response = HttpResponse(reminders.before_closing(opening, adverts.current(opening).title), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{opening.slug}.ics"'
    return response


@login_not_required
@require_GET
def job_code(request, slug):
    """The job's address as a QR code, for print; who comes by paper is told apart from who comes by a link."""
    opening = published(slug)
    address = f"{markup.absolute('recruitment:job', opening.slug, language=get_language()[:2])}?utm_source=print"
    response = HttpResponse(pictures.code(address), content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=86400"
    return response
