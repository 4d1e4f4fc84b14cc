"""The alumni's own zone: their home, the directory of those who agreed, their card, openings outside."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alumni import consenting, mentoring, zone
from alumni.forms_consents import CardForm
from alumni.models import AlumniCard
from alumni.permissions.consent import left
from portal import roles, rules
from portal.people import cards
from portal.people.models import Person
from portal.people.visibility import reader_of

PER_PAGE = 24


def alumni_only(request) -> Person:
    """The person behind the page, or 404 for whoever did not leave, or agreed to nothing."""
    if not roles.belongs(request.user, roles.ALUMNI):
        raise Http404
    return request.user.person


@require_GET
def home(request):
    """What waits for me as an alumnus: requests, the next session, what I agreed to, seats open outside."""
    me = alumni_only(request)
    requests = mentoring.waiting_for(request.user)
    context = {
        "person": me,
        "say": zone.sentence(me, requests),
        "requests": mentoring.drawn(requests),
        "next": mentoring.next_session(request.user),
        "offer": mentoring.offer_of(me),
        "pairs": mentoring.pairs_of(request.user),
        "scopes": zone.scopes(me),
        "reachable": consenting.agrees(me, consenting.Scope.REACHABLE),
    }
    return render(request, "alumni/zone_home.html", context)


@require_GET
def person_list(request):
    """Alumni who agreed to be found; and for alumni, the colleagues who opened part of their page to them."""
    reader = reader_of(request.user)
    if not (reader.colleague or reader.alumnus):
        raise Http404
    words = request.GET.get("q", "").strip()[:100]
    found = AlumniCard.objects.visible_to(request.user)
    for word in words.split():
        in_card = Q(topics__icontains=word, seen_by__topics__in=_levels(reader)) | Q(town__icontains=word, seen_by__town__in=_levels(reader))
        found = found.filter(Q(person__given_name__icontains=word) | Q(person__family_name__icontains=word) | Q(person__usual_name__icontains=word) | in_card)
    page = Paginator(zone.cards(found), PER_PAGE).get_page(request.GET.get("page"))
    lines = [zone.dressed(card, colleague=reader.colleague, alumnus=reader.alumnus, own=card.person_id == reader.person_id) for card in page.object_list]
    context = {"page_obj": page, "lines": lines, "q": words, "alumnus": reader.alumnus}
    if reader.alumnus:
        opened = Person.objects.visible_to(request.user).exclude(pk=reader.person_id).order_by("family_name", "given_name", "pk")
        colleagues = Paginator(opened, PER_PAGE).get_page(request.GET.get("colleagues"))
        context |= {"colleagues": colleagues, "colleague_cards": cards.dressed(colleagues.object_list, reader)}
    return render(request, "alumni/zone_people.html", context)


def _levels(reader) -> list[str]:
    return [AlumniCard.SeenBy.EVERYONE, *([AlumniCard.SeenBy.ALUMNI] if reader.alumnus else [])]


@require_GET
def person_detail(request, slug):
    """One card, as its owner opened it to this reader."""
    card = get_object_or_404(zone.cards(AlumniCard.objects.visible_to(request.user)), person__slug=slug)
    reader = reader_of(request.user)
    own = card.person_id == reader.person_id
    line = zone.dressed(card, colleague=reader.colleague, alumnus=reader.alumnus, own=own)
    return render(request, "alumni/zone_person.html", {"line": line, "own": own, "offer": mentoring.offer_shown(request.user, card.person)})


@require_http_methods(["GET", "POST"])
def card_edit(request):
    """My card: each line with its readers."""
    if not rules.may(request.user, "alumni.edit_alumnicard"):
        raise Http404
    me = request.user.person
    card = AlumniCard.objects.filter(person=me).first() or AlumniCard(person=me, topics=me.ask_me_about, language=me.language)
    form = CardForm(request.POST if request.method == "POST" else None, instance=card)
    if request.method == "POST" and form.is_valid():
        form.instance.language = request.user.language
        form.save()
        messages.success(request, _("Your card is saved."))
        return redirect("alumni:card_edit")
    reachable = consenting.agrees(me, consenting.Scope.REACHABLE)
    context = {"form": form, "reachable": reachable, "left": left(request.user)}
    return render(request, "alumni/zone_card.html", context, status=422 if form.is_bound else 200)


@require_GET
def opening_list(request):
    """Seats open outside: come back, or pass it on. Drawn by the stage that publishes them."""
    return render(request, "alumni/zone_openings.html", {"person": alumni_only(request)})
