"""Jobs as described and as lived, and the seats to fill, seen from inside."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal import clock, rules
from portal.people import cards, path, shares, standing
from portal.people.models import Assignment, JobDescription, Opening, Person, ShareConfirmation
from portal.people.models.employment import current
from portal.people.visibility import reader_of

MOST_DRAFTS = 50


@require_GET
def job_list(request):
    rows = JobDescription.objects.visible_to(request.user).select_related("trade").order_by("title_en", "pk")
    context = {"page_obj": Paginator(rows, 25).get_page(request.GET.get("page")), "may_change": rules.may(request.user, "people.change_jobdescription")}
    return render(request, "people/job_list.html", context)


@require_GET
def job_detail(request, slug):
    job = get_object_or_404(JobDescription.objects.visible_to(request.user).select_related("trade"), slug=slug)
    holders = Person.objects.visible_to(request.user).filter(pk__in=Assignment.objects.filter(current(), job=job).values("employee__person"))
    page = Paginator(path.with_path(holders.order_by("family_name", "given_name", "pk")), 12).get_page(request.GET.get("page"))
    reader = reader_of(request.user)
    context = {
        "job": job,
        "picture": shares.of(job),
        "needs": job.job_skills.select_related("skill").order_by("learnt", "-level"),
        "openings": Opening.objects.visible_to(request.user).filter(job=job, status=Opening.Status.OPEN).select_related("job", "site", "team"),
        "page_obj": page,
        "holders": [(person, path.of(person).main) for person in cards.dressed(page.object_list, reader)],
        "may_confirm": rules.may(request.user, "people.confirm_jobdescription", job),
        "said": shares.said_by(standing.of(request.user).person, job),
        "may_change": rules.may(request.user, "people.change_jobdescription"),
        "may_open": rules.may(request.user, "people.open_team"),
    }
    return render(request, "people/job_detail.html", context)


@require_http_methods(["GET", "POST"])
def job_confirm(request, slug):
    """Somebody who holds the job confirms or corrects its shares of time."""
    job = get_object_or_404(JobDescription.objects.allowing(request.user, "people.confirm_jobdescription"), slug=slug)
    me = standing.of(request.user).person
    said = shares.said_by(me, job)
    form = shares.SharesForm(request.POST or None, job=job, said=said)
    if request.method == "POST" and form.is_valid():
        ShareConfirmation.objects.update_or_create(job=job, version=job.version, person=me, defaults={"shares": form.cleaned_data, "on": clock.today()})
        messages.success(request, _("Thank you. The page of the job shows what is described and what is real."))
        return redirect(job)
    return render(request, "people/job_confirm.html", {"job": job, "form": form, "said": said}, status=422 if form.is_bound else 200)


@require_GET
def opening_list(request):
    rows = Opening.objects.visible_to(request.user).select_related("job", "site", "team").order_by("closes_on", "pk")
    context = {
        "page_obj": Paginator(rows.filter(status=Opening.Status.OPEN), 25).get_page(request.GET.get("page")),
        "drafts": rows.filter(status=Opening.Status.DRAFT)[:MOST_DRAFTS],
        "may_open": rules.may(request.user, "people.open_team"),
    }
    return render(request, "people/opening_list.html", context)


@require_GET
def opening_detail(request, slug):
    opening = get_object_or_404(Opening.objects.visible_to(request.user).select_related("job__trade", "team", "site", "hiring_manager"), slug=slug)
    reader = reader_of(request.user)
    cards.dress(opening.hiring_manager, reader)
    panel = cards.dressed(path.with_path(opening.panel.order_by("family_name", "given_name", "pk")), reader)
    context = {
        "opening": opening,
        "panel": [(person, path.of(person).main) for person in panel],
        "may_change": rules.may(request.user, "people.change_opening", opening),
        "job": opening.job,
        "picture": shares.of(opening.job),
        "needs": opening.job.job_skills.select_related("skill").order_by("learnt", "-level"),
    }
    return render(request, "people/opening_detail.html", context)
