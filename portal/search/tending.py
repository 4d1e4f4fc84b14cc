"""How the People team makes search better: words that found nothing, usual names."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal import rules
from portal.search import documents, finder
from portal.search.forms import UsualNameForm
from portal.search.models import Miss, UsualName

PER_PAGE = 25
NEAR = 5  # things proposed for a repair


def _page(request, rows):
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def misses(request):
    """Words that found nothing, the most frequent first."""
    if not rules.may(request.user, "search.view_miss"):
        raise Http404
    return render(request, "search/misses.html", {"page_obj": _page(request, Miss.objects.visible_to(request.user).filter(settled=""))})


@require_http_methods(["GET", "POST"])
def miss_settle(request, pk):
    """Choose what these words should lead to from now on."""
    miss = get_object_or_404(Miss.objects.allowing(request.user, "search.change_miss"), pk=pk)
    if request.method == "POST":
        with transaction.atomic():
            miss.settled = _apply(request, miss)[:200]
            miss.save(update_fields=["settled"])
        messages.success(request, miss.settled)
        return redirect("search_misses")
    offers = [(remedy, _near(request.user, miss.words, remedy.kind) if remedy.kind else []) for remedy in documents.remedies()]
    return render(request, "search/miss_settle.html", {"miss": miss, "offers": offers})


def _apply(request, miss: Miss) -> str:
    remedy = next((each for each in documents.remedies() if each.name == request.POST.get("remedy")), None)
    choice = request.POST.get("choice", "")
    if remedy is None or (remedy.kind and not choice.isdigit()):
        raise Http404
    return remedy.do(request.user, miss.words, choice)


def _near(user, words: str, kind: str) -> list:
    """Things these words may have meant: any word, any spelling; else the first by name."""
    hits = finder.suggest(user, words, kinds=[kind], limit=NEAR)
    for word in words.split():
        hits += [hit for hit in finder.suggest(user, word[:4], kinds=[kind], limit=NEAR) if hit.key not in {known.key for known in hits}]
    return hits[:NEAR]


@require_POST
def miss_forget(request, pk):
    """Nothing to do about these words."""
    get_object_or_404(Miss.objects.allowing(request.user, "search.change_miss"), pk=pk).delete()
    messages.success(request, _("Forgotten."))
    return redirect("search_misses")


@require_http_methods(["GET", "POST"])
def usual_names(request):
    """The table of usual names and diminutives; a new line takes effect within seconds."""
    if not rules.may(request.user, "search.change_usualname"):
        raise Http404
    form = UsualNameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pair = form.save()
        messages.success(request, _("%(short)s now also finds %(full)s.") % {"short": pair.short, "full": pair.full})
        return redirect("search_usual_names")
    rows = UsualName.objects.visible_to(request.user)
    text = request.GET.get("q", "").strip()
    if text:
        rows = rows.filter(short__istartswith=text) | rows.filter(full__istartswith=text)
    context = {"form": form, "form_has_errors": form.is_bound, "page_obj": _page(request, rows), "q": text}
    return render(request, "search/usual_names.html", context, status=422 if form.is_bound else 200)


@require_POST
def usual_name_delete(request, pk):
    """Take one line out of the table."""
    pair = get_object_or_404(UsualName.objects.allowing(request.user, "search.change_usualname"), pk=pk)
    pair.delete()
    messages.success(request, _("%(short)s no longer stands for %(full)s.") % {"short": pair.short, "full": pair.full})
    return redirect("search_usual_names")
