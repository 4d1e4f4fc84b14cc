"""Following a trade, a team or a seat, and half an hour with somebody who does the job."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mobility import following, talking
from mobility.forms import TalkForm
from mobility.models import Follow
from mobility.views import colleague_only
from portal.moves import MoveRefused
from portal.pages import back, form_page, posted
from portal.people.models import JobDescription, Opening, Person, Team, Trade
from portal.people.visibility import may_read, reader_of


@require_POST
def follow_create(request):
    """Follow a trade, a team, or the seat of somebody: `what` says which, `slug` names it."""
    colleague_only(request)
    what, slug = request.POST.get("what", ""), request.POST.get("slug", "")
    if what == "trade":
        wanted = {"trade": get_object_or_404(Trade.objects.filter(jobs__in=JobDescription.objects.visible_to(request.user)).distinct(), slug=slug)}
    elif what == "team":
        wanted = {"team": get_object_or_404(Team.objects.visible_to(request.user), slug=slug)}
    elif what == "seat":
        wanted = {"holder": get_object_or_404(Person.objects.visible_to(request.user), slug=slug)}
    else:
        raise Http404
    try:
        what = following.label(following.follow(by=request.user, **wanted))
        messages.success(request, _("You follow %(what)s. A notice tells you when such a seat opens; nobody sees that you follow it.") % {"what": what})
    except MoveRefused as refused:
        messages.error(request, str(refused))
    return back(request, "mobility:application_list")


@require_POST
def follow_delete(request, pk):
    follow = get_object_or_404(Follow.objects.allowing(request.user, "mobility.stop_follow"), pk=pk)
    following.stop(follow.pk, by=request.user)
    messages.success(request, _("You no longer follow it. Nobody is told."))
    return back(request, "mobility:application_list")


@require_http_methods(["GET", "POST"])
def talk_plan(request, slug, person):
    """Choose a day and an hour, and take the file along; nothing of it stays here."""
    me, reader = colleague_only(request), reader_of(request.user)
    openings = Opening.objects.visible_to(request.user).filter(status=Opening.Status.OPEN)
    opening = get_object_or_404(openings.select_related("job", "site"), slug=slug)
    talker = next(iter(talking.talkers(opening, reader, slug=person)), None)
    if talker is None or not talker.person.work_email:
        raise Http404
    form = TalkForm(posted(request), site=talker.site)
    if request.method == "POST" and form.is_valid():
        starts_at = talking.moment(talker.site, form.cleaned_data["day"], form.cleaned_data["hour"])
        book = talking.file_for(me, me.work_email or request.user.email, talker, opening.job, starts_at)
        response = HttpResponse(book, content_type="text/calendar; charset=utf-8; method=REQUEST")
        response["Content-Disposition"] = 'attachment; filename="half-an-hour.ics"'
        return response
    pattern = talker.person.working_pattern if may_read("working_pattern", talker.person, reader) else ""
    context = {"opening": opening, "talker": talker, "pattern": pattern, "first": talking.FIRST, "last": talking.LAST}
    return form_page(request, "mobility/talk_plan.html", form, **context)
