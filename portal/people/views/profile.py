"""One person's page: read by colleagues as far as its owner chose, edited in place by its owner."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal import audit, clock, rules
from portal.people import cards, forms, path, photos, profile, standing, ties
from portal.people.models import Correction, Person
from portal.people.visibility import A_COLLEAGUE, AN_ALUMNUS, may_read, reader_of

SEEN_AS = {"me": gettext_lazy("Me"), "colleague": gettext_lazy("A colleague"), "alumni": gettext_lazy("Alumni")}
PARTS = {
    "name": (forms.NameForm, gettext_lazy("Your name, as people say it")),
    "ask": (forms.AskForm, gettext_lazy("Ask me about")),
    "contact": (forms.ContactForm, gettext_lazy("How to reach you")),
}


def visible(request, slug: str) -> Person:
    """The person at this address, with their seats, or 404."""
    people = path.with_path(Person.objects.visible_to(request.user)).select_related("employee", "absence_contact", "user")
    return get_object_or_404(people, slug=slug)


def own(request, slug: str) -> Person:
    """The reader's own person at this address, or 404."""
    return get_object_or_404(path.with_path(Person.objects.allowing(request.user, "people.edit_person")), slug=slug)


@require_GET
def person_detail(request, slug):
    person = visible(request, slug)
    mine = person.user_id == request.user.pk
    seen_as = request.GET.get("as", "me") if mine else ""
    reader = {"colleague": A_COLLEAGUE, "alumni": AN_ALUMNUS}.get(seen_as) or reader_of(request.user)
    me = mine and reader.person_id == person.pk
    around = ties.around(person, reader, Person.objects.visible_to(request.user))
    cards.dressed([one.person for one in around], reader)
    context = {
        "person": person,
        "page": profile.of(person, reader, own=me),
        "ties": around,
        "drawn_ties": ties.drawn(around),
        "may_ask_tie": not mine and rules.may(request.user, "people.ask_tie", person) and not ties.said(standing.of(request.user).person, person),
        "mine": mine,
        "me": me,
        "inside": reader_of(request.user).colleague,  # who is read about, and reported on, has a page this reader may open
        "seen_as": [(key, label, key == seen_as or (key == "me" and me)) for key, label in SEEN_AS.items()] if mine else [],
        "visibility_form": forms.VisibilityForm(person=person) if me else None,
        "corrections": Correction.objects.filter(person=person, status=Correction.Status.OPEN).allowing(request.user, "people.answer_correction") if me else [],
        "may_correct": not mine and rules.may(request.user, "people.correct_person", person),
    }
    return render(request, "people/person_detail.html", context)


@require_http_methods(["GET", "POST"])
def person_edit(request, slug, part):
    """One part of the own page, on its own form."""
    person = own(request, slug)
    if part not in PARTS:
        raise Http404
    form_class, title = PARTS[part]
    form = form_class(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(f"{person.get_absolute_url()}#{part}")
    context = {"person": person, "form": form, "title": title, "part": part}
    return render(request, "people/person_edit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def photo_edit(request, slug):
    person = own(request, slug)
    form = forms.PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        photos.put(person, form.cleaned_data["photo"])
        messages.success(request, _("Your photo is on your page."))
        return redirect(person)
    return render(request, "people/photo_edit.html", {"person": person, "form": form}, status=422 if form.is_bound else 200)


@require_POST
def photo_delete(request, slug):
    person = own(request, slug)
    photos.remove(person)
    messages.success(request, _("Your photo is removed."))
    return redirect(person)


@require_GET
def person_photo(request, slug):
    """The picture itself, for whoever may see it."""
    person = visible(request, slug)
    if not person.photo or not may_read("photo", person, reader_of(request.user)):
        raise Http404
    try:
        picture = person.photo.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(picture, content_type="image/webp")
    response["Content-Security-Policy"] = "default-src 'none'"
    return response


@require_POST
def visibility_save(request, slug):
    """Who sees what: one level for each field, at once everywhere."""
    person = own(request, slug)
    form = forms.VisibilityForm(request.POST, person=person)
    if form.is_valid():
        person.visibility = form.chosen()
        person.save(update_fields=["visibility"])
        messages.success(request, _("Saved. What is hidden is also hidden from search, filters, counts and exports."))
    else:
        messages.error(request, _("Choose who sees each line from its list."))
    return redirect(f"{person.get_absolute_url()}#seen")


@require_POST
def person_confirm(request, slug):
    """Everything is still right, for a year."""
    person = own(request, slug)
    person.confirmed_at = clock.today()
    person.save(update_fields=["confirmed_at"])
    ties.renew(person)
    messages.success(request, _("Thank you. We ask again in a year."))
    return redirect(person)


@require_POST
def nudge_decline(request, slug):
    """Not now: the same thing is not asked again for six months."""
    person = own(request, slug)
    name = request.POST.get("name", "")[:40]
    person.declined = {**person.declined, name: clock.today().isoformat()}
    person.save(update_fields=["declined"])
    return redirect(person)


@require_http_methods(["GET", "POST"])
def person_correct(request, slug):
    """The People team corrects the official lines."""
    person = get_object_or_404(path.with_path(Person.objects.allowing(request.user, "people.correct_person")), slug=slug)
    form = forms.OfficialForm(request.POST or None, instance=person, seat=path.of(person).main)
    if request.method == "POST" and form.is_valid():
        form.save()
        audit.record("person.corrected", by=request.user, on=person, request=request, fields=sorted(form.changed_data))
        messages.success(request, _("The official lines are corrected."))
        return redirect(person)
    return render(request, "people/person_correct.html", {"person": person, "form": form}, status=422 if form.is_bound else 200)
