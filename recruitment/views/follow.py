"""The candidate's own page, behind a private link: where it stands, messages, documents, data, and the way out."""

import functools

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal import audit, bell, clock, notices
from portal.moves import MoveRefused, remember
from recruitment import erasing, forms, journey, transitions
from recruitment.cv import files
from recruitment.limits import limited
from recruitment.models import Application, LinkRequest, Message, PrivateLink
from recruitment.models.application import POOL_LASTS, token_hash
from recruitment.views.apply import secret


def held(view):
    """The view gets the application its private link opens; 404 otherwise, in the same words for a wrong link."""

    @functools.wraps(view)
    @login_not_required
    @limited("follow", most=60, minutes=60)
    @secret
    def wrapped(request, token, *args, **kwargs):
        related = ("application__opening__job", "application__opening__site", "application__opening__hiring_manager")
        more = ("application__stage__process__recruiter", "application__advert", "application__person", "application__cv")
        link = PrivateLink.objects.select_related(*related, *more).filter(token_hash=token_hash(token)).first()
        if link is None:
            raise Http404
        return view(request, link.application, token, *args, **kwargs)

    return wrapped


def shown(request, application, token, status=200, **context):
    """The tracking page."""
    context = {"talk": forms.Talk(), **context}
    messages = application.messages.select_related("by__person")
    context |= {
        "public_nav": "follow",
        "application": application,
        "person": application.person,
        "text": application.advert.text,
        "journey": journey.of(application),
        "messages_both": messages,
        "token": token,
        "openings_of_cv": cv_openings(application),
        "form_has_errors": bool(context["talk"].errors),
    }
    return render(request, "recruitment/follow.html", context, status=status)


def cv_openings(application) -> list:
    """When the CV was opened, without names of more people than needed: the day of each reading."""
    if not application.cv_id:
        return []
    return list(erasing.readings(application).values_list("at", flat=True)[:5])


@held
def application(request, application, token):
    return shown(request, application, token)


@held
def received(request, application, token):
    """Right after sending: what happens next, and where the private link went."""
    name, _at, host = application.email.partition("@")
    context = {"application": application, "person": application.person, "text": application.advert.text, "journey": journey.of(application), "token": token}
    return render(request, "recruitment/received.html", context | {"masked": f"{name[:1]}…@{host}", "public_nav": "jobs"})


@held
@require_POST
def talk(request, application, token):
    form = forms.Talk(request.POST)
    if not form.is_valid():
        return shown(request, application, token, status=422, talk=form)
    Message.objects.create(application=application, from_candidate=True, text=form.cleaned_data["text"])
    reader = journey.of(application).actor
    if reader.user_id:
        notices.tell(
            reader.user,
            "recruitment.message",
            lambda: _("A message about %(code)s") % {"code": application.face.display_name},
            url=f"{application.get_absolute_url()}messages/",
        )
    return redirect(redirect("recruitment:follow_application", token).url + "#messages")


@held
@require_http_methods(["GET", "POST"])
def replace_cv(request, application, token):
    """Another CV while the application is in process; the one before is erased."""
    if journey.known_status(application) not in Application.LIVE:
        raise Http404
    form = forms.Replace(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        before, application.cv = application.cv, form.cleaned_data["cv"]
        application.save(update_fields=["cv"])
        remember(application, "cv_replaced")
        if before:
            before.erase()
        bell.ring("recruitment.draw_cvs")
        return redirect("recruitment:follow_application", token)
    context = {"form": form, "application": application, "text": application.advert.text, "token": token, "public_nav": "follow"}
    return render(
        request,
        "recruitment/replace_cv.html",
        context | {"size": files.size_in_words(application.cv.size) if application.cv else ""},
        status=422 if form.is_bound else 200,
    )


@held
@require_http_methods(["GET", "POST"])
def withdraw(request, application, token):
    """One page, one button."""
    if request.method == "POST":
        return _moved(request, application, token, lambda: transitions.withdraw(application))
    return render(request, "recruitment/withdraw.html", {"application": application, "text": application.advert.text, "token": token, "public_nav": "follow"})


@held
@require_http_methods(["GET", "POST"])
def offer(request, application, token):
    """The offer, to accept or decline by a button."""
    now = journey.of(application)
    if now.offer is None:
        raise Http404
    if request.method == "POST":
        verb = transitions.accept_offer if request.POST.get("answer") == "yes" else transitions.decline_offer
        return _moved(request, application, token, lambda: verb(application))
    return render(
        request,
        "recruitment/offer.html",
        {"application": application, "offer": now.offer, "text": application.advert.text, "token": token, "public_nav": "follow"},
    )


def _moved(request, application, token, act):
    """Do it and go back to the page; say in words why not when it cannot be."""
    try:
        act()
    except MoveRefused as refusal:
        application.refresh_from_db()
        return shown(request, application, token, status=409, trouble=str(refusal))
    return redirect("recruitment:follow_application", token)


@held
@require_POST
def pool(request, application, token):
    """Agree to be written to about other jobs for a year, or stop it at once."""
    application.pool_until = None if application.pool_until else clock.today() + POOL_LASTS
    application.save(update_fields=["pool_until"])
    return redirect(redirect("recruitment:follow_application", token).url + "#data")


@held
@require_GET
def download(request, application, token):
    """Everything we hold about this application, notes and readings of the CV included."""
    audit.record("application.exported", on=application, request=request)
    response = JsonResponse(erasing.everything(application), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="{application.reference}.json"'
    return response


@held
@require_http_methods(["GET", "POST"])
def correct(request, application, token):
    """Correct one's name, address or number, until the application becomes a contract."""
    if not application.may_be_corrected:
        raise Http404
    person = application.person
    known = {"given_name": person.given_name, "family_name": person.family_name, "email": application.email, "phone": application.phone}
    form = forms.Reach(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        return _moved(request, application, token, lambda: transitions.correct(application, **form.cleaned_data))
    context = {"form": form, "application": application, "text": application.advert.text, "token": token, "public_nav": "follow"}
    return render(request, "recruitment/correct.html", context, status=422 if form.is_bound else 200)


@held
@require_http_methods(["GET", "POST"])
def erase(request, application, token):
    """Delete the application and all that goes with it, unless it became a contract."""
    if request.method == "POST" and application.status not in (Application.Status.HIRED, Application.Status.ACCEPTED):
        erasing.erase(application, request=request)
        return render(request, "recruitment/erased.html", {"public_nav": "follow"})
    return render(request, "recruitment/erase.html", {"application": application, "text": application.advert.text, "token": token, "public_nav": "follow"})


@login_not_required
@require_http_methods(["GET", "POST"])
@limited("lost_link", most=6, minutes=60)
def lost_link(request):
    """Ask again for a lost link: the answer and its time are the same whether we know the address or not."""
    form = forms.LostLink(request.POST if request.method == "POST" else None)
    asked = request.method == "POST" and form.is_valid()
    if asked:
        LinkRequest.objects.create(email=form.cleaned_data["email"], language=get_language()[:2])
        bell.ring("recruitment.answer_link_requests")
    context = {"form": form, "asked": asked, "public_nav": "follow"}
    return render(request, "recruitment/lost_link.html", context, status=422 if form.is_bound and not asked else 200)
