"""Pages of mentoring before two people meet: what one offers, what one seeks, names with reasons, requests and answers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alumni import consenting, mentoring, pool, words
from alumni.forms_mentoring import AskForm, OfferForm, ReplyForm, SeekForm
from alumni.models import Offer, Request
from alumni.permissions.mentoring import may_offer, may_seek
from alumni.transitions import mentoring as transitions
from portal import roles, rules
from portal.moves import MoveRefused
from portal.pages import acted, form_page, posted, said
from portal.people import cards, path, standing
from portal.people.models import PersonSkill
from portal.people.visibility import readable_skills, reader_of


@require_GET
def home(request):
    """Mentoring as I have it: requests for me, my pairs, my offer; names for me, and the request that waits."""
    user = request.user
    pairs = mentoring.pairs_of(user)
    alumnus = roles.belongs(user, roles.ALUMNI)
    if not (may_seek(user) or alumnus or pairs):
        raise Http404
    me = standing.of(user).person
    seeks = may_seek(user)
    busy = any(line["pair"].status != "ended" and not line["mentoring"] for line in pairs)
    context = {
        "requests": mentoring.drawn(mentoring.waiting_for(user)),
        "pairs": pairs,
        "next": mentoring.next_session(user),
        "offer": mentoring.offer_of(me),
        "may_offer": may_offer(user),
        "alumnus": alumnus,
        "agrees": alumnus and consenting.agrees(me, consenting.Scope.MENTOR),
        "seeks": seeks,
        "seek": mentoring.seek_of(me) if seeks else None,
        "busy": busy,
        "asked": mentoring.asked_by(user) if seeks else None,
        "names": mentoring.names_for(user) if seeks and not busy else [],
        "may_count": rules.may(user, "alumni.count_offer"),
    }
    return render(request, "alumni/mentoring.html", context)


@require_http_methods(["GET", "POST"])
def offer_edit(request):
    """What I offer: skills, subjects, how many, when, where; pauses."""
    if not rules.may(request.user, "alumni.make_offer"):
        raise Http404
    me = standing.of(request.user).person
    offer = Offer.objects.filter(person=me).first() or Offer(person=me, language=request.user.language)
    seat = path.of(me).main
    form = OfferForm(posted(request), instance=offer, person=me, near=mentoring.offered_skills(me), town=seat.site.city if seat else "")
    if said(request, form, lambda: transitions.open_offer(form, by=request.user), _("Your offer is saved. You are asked no more than the places you give.")):
        return redirect("alumni:mentoring")
    return form_page(request, "alumni/mentor_offer.html", form, offer=offer if offer.pk and offer.open else None)


@require_POST
def offer_close(request):
    if not rules.may(request.user, "alumni.make_offer"):
        raise Http404
    transitions.close_own(by=request.user)
    messages.success(request, _("You are no longer among the mentors. Who asked you gets other names."))
    return redirect("alumni:mentoring")


@require_http_methods(["GET", "POST"])
def seek_edit(request):
    """What I would like of a mentor; three names follow."""
    if not rules.may(request.user, "alumni.make_seek"):
        raise Http404
    me = standing.of(request.user).person
    form = SeekForm(posted(request), instance=mentoring.seek_of(me), person=me, near=mentoring.near_skills(me))
    if said(request, form, lambda: transitions.seek(form, by=request.user), _("Thank you. Three names are chosen for you within a minute or two.")):
        return redirect("alumni:mentoring")
    return form_page(request, "alumni/mentor_seek.html", form)


@require_POST
def seek_stop(request):
    if not rules.may(request.user, "alumni.make_seek"):
        raise Http404
    transitions.stop_seeking(by=request.user)
    messages.success(request, _("Forgotten: what you were looking for, and the names."))
    return redirect("alumni:mentoring")


def offer_for(request, slug) -> Offer:
    offers = mentoring.with_seats(Offer.objects.allowing(request.user, "alumni.ask_offer").prefetch_related("skills"), "person")
    return get_object_or_404(offers, person__slug=slug)


@require_GET
def mentor_detail(request, slug):
    """What one mentor offers, for whoever may ask them."""
    offer = offer_for(request, slug)
    person = cards.dress(offer.person, reader_of(request.user))
    left = pool.places_left([offer])[person.pk]
    context = {"offer": offer, "person": person, "sub": mentoring.seat_words(person), "left": left}
    context |= {"tongues": words.tongue_names(offer.tongues), "when": words.when_names(offer.when)}
    return render(request, "alumni/mentor_detail.html", context | mentoring.held_back(request.user))


@require_http_methods(["GET", "POST"])
def request_create(request, slug):
    """Ask one mentor, in a few words."""
    offer = offer_for(request, slug)
    form = AskForm(posted(request))
    done = _("Sent. %(name)s has seven days to answer.") % {"name": offer.person.first_name}
    if said(request, form, lambda: transitions.ask(offer.pk, by=request.user, words=form.cleaned_data["words"], language=request.user.language), done):
        return redirect("alumni:mentoring")
    person = cards.dress(offer.person, reader_of(request.user))
    waits = mentoring.held_back(request.user)
    return form_page(request, "alumni/mentor_ask.html", form, offer=offer, person=person, sub=mentoring.seat_words(person), **waits)


@require_GET
def request_detail(request, pk):
    """One request: the mentor answers it here, whoever asked sees where it stands."""
    rows = mentoring.with_seats(Request.objects.visible_to(request.user), "seeker", "mentor")
    asked = get_object_or_404(rows, pk=pk)
    mine = asked.seeker_id == standing.of(request.user).person.pk
    person = asked.mentor if mine else asked.seeker
    context = {
        "asked": asked,
        "mine": mine,
        "person": cards.dress(person, reader_of(request.user)),
        "sub": mentoring.seat_words(person),
        "reasons": words.for_seeker(asked) if mine else words.for_mentor(asked),
        "form": ReplyForm(),
        "may_answer": rules.may(request.user, "alumni.answer_request", asked),
        "pair": getattr(asked, "pair", None),
    }
    return render(request, "alumni/mentor_request.html", context)


def _reply(request) -> str:
    form = ReplyForm(request.POST)
    return form.cleaned_data["reply"] if form.is_valid() else ""


@require_POST
def request_accept(request, pk):
    get_object_or_404(Request.objects.allowing(request.user, "alumni.answer_request"), pk=pk)
    try:
        pair = transitions.accept(pk, by=request.user, reply=_reply(request))
    except MoveRefused as refused:
        messages.error(request, str(refused))
        return redirect("alumni:request_detail", pk)
    messages.success(request, _("Said yes. Agree on what you want to reach, then plan the first session."))
    return redirect(pair)


@require_POST
def request_decline(request, pk):
    get_object_or_404(Request.objects.allowing(request.user, "alumni.answer_request"), pk=pk)
    done = _("Said not now. They get other names; no reason is asked.")
    return acted(request, lambda: transitions.decline(pk, by=request.user, reply=_reply(request)), done, "alumni:mentoring")


@require_POST
def request_withdraw(request, pk):
    get_object_or_404(Request.objects.allowing(request.user, "alumni.withdraw_request"), pk=pk)
    return acted(request, lambda: transitions.take_back(pk, by=request.user), _("Taken back. You may ask somebody else."), "alumni:mentoring")


@require_GET
def health(request):
    """Figures of mentoring for the People team: never a name nor a word."""
    if not rules.may(request.user, "alumni.count_offer"):
        raise Http404
    return render(request, "alumni/mentoring_health.html", {"rows": mentoring.health(), "fewest": mentoring.FEWEST})


def holders(user, skill):
    """Who can mentor on `skill`, as far as `user` may ask them: by their offer, or by a skill they show."""
    shown = PersonSkill.objects.filter(readable_skills(reader_of(user)), tag=skill, level__gte=PersonSkill.Level.SKILLED).values("content_object")
    offers = Offer.objects.allowing(user, "alumni.ask_offer")
    return offers.filter(skills=skill) | offers.filter(person__in=shown)
