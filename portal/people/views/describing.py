"""Writing jobs and seats: the People team describes a job, those who hire open a seat on it."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal import audit, clock, rules
from portal.models import TimelineEntry
from portal.moves import remember
from portal.people import describing, shares, standing
from portal.people.forms_jobs import ROWS_MORE, Activities, JobForm, Needs, OpeningForm
from portal.people.models import JobDescription, Opening, Team


@require_http_methods(["GET", "POST"])
def job_edit(request, slug=None):
    """A job as described: its text, activities with shares of time, skills. Saving makes the next version."""
    if not rules.may(request.user, "people.change_jobdescription"):
        raise Http404
    job = get_object_or_404(JobDescription.objects.allowing(request.user, "people.change_jobdescription"), slug=slug) if slug else JobDescription()
    picture = shares.of(job) if job.pk else None
    given = _with_more_rows(request.POST) if request.method == "POST" else None
    form = JobForm(given, instance=job)
    activities = Activities(given, prefix="activities", initial=_activities(picture))
    needs = Needs(given, prefix="skills", initial=_needs(job))
    if request.method == "POST" and "more" not in request.POST and all([form.is_valid(), activities.is_valid(), needs.is_valid()]):
        with transaction.atomic():
            saved = describing.write(form.described(), activities.rows(), needs.rows(), by=request.user)
        audit.record("job.described", by=request.user, on=saved, request=request, version=saved.version)
        messages.success(request, _("Saved as version %(n)s.") % {"n": saved.version})
        return redirect(saved)
    refused = request.method == "POST" and "more" not in request.POST
    if refused:
        for error in [*activities.non_form_errors(), *needs.non_form_errors()]:
            form.add_error(None, error)
    for row, line in zip(activities.forms, picture.lines if picture else [], strict=False):
        row.line = line
    sets = [
        {
            "formset": activities,
            "title": _("Activities"),
            "hint": _("With their shares of the working time; together they make 100 %."),
            "more": _("More activities"),
        },
        {
            "formset": needs,
            "title": _("Skills"),
            "hint": _("Needed, or learnt in the job, by a name the directory knows in either language."),
            "more": _("More skills"),
        },
    ]
    context = {"job": job, "form": form, "sets": sets, "picture": picture, "more": "more" in request.POST}
    return render(request, "people/job_edit.html", context, status=422 if refused else 200)


def _with_more_rows(given):
    """What was sent, with empty rows added where they were asked for."""
    asked = given.get("more")
    if asked not in ("activities", "skills"):
        return given
    wider = given.copy()
    total = wider.get(f"{asked}-TOTAL_FORMS", "0")
    wider[f"{asked}-TOTAL_FORMS"] = str(min(40, int(total if total.isdecimal() else 0) + ROWS_MORE))
    return wider


def _activities(picture) -> list[dict]:
    lines = picture.lines if picture else []
    return [{"text_en": line.activity.text_en, "text_fr": line.activity.text_fr, "share": line.described} for line in lines]


def _needs(job: JobDescription) -> list[dict]:
    rows = job.job_skills.select_related("skill").order_by("learnt", "-level", "skill__name") if job.pk else []
    return [{"skill": row.skill.label, "level": row.level, "learnt": row.learnt} for row in rows]


@require_GET
def job_versions(request, slug):
    """What each version changed, the newest first."""
    job = get_object_or_404(JobDescription.objects.visible_to(request.user), slug=slug)
    kept = list(job.versions.visible_to(request.user).select_related("by__person"))
    rows = [(one, describing.changes(before.body, one.body) if before else []) for one, before in zip(kept, [*kept, None][1:], strict=True)]
    return render(request, "people/job_versions.html", {"job": job, "rows": rows})


@require_http_methods(["GET", "POST"])
def opening_edit(request, slug=None):
    """A seat to fill: everything but its publication, which is the business of those who hire."""
    teams = Team.objects.allowing(request.user, "people.open_team").order_by("name_en", "pk")
    opening = get_object_or_404(_changeable(request), slug=slug) if slug else Opening(starts_on=None)
    if slug is None and not rules.may(request.user, "people.open_team"):
        raise Http404
    if opening.pk and opening.status != Opening.Status.DRAFT:
        teams = Team.objects.filter(pk=opening.team_id)
    form = OpeningForm(request.POST or None, instance=opening, teams=teams, initial=_proposed(request, opening))
    if request.method == "POST" and form.is_valid():
        saved = _save(form, request.user)
        messages.success(request, _("Saved. Only those who hire see it until it is published.") if saved.status == Opening.Status.DRAFT else _("Saved."))
        return redirect(saved)
    picture = shares.of(opening.job) if opening.pk else None
    return render(request, "people/opening_edit.html", {"opening": opening, "form": form, "picture": picture}, status=422 if form.is_bound else 200)


def _changeable(request):
    return Opening.objects.allowing(request.user, "people.change_opening").select_related("job", "team", "site", "hiring_manager")


def _proposed(request, opening: Opening) -> dict:
    """What a new seat starts with: the job one came from, oneself, the team one leads."""
    if opening.pk:
        return {}
    me = standing.of(request.user)
    leads = me.person.heads.order_by("depth").first()
    job = JobDescription.objects.visible_to(request.user).filter(slug=request.GET.get("job", "")).first()
    return {
        "job": job,
        "hiring_manager": me.person if leads else None,
        "team": leads,
        "site": leads.site if leads else me.seats[0].site,
        "remote_days": 0,
    }


def _save(form: OpeningForm, user) -> Opening:
    """The seat in rows; a new one gets its reference and its address."""
    with transaction.atomic():
        opening = form.save(commit=False)
        new = opening.pk is None
        if new:
            opening.reference = _free_reference()
            opening.slug = f"{slugify(opening.job.title_en)[:90] or 'seat'}-{opening.site.code}-{opening.reference.lower()}"[:140]
        opening.save()
        form.save_m2m()
        remember(opening, "written" if new else "changed", by=user, note=", ".join(sorted(form.changed_data)) if not new else "")
    return opening


def _free_reference() -> str:
    """The next number of this year: 2026-007."""
    year = clock.today().year
    number = Opening.objects.filter(reference__startswith=f"{year}-").count() + 1
    while Opening.objects.filter(reference=f"{year}-{number:03}").exists():
        number += 1
    return f"{year}-{number:03}"


@require_POST
def opening_delete(request, slug):
    """A draft nobody saw goes without a trace."""
    opening = get_object_or_404(_changeable(request).filter(status=Opening.Status.DRAFT), slug=slug)
    with transaction.atomic():
        TimelineEntry.objects.filter(content_type__app_label="people", content_type__model="opening", object_id=opening.pk).delete()
        opening.delete()
    messages.success(request, _("The draft is deleted."))
    return redirect("people:opening_list")
