"""The newcomer's side: the page before and on the first day, by private link and signed in; questions and check-ins."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onboarding import checkins, dayone, transitions
from onboarding.forms import AnswerForm, CheckInForm, QuestionForm
from onboarding.models import Arrival, CheckIn, Question
from onboarding.models.arrival import hashed
from portal import notices
from portal.moves import MoveRefused
from portal.pages import back
from portal.people import standing
from portal.plans import calendar


def _mine(request) -> Arrival:
    """The reader's own arrival; the last one, should they have come twice."""
    arrivals = Arrival.objects.allowing(request.user, "onboarding.live_arrival").exclude(plan__status="cancelled")
    found = (
        arrivals.select_related("plan__person__user", "plan__site", "plan__manager__user", "plan__buddy__user", "plan__assignment__team")
        .order_by("-plan__first_day")
        .first()
    )
    if found is None:
        raise Http404
    return found


@require_GET
def day_one(request):
    """My first day: the page that shows what helps now, and becomes the home on the day itself."""
    arrival = _mine(request)
    return render(request, "onboarding/day_one.html", dayone.context(arrival, request.user))


@require_GET
def day_one_print(request):
    """My day on paper; codes are never on it."""
    arrival = _mine(request)
    return render(request, "onboarding/day_one_print.html", {**dayone.context(arrival, request.user), "back": reverse("onboarding:day_one")})


@require_GET
def day_one_calendar(request):
    """The appointments of my first day, for a calendar."""
    arrival = _mine(request)
    response = HttpResponse(calendar.of_steps(list(dayone.agenda(arrival))), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="first-day.ics"'
    return response


@require_GET
def day_one_preview(request, pk):
    """The same page as the newcomer has it, for whoever prepares it; no code can be shown here."""
    arrival = get_object_or_404(
        Arrival.objects.allowing(request.user, "onboarding.change_arrival").select_related(
            "plan__person__user", "plan__site", "plan__manager__user", "plan__buddy__user"
        ),
        pk=pk,
    )
    return render(request, "onboarding/day_one.html", {**dayone.context(arrival, None), "preview": True})


@login_not_required
@never_cache
@require_GET
def welcome(request, token):
    """Before the account: the private link of the letter opens this page, which holds no code and no one else's data."""
    arrival = _by_link(token)
    return render(request, "onboarding/welcome.html", {**dayone.context(arrival, None), "token": token})


@login_not_required
@never_cache
@require_POST
def welcome_account(request, token):
    """Open the account; they sign in by a code sent to the same address."""
    arrival = _by_link(token)
    try:
        transitions.open_account(arrival)
    except MoveRefused as reason:
        messages.error(request, str(reason))
        return redirect("welcome:page", token)
    messages.success(request, _("Your account is open. Enter your address: we send you a code."))
    return redirect("account_request_login_code")


@login_not_required
@never_cache
@require_POST
def welcome_question(request, token):
    """A question from the private page."""
    return _ask(request, _by_link(token), redirect("welcome:page", token))


@require_POST
def question_create(request):
    """A question from my page."""
    return _ask(request, _mine(request), back(request, reverse("onboarding:day_one")))


def _by_link(token: str) -> Arrival:
    found = Arrival.objects.filter(link_hash=hashed(token)).exclude(plan__status="cancelled")
    found = found.select_related("plan__person__user", "plan__site", "plan__manager__user", "plan__buddy__user", "plan__assignment__team").first()
    if found is None or not dayone.link_holds(found):
        raise Http404
    return found


def _ask(request, arrival: Arrival, answer):
    form = QuestionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write your question first."))
        return answer
    question = Question.objects.create(arrival=arrival, text=form.cleaned_data["text"])
    for person in {arrival.plan.buddy, arrival.plan.manager} - {None}:
        if person.user:
            notices.tell(
                person.user,
                "onboarding.question",
                lambda: _("%(name)s asks something before the first day.") % {"name": arrival.person.display_name},
                url=reverse("onboarding:question_answer", args=[question.pk]),
                mail="onboarding/mail/question.txt",
                context={"question": question, "person": arrival.person},
            )
    messages.success(request, _("Your question is on its way. The answer comes here."))
    return answer


@require_http_methods(["GET", "POST"])
def question_answer(request, pk):
    """Answer a newcomer's question; the answer is on their page."""
    question = get_object_or_404(Question.objects.allowing(request.user, "onboarding.answer_question").select_related("arrival__plan__person__user"), pk=pk)
    form = AnswerForm(request.POST or None, initial={"answer": question.answer})
    if request.method == "POST" and form.is_valid():
        dayone.answer(question, form.cleaned_data["answer"], by=standing.of(request.user).person)
        messages.success(request, _("Answered."))
        return redirect(question.arrival)
    return render(request, "onboarding/question_answer.html", {"question": question, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def checkin_answer(request, pk):
    """Three questions; who reads them is said on the form."""
    checkin = get_object_or_404(
        CheckIn.objects.allowing(request.user, "onboarding.answer_checkin").select_related("arrival__plan__buddy"), pk=pk, asked_at__isnull=False
    )
    form = CheckInForm(request.POST or None, instance=checkin)
    if request.method == "POST" and form.is_valid():
        checkins.answer(pk, **form.cleaned_data, by=request.user)
        messages.success(request, _("Thank you. Only those you named can read it."))
        return redirect("onboarding:day_one")
    return render(request, "onboarding/checkin_answer.html", {"checkin": checkin, "form": form}, status=422 if form.errors else 200)


@require_GET
def checkin_list(request):
    """The check-ins I may read."""
    checkins_read = CheckIn.objects.visible_to(request.user).filter(answered_at__isnull=False).select_related("arrival__plan__person").order_by("-answered_at")
    return render(request, "onboarding/checkin_list.html", {"page_obj": Paginator(checkins_read, 25).get_page(request.GET.get("page"))})
