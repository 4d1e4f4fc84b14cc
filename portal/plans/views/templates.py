"""Templates: list, one, its steps, and the offer of a change to the plans that run."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.plans import moments, offers
from portal.plans.forms import TemplateForm, TemplateStepForm
from portal.plans.models import PlanKind, Template, TemplateStep
from portal.rules import may


@require_GET
def template_list(request):
    """What plans are copied from."""
    if not may(request.user, "plans.view_template"):
        raise Http404
    templates = Template.objects.visible_to(request.user).select_related("site", "trade").annotate(count=Count("steps")).order_by("kind", "pk")
    return render(
        request,
        "plans/template_list.html",
        {"page_obj": Paginator(templates, 25).get_page(request.GET.get("page")), "may_add": may(request.user, "plans.change_template")},
    )


@require_GET
def template_detail(request, pk):
    """The steps of one template in the order of their days, and what the plans that run do not have yet."""
    found = Template.objects.visible_to(request.user).select_related("site", "trade").marking(request.user, may_change="plans.change_template")
    template = get_object_or_404(found, pk=pk)
    page = Paginator(template.steps.order_by("anchor", "span", "offset", "at", "pk"), 100).get_page(request.GET.get("page"))
    for step in page:
        step.when = moments.in_words(step.moment, departure=template.kind == PlanKind.DEPARTURE)
    return render(
        request, "plans/template_detail.html", {"template": template, "page_obj": page, "waiting": offers.count(template) if template.may_change else 0}
    )


def _changing(request, pk):
    return get_object_or_404(Template.objects.allowing(request.user, "plans.change_template"), pk=pk)


@require_http_methods(["GET", "POST"])
def template_create(request):
    if not may(request.user, "plans.change_template"):
        raise Http404
    form = TemplateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("plans:template_detail", form.save().pk)
    return render(request, "plans/template_edit.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def template_edit(request, pk):
    template = _changing(request, pk)
    form = TemplateForm(request.POST or None, instance=template)
    if request.method == "POST" and form.is_valid():
        return redirect("plans:template_detail", form.save().pk)
    return render(request, "plans/template_edit.html", {"form": form, "template": template}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def template_step_edit(request, pk, step=None):
    """Add or change one step; the plans that run are offered it afterwards, never changed behind anyone's back."""
    template = _changing(request, pk)
    instance = get_object_or_404(TemplateStep, pk=step, template=template) if step else TemplateStep(template=template)
    form = TemplateStepForm(request.POST or None, instance=instance)
    if request.method == "POST" and form.is_valid():
        offers.save_step(template, form.save(commit=False))
        messages.success(request, _("Kept in the template. Plans that run stay as they are until you offer them the change."))
        return redirect("plans:template_detail", template.pk)
    return render(request, "plans/template_step_edit.html", {"form": form, "template": template, "step": instance}, status=422 if form.errors else 200)


@require_POST
def template_step_delete(request, pk, step):
    template = _changing(request, pk)
    offers.drop_step(template, get_object_or_404(TemplateStep, pk=step, template=template))
    messages.success(request, _("Removed from the template. Plans that run keep their step until you offer them the change."))
    return redirect("plans:template_detail", pk)


@require_http_methods(["GET", "POST"])
def template_offer(request, pk):
    """What each running plan would gain, change or lose; the chosen ones are brought up to date with the version that was shown."""
    template = _changing(request, pk)
    if request.method == "POST":
        if request.POST.get("version") != str(template.version):
            messages.warning(request, _("The template changed while you read. This is what it says now."))
            return redirect("plans:template_offer", pk)
        count = offers.apply(template, {int(key) for key in request.POST.getlist("plan") if key.isdigit()}, by=request.user)
        messages.success(request, ngettext("%(n)s plan is up to date.", "%(n)s plans are up to date.", count) % {"n": count})
        return redirect("plans:template_detail", pk)
    return render(
        request, "plans/template_offer.html", {"template": template, "page_obj": Paginator(offers.preview(template), 100).get_page(request.GET.get("page"))}
    )
