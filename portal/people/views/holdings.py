"""My skills, one at a time, and a colleague's word on having seen one at work."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal import clock, notices
from portal.people import forms, standing
from portal.people.models import PersonSkill, SkillConfirmation
from portal.people.skills import is_fading
from portal.people.views.profile import own


def mine(request, pk) -> PersonSkill:
    """One of the reader's own skills, or 404."""
    person = standing.of(request.user).person
    return get_object_or_404(PersonSkill.objects.select_related("tag", "content_object"), pk=pk, content_object=person)


@require_http_methods(["GET", "POST"])
def holding_create(request, slug):
    """Add a skill: by its words first; a known one opens its levels on the same form."""
    person = own(request, slug)
    choice = forms.SkillChoiceForm(request.POST or None, initial={"skill": request.GET.get("skill", "")})
    form = forms.HoldingForm(request.POST or None)
    valid = request.method == "POST" and choice.is_valid() & form.is_valid()
    if valid:
        skill = choice.cleaned_data["skill"]
        if PersonSkill.objects.filter(tag=skill, content_object=person).exists():
            choice.add_error("skill", _("This skill is on your page already."))
        else:
            form.instance.tag, form.instance.content_object, form.instance.confirmed_on = skill, person, clock.today()
            form.save()
            messages.success(request, _("%(skill)s is on your page.") % {"skill": skill.label})
            return redirect(f"{person.get_absolute_url()}#skills")
    context = {"person": person, "choice": choice, "form": form, "near": getattr(choice, "near", []), "form_has_errors": choice.errors or form.errors}
    return render(request, "people/holding_create.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def holding_edit(request, pk):
    """Saving says that it is still right: the skill is fresh again."""
    holding = mine(request, pk)
    form = forms.HoldingForm(request.POST or None, instance=holding)
    if request.method == "POST" and form.is_valid():
        form.instance.confirmed_on = clock.today()
        form.save()
        messages.success(request, _("Saved."))
        return redirect(f"{holding.content_object.get_absolute_url()}#skills")
    context = {"holding": holding, "person": holding.content_object, "form": form, "fading": is_fading(holding)}
    return render(request, "people/holding_edit.html", context, status=422 if form.is_bound else 200)


@require_POST
def holding_delete(request, pk):
    holding = mine(request, pk)
    holding.delete()
    messages.success(request, _("%(skill)s is off your page.") % {"skill": holding.tag.label})
    return redirect(f"{holding.content_object.get_absolute_url()}#skills")


@require_http_methods(["GET", "POST"])
def holding_confirm(request, pk):
    """A colleague saw this skill at work, and says what they saw; saying it again rewrites the line."""
    rows = PersonSkill.objects.allowing(request.user, "people.confirm_personskill").select_related("tag", "content_object__user")
    holding = get_object_or_404(rows, pk=pk)
    me = standing.of(request.user).person
    said = SkillConfirmation.objects.filter(holding=holding, by=me).first() or SkillConfirmation(holding=holding, by=me)
    form = forms.SeenForm(request.POST or None, instance=said)
    if request.method == "POST" and form.is_valid():
        new = said.pk is None
        said.on, said.language = clock.today(), request.user.language
        form.save()
        PersonSkill.objects.filter(pk=holding.pk).update(confirmed_on=clock.today())
        owner = holding.content_object
        if new and owner.user:
            sentence = lambda: _("%(name)s saw %(skill)s at work and says so on your page.") % {"name": me, "skill": holding.tag.label}  # noqa: E731
            notices.tell(owner.user, "people.skill_confirmed", sentence, url=f"{owner.get_absolute_url()}#skills")
        messages.success(request, _("Thank you. Your line is on the page of %(name)s.") % {"name": owner.first_name})
        return redirect(f"{owner.get_absolute_url()}#skills")
    context = {"holding": holding, "person": holding.content_object, "form": form, "said": said}
    return render(request, "people/holding_confirm.html", context, status=422 if form.is_bound else 200)


@require_POST
def confirmation_delete(request, pk):
    """Its author or whoever it speaks of takes the line away."""
    rows = SkillConfirmation.objects.allowing(request.user, "people.remove_skillconfirmation").select_related("holding__content_object")
    said = get_object_or_404(rows, pk=pk)
    said.delete()
    messages.success(request, _("The line is removed."))
    return redirect(f"{said.holding.content_object.get_absolute_url()}#skills")
