"""Skills: the directory, one skill's page, type-ahead, and what the People team does with its words."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal import audit, rules
from portal.languages import at_place
from portal.people import cards, forms, groups, path, skills
from portal.people.models import JobSkill, Opening, Person, PersonSkill, Skill
from portal.people.visibility import readable_skills, reader_of


def label_order():
    """By label in the reader's language."""
    return Coalesce(NullIf("label_fr", Value("")), "name") if (get_language() or "").startswith("fr") else Coalesce("name", "name")


@require_GET
def skill_list(request):
    """What people here can do; with words or a group, the whole directory."""
    words, group = request.GET.get("q", "").strip()[:100], request.GET.get("group", "")
    whole = bool(words or group or request.GET.get("all"))
    rows = skills.matching(words) if words else Skill.objects.visible_to(request.user)
    if group:
        rows = rows.filter(group=group)
    if not whole:
        held = PersonSkill.objects.filter(readable_skills(reader_of(request.user))).order_by().values("tag")
        rows = rows.filter(pk__in=held)
    rows = rows.order_by("first", label_order(), "pk") if words else rows.order_by(label_order(), "pk")
    kept = Skill.objects.visible_to(request.user).exclude(group="").order_by("group").values_list("group", flat=True).distinct()
    offered = sorted(((each, groups.named(each)) for each in kept), key=lambda pair: skills.fold(pair[1]))
    page = Paginator(rows.prefetch_related("aliases"), 50).get_page(request.GET.get("page"))
    context = {
        "page_obj": page, "q": words, "group": group, "group_name": groups.named(group), "groups": offered, "whole": whole,
        "may_change": rules.may(request.user, "people.change_skill"),
    }  # fmt: skip
    return render(request, "people/skill_list.html", context)


@require_GET
def skill_suggest(request):
    """Type-ahead: the labels of near skills, as options of a list."""
    words = request.GET.get("skill", "") or request.GET.get("q", "")
    near = skills.matching(words)[:12] if len(skills.fold(words)) > 1 else []
    return render(request, "people/_skill_options.html", {"skills": near})


@require_GET
def skill_detail(request, slug):
    """Who has it, who learns it, which seats ask for it. A merged skill leads to the one it became."""
    skill = get_object_or_404(Skill.objects.select_related("merged_into"), slug=slug)
    if skill.merged_into:
        return redirect(skills.canonical(skill), permanent=False)
    reader = reader_of(request.user)
    if not (reader.colleague or reader.alumnus):
        raise Http404
    holdings = PersonSkill.objects.filter(readable_skills(reader), tag=skill, content_object__in=visible_people(request)).exclude(interest="learning")
    page = Paginator(skills.best_first(holdings), 25).get_page(request.GET.get("page"))
    learning = PersonSkill.objects.filter(readable_skills(reader), tag=skill, interest="learning", content_object__in=visible_people(request))
    asked = Q(job__job_skills__skill=skill)
    context = {
        "skill": skill,
        "page_obj": page,
        "rows": [_row(holding, reader) for holding in page.object_list],
        "learning": cards.dressed([holding.content_object for holding in learning.select_related("content_object")[:24]], reader),
        "openings": Opening.objects.visible_to(request.user).filter(asked, status=Opening.Status.OPEN).select_related("job", "site", "team")[:20],
        "jobs": [need.job for need in JobSkill.objects.filter(skill=skill).select_related("job")[:20]],
        "aliases": skill.aliases.all(),
        "mine": reader.person_id and PersonSkill.objects.filter(tag=skill, content_object=reader.person_id).first(),
        "may_change": rules.may(request.user, "people.change_skill"),
    }
    return render(request, "people/skill_detail.html", context)


def visible_people(request):
    return Person.objects.visible_to(request.user).order_by().values("pk")


def _row(holding: PersonSkill, reader) -> dict:
    person = cards.dress(holding.content_object, reader)
    seat = path.of(person).main
    return {
        "person": person,
        "place": at_place(seat.title, seat.site.name) if seat and reader.colleague else "",
        "holding": holding,
        "words": f"{holding.level}, {holding.get_level_display().lower()}",
        "fading": skills.is_fading(holding),
    }


@require_http_methods(["GET", "POST"])
def skill_edit(request, slug=None):
    """The People team words a skill, or adds one."""
    changeable = Skill.objects.allowing(request.user, "people.change_skill").filter(merged_into=None)
    if slug is None and not rules.may(request.user, "people.change_skill"):
        raise Http404
    skill = get_object_or_404(changeable, slug=slug) if slug else Skill()
    form = forms.SkillForm(request.POST or None, instance=skill)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        audit.record("skill.worded", by=request.user, on=saved, request=request, fields=sorted(form.changed_data))
        messages.success(request, _("Saved."))
        return redirect(saved)
    return render(request, "people/skill_edit.html", {"skill": skill, "form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def skill_merge(request, slug):
    """Two skills that are one: what would move is shown, then it moves."""
    changeable = Skill.objects.allowing(request.user, "people.change_skill").filter(merged_into=None)
    skill = get_object_or_404(changeable, slug=slug)
    given = request.POST if request.method == "POST" else request.GET
    form = forms.SkillChoiceForm(given if "skill" in given else None)
    into = form.cleaned_data["skill"] if form.is_bound and form.is_valid() else None
    if into == skill:
        form.add_error("skill", _("A skill cannot be merged into itself."))
        into = None
    if request.method == "POST" and into:
        skills.merge(skill, into)
        audit.record("skill.merged", by=request.user, on=skill, request=request, into=into.pk)
        messages.success(request, _("Merged. The old address leads to %(skill)s.") % {"skill": into.label})
        return redirect(into)
    moved = {"people": skill.holdings.count(), "jobs": skill.job_skills.count(), "words": skill.aliases.count()} if into else None
    context = {"skill": skill, "form": form, "into": into, "moved": moved}
    return render(request, "people/skill_merge.html", context, status=422 if form.is_bound and form.errors else 200)
