"""Bringing people in from a file, for the People team: upload, columns, preview, confirm, result."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal import audit, rules
from portal.moves import MoveRefused
from portal.people.importing import exporting, forms, mapping, sheets, transitions
from portal.people.importing.planning import label
from portal.people.models import ImportRow, PeopleImport

ROWS = 50
KINDS = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
Status = PeopleImport.Status


def _demand(request):
    """Whoever may not bring people in finds nothing here."""
    if not rules.may(request.user, "people.import_person"):
        raise Http404


@require_http_methods(["GET", "POST"])
def import_list(request):
    """Give a file; the files given before."""
    _demand(request)
    form = forms.FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("people:import_detail", transitions.begin(form.cleaned_data["file"], by=request.user).pk)
        except sheets.Unreadable as error:
            form.add_error("file", str(error))
    given = PeopleImport.objects.visible_to(request.user).select_related("by__person")
    page = Paginator(given, 20).get_page(request.GET.get("page"))
    return render(request, "people/import_list.html", {"form": form, "page_obj": page}, status=422 if form.errors else 200)


@require_GET
def import_detail(request, pk):
    """Where this file stands."""
    bringing = get_object_or_404(PeopleImport.objects.visible_to(request.user), pk=pk)
    if bringing.status == Status.CHOOSING:
        return _columns(request, bringing, forms.ColumnsForm(bringing=bringing))
    kind = request.GET.get("kind", "")
    rows = bringing.rows.filter(kind=kind) if kind in ImportRow.Kind.values else bringing.rows.all()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    for row in page:
        row.said = [(label(name), before, after) for name, before, after in row.changes]
    counts = bringing.findings.get("counts", {})
    context = {
        "bringing": bringing,
        "working": bringing.status in (Status.CHECKING, Status.WRITING),
        "page_obj": page,
        "kind": kind,
        "kinds": [(value, words, counts.get(value, 0)) for value, words in ImportRow.Kind.choices],
        "writes": counts.get("create", 0) + counts.get("change", 0),
        "counts": counts,
    }
    return render(request, "people/import_detail.html", context)


@require_POST
def import_columns(request, pk):
    bringing = get_object_or_404(PeopleImport.objects.visible_to(request.user), pk=pk)
    form = forms.ColumnsForm(request.POST, bringing=bringing)
    if form.is_valid():
        try:
            transitions.map_columns(pk, form.mapping(), by=request.user)
            return redirect("people:import_detail", pk)
        except mapping.Unusable as error:
            form.add_error(None, str(error))
        except MoveRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("people:import_detail", pk)
    return _columns(request, bringing, form)


@require_POST
def import_move(request, pk, verb):
    """Confirm, choose the columns again, or give up."""
    get_object_or_404(PeopleImport.objects.visible_to(request.user), pk=pk)
    verbs = {"confirm": transitions.confirm, "choose": transitions.choose_again, "cancel": transitions.cancel}
    try:
        verbs[verb](pk, by=request.user)
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    if verb == "cancel":
        messages.success(request, _("Given up. Nobody was touched."))
        return redirect("people:import_list")
    return redirect("people:import_detail", pk)


def _columns(request, bringing, form):
    never, _unused = mapping.from_json(bringing.mapping).dropped(bringing.headings)
    context = {"bringing": bringing, "form": form, "never": never}
    return render(request, "people/import_columns.html", context, status=422 if form.is_bound else 200)


@require_GET
def people_export(request, kind):
    """Everybody, in the columns an import reads: CSV or XLSX."""
    if kind not in KINDS or not rules.may(request.user, "people.import_person"):
        raise Http404
    rows = list(exporting.rows())
    audit.record("people.exported", by=request.user, on="people.person", request=request, rows=len(rows))
    response = HttpResponse(sheets.written(f"people.{kind}", exporting.headings(), rows), content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="people.{kind}"'
    return response
