"""What is handed over: naming a topic, who takes it, the session, and the word of who takes it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alumni import know_how
from alumni.forms_departure import TopicForm
from alumni.models import Topic
from alumni.transitions import handover
from alumni.views.departures import found
from portal.pages import acted, form_page, posted, said
from portal.people.models import PersonSkill
from portal.people.visibility import readable_skill, reader_of
from portal.rules import may

VERBS = {
    "confirm": (handover.confirm_topic, "alumni.confirm_topic"),
    "not-yet": (handover.unconfirm_topic, "alumni.confirm_topic"),
    "drop": (handover.drop_topic, "alumni.change_topic"),
    "pick-up": (handover.pick_up_topic, "alumni.change_topic"),
}


def topic_of(request, pk, rule="alumni.view_topic") -> Topic:
    topics = Topic.objects.allowing(request.user, rule).select_related("departure__person", "departure__site", "departure__plan", "taker", "skill")
    return get_object_or_404(topics, pk=pk)


def _values(form) -> dict:
    names = ("title", "taker", "session_at", "place", "link", "note")
    return {name: form.cleaned_data[name] for name in names}


@require_http_methods(["GET", "POST"])
def topic_create(request, pk):
    """One more thing to hand over; `?skill=` names it after a skill few others have."""
    departure = found(request, pk, "alumni.hand_over_departure")
    holding = PersonSkill.objects.filter(content_object=departure.person, tag__slug=request.GET.get("skill", "")).select_related("tag").first()
    if holding and not readable_skill(holding, departure.person, reader_of(request.user)):
        holding = None
    skill = holding.tag if holding else None
    form = TopicForm(posted(request), departure=departure, initial={"title": str(skill.label) if skill else ""})
    if said(request, form, lambda: handover.add_topic(pk, _values(form), by=request.user, skill=skill), _("The topic is on the map.")):
        return redirect(departure.get_absolute_url() + "#know-how")
    return form_page(request, "alumni/handover_edit.html", form, departure=departure, topic=None)


@require_http_methods(["GET", "POST"])
def topic_edit(request, pk):
    topic = topic_of(request, pk, "alumni.change_topic")
    form = TopicForm(posted(request), instance=topic, departure=topic.departure)
    if said(request, form, lambda: handover.change_topic(pk, _values(form), by=request.user), _("The topic is changed.")):
        return redirect("alumni:topic_detail", pk)
    return form_page(request, "alumni/handover_edit.html", form, departure=topic.departure, topic=topic)


@require_GET
def topic_detail(request, pk):
    """One topic, as who takes it over reads it too: they see this page, not the departure's."""
    topic, user = topic_of(request, pk), request.user
    context = {
        "topic": topic,
        "departure": topic.departure,
        "person": topic.departure.person,
        "may_see": may(user, "alumni.view_departure", topic.departure),
        "may_change": may(user, "alumni.change_topic", topic),
        "may_confirm": may(user, "alumni.confirm_topic", topic),
    }
    return render(request, "alumni/handover_detail.html", context)


@require_POST
def topic_change(request, pk, verb):
    """Confirmed by who takes it over, not yet after all, not needed, needed after all."""
    if verb not in VERBS:
        raise Http404
    act, rule = VERBS[verb]
    topic_of(request, pk, rule)
    return acted(request, lambda: act(pk, by=request.user), _("Noted."), f"/departures/topics/{pk}/")


@require_GET
def topic_calendar(request, pk):
    """The session as an .ics file."""
    topic = topic_of(request, pk)
    if topic.session_at is None:
        raise Http404
    response = HttpResponse(know_how.calendar_of(topic), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="hand-over-{topic.pk}.ics"'
    return response
