"""Departures: the list, one departure, announcing it, who may know, another day, closing, and its papers."""

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alumni import departing, know_how
from alumni.forms_departure import AddressForm, AnnounceForm, DayForm, ListForm, NewsForm, StayForm, WaiveForm
from alumni.models import Departure, ExitTalk
from alumni.transitions import departure as transitions
from portal import clock, roles
from portal.pages import acted, form_page, posted, said
from portal.people import standing
from portal.people.models import Employee
from portal.people.visibility import reader_of
from portal.plans import returns
from portal.plans.lines import line
from portal.plans.models import AskedBack, Step
from portal.plans.permissions import HR
from portal.rules import may

PAGE = 20
SORTS = {
    "last_day": ("last_day", "pk"),
    "-last_day": ("-last_day", "-pk"),
    "name": ("person__family_name", "person__given_name", "pk"),
    "-name": ("-person__family_name", "-person__given_name", "-pk"),
}


def found(request, pk, rule="alumni.view_departure") -> Departure:
    departures = Departure.objects.allowing(request.user, rule).select_related(
        "person__user", "employee", "site", "manager", "plan__site", "plan__assignment__team", "announced_by__person"
    )
    return get_object_or_404(departures, pk=pk)


# --- the list -------------------------------------------------------------------------------------------
def narrowed(departures, form: ListForm, today):
    """The departures the filters leave; what is open when nothing is asked."""
    asked = form.cleaned_data if form.is_valid() else {}
    if site := asked.get("site"):
        departures = departures.filter(site=site)
    if words := asked.get("q", "").strip():
        departures = departures.filter(
            Q(person__family_name__icontains=words) | Q(person__given_name__icontains=words) | Q(person__usual_name__icontains=words)
        )
    state = asked.get("state", "")
    if state == "late":
        late = Step.objects.filter(departing.held_up(today), plan=OuterRef("plan"))
        return departures.filter(Exists(late), status__in=Departure.OPEN)
    if state in Departure.Status.values:
        return departures.filter(status=state)
    return departures if state == "all" else departures.filter(status__in=Departure.OPEN)


@require_GET
def departure_list(request):
    """Who leaves, what is still to come back, and what would be lost."""
    if not may(request.user, "alumni.list_departure") or not is_open_to(request.user):
        raise Http404
    form, today = ListForm(request.GET or None), clock.today()
    sort = request.GET.get("sort", "last_day")
    departures = narrowed(departing.followed(request.user), form, today)
    departures = departures.select_related("person", "site", "plan__assignment").order_by(*SORTS.get(sort, SORTS["last_day"]))
    page = Paginator(departures, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "say": departing.sentence(request.user, today),
        "page_obj": page,
        "rows": departing.rows(list(page)),
        "narrowed": bool(request.GET),
    }
    return render(request, "alumni/departure_list.html", context)


def is_open_to(user) -> bool:
    """The People team, and whoever manages somebody who leaves or left."""
    return roles.has(user, *HR) or departing.followed(user).exists()


# --- one departure --------------------------------------------------------------------------------------
@require_GET
def departure_detail(request, pk):
    """Where it stands: what they know, what is asked back and its proof, papers, who may know; the person reads it in "you"."""
    user, departure = request.user, found(request, pk)
    mine = departure.person.user_id == user.pk
    steps = Step.objects.filter(plan=departure.plan).exclude(status=Step.Status.CANCELLED)
    steps = {step.pk: step for step in steps.select_related("owner").marking(user, may_finish="plans.finish_step", may_change="plans.change_step")}
    things = departing.things(departure, steps)
    asked = {thing.asked.step_id for thing in things}
    topics = know_how.topics_of(departure)
    blocking = [step for step in steps.values() if step.mandatory and step.status == Step.Status.OPEN]
    answering = [thing.asked for thing in things if thing.asked.is_contradicted]
    today = departure.today()
    for step in steps.values():
        step.plan = departure.plan
    context = {
        "departure": departure,
        "person": departure.person,
        "plan": departure.plan,
        "mine": mine,
        "say": departing.own_sentence(departure, blocking, answering, mine=mine),
        "thread": departing.thread(departure, topics, blocking),
        "things": things,
        "lines": [line(step, today) for step in sorted(steps.values(), key=lambda step: (step.due_on, step.pk)) if step.pk not in asked],
        "topics": topics,
        "free": sum(topic.status == "free" for topic in topics),
        "suggestions": know_how.suggestions(departure, topics, reader_of(user)) if may(user, "alumni.hand_over_departure", departure) else [],
        "news": departing.news_words(departure),
        "talk": talk_of(user, departure),
        "blocking": blocking,
        "answering": answering,
        "consents_url": consents_url() if mine else "",
        "marks": marks(user, departure),
    }
    return render(request, "alumni/departure_detail.html", context)


def marks(user, departure: Departure) -> dict:
    """What `user` may do here, for the buttons."""
    names = ("tell", "address", "change", "close", "host")
    row = Departure.objects.filter(pk=departure.pk).marking(user, **{name: f"alumni.{name}_departure" for name in names}, add="alumni.hand_over_departure")
    # A topic's own page is inside: who has left reads the list, and no link that would not open.
    inside = roles.belongs(user, roles.COLLEAGUES)
    return {**row.values(*names, "add").get(), "waive": may(user, "plans.waive_askedback"), "open_topics": inside}


def talk_of(user, departure: Departure) -> dict | None:
    """The conversation as `user` may know it: the People team all of it, the person its day."""
    talks = ExitTalk.objects.filter(departure=departure).select_related("host")
    if talk := talks.visible_to(user).first():
        return {"talk": talk, "reads": True}
    if talk := talks.allowing(user, "alumni.attend_exittalk").defer("notes").first():
        return {"talk": talk, "reads": False}
    return None


def consents_url() -> str:
    """Where one says yes or no to staying in touch."""
    try:
        return reverse("alumni:consent_list")
    except NoReverseMatch:
        return ""


@require_GET
def departure_print(request, pk):
    """On paper: what was given, what came back with its proof, what is still open."""
    departure = found(request, pk)
    steps = Step.objects.filter(plan=departure.plan).exclude(status=Step.Status.CANCELLED).select_related("owner")
    marked = {step.pk: step for step in steps}
    things = departing.things(departure, marked)
    asked = {thing.asked.step_id for thing in things}
    for step in marked.values():
        step.plan = departure.plan
    lines = [line(step, departure.today()) for step in marked.values() if step.pk not in asked]
    context = {"departure": departure, "person": departure.person, "things": things, "lines": lines, "back": departure.get_absolute_url()}
    return render(request, "alumni/departure_print.html", {**context, "topics": know_how.topics_of(departure)})


# --- announcing -----------------------------------------------------------------------------------------
@require_GET
def departure_own(request):
    """My departure, or the page that announces one."""
    person = standing.of(request.user).person
    mine = Departure.objects.filter(person=person).exclude(status=Departure.Status.CANCELLED).order_by("-announced_at").first() if person else None
    if mine and (mine.status == Departure.Status.COMING or not standing.of(request.user).is_colleague):
        return redirect(mine)
    if not standing.of(request.user).is_colleague:
        raise Http404
    return redirect("alumni:departure_announce_own")


@require_http_methods(["GET", "POST"])
def departure_announce_own(request):
    """I leave: when, why, and who may know."""
    me = standing.of(request.user).employee
    return _announce(request, get_object_or_404(Employee.objects.allowing(request.user, "alumni.announce_employee"), pk=me.pk if me else 0), own=True)


@require_http_methods(["GET", "POST"])
def departure_announce(request, slug):
    """Somebody leaves, said by the People team."""
    employees = Employee.objects.allowing(request.user, "alumni.announce_employee").exclude(person__user=request.user)
    return _announce(request, get_object_or_404(employees.select_related("person"), person__slug=slug), own=False)


def _announce(request, employee: Employee, *, own: bool):
    running = employee.departures.filter(status=Departure.Status.COMING).first()
    if running:
        return redirect(running)
    form = AnnounceForm(posted(request), own=own)
    if said(request, form, lambda: transitions.announce(employee.pk, by=request.user, **form.cleaned_data), _("The departure is announced.")):
        return redirect(employee.departures.get(status=Departure.Status.COMING))
    cancel = reverse("alumni:departure_list") if not own else employee.person.get_absolute_url()
    return form_page(request, "alumni/departure_announce.html", form, person=employee.person, own=own, cancel=cancel)


@require_http_methods(["GET", "POST"])
def departure_news(request, pk):
    """Who may know, and from when."""
    departure = found(request, pk, "alumni.tell_departure")
    form = NewsForm(posted(request), initial={"told_to": departure.told_to, "told_from": departure.told_from})
    if said(request, form, lambda: transitions.tell(pk, by=request.user, **form.cleaned_data), _("Your choice is kept.")):
        return redirect(departure)
    return form_page(request, "alumni/departure_news.html", form, departure=departure)


@require_http_methods(["GET", "POST"])
def departure_address(request, pk):
    """The address of my own, for afterwards."""
    departure = found(request, pk, "alumni.address_departure")
    form = AddressForm(posted(request), instance=departure)
    if said(request, form, lambda: transitions.give_address(pk, form.cleaned_data["own_address"], by=request.user), _("Your address is kept.")):
        return redirect(departure)
    return form_page(request, "alumni/departure_address.html", form, departure=departure)


# --- another day, staying, closing ----------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def departure_day(request, pk):
    departure = found(request, pk, "alumni.change_departure")
    form = DayForm(posted(request), initial={"last_day": departure.last_day})
    if said(request, form, lambda: transitions.change_day(pk, form.cleaned_data["last_day"], by=request.user), _("The last day is moved.")):
        return redirect(departure)
    return form_page(request, "alumni/departure_day.html", form, departure=departure)


@require_http_methods(["GET", "POST"])
def departure_cancel(request, pk):
    departure = found(request, pk, "alumni.change_departure")
    form = StayForm(posted(request))
    done = _("%(name)s stays. Everyone who knew is told.") % {"name": departure.person.display_name}
    if said(request, form, lambda: transitions.cancel(pk, by=request.user, because=form.cleaned_data["because"]), done):
        return redirect(departure)
    return form_page(request, "alumni/departure_cancel.html", form, departure=departure)


@require_POST
def departure_close(request, pk):
    """Close the file; refused with the list of what is open."""
    departure = found(request, pk, "alumni.close_departure")
    return acted(request, lambda: transitions.close(pk, by=request.user), _("The file is closed."), departure)


@require_POST
def departure_reopen(request, pk):
    departure = found(request, pk, "alumni.close_departure")
    return acted(request, lambda: transitions.reopen(pk, by=request.user), _("The file is open again."), departure)


@require_http_methods(["GET", "POST"])
def asked_waive(request, pk):
    """Something does not come back: what became of it."""
    rows = AskedBack.objects.allowing(request.user, "plans.waive_askedback").select_related("step", "plan__person", "plan__departure")
    asked = get_object_or_404(rows, pk=pk, plan__departure__isnull=False)
    form = WaiveForm(posted(request))
    if said(request, form, lambda: returns.settle_without(pk, by=request.user, **form.cleaned_data), _("It is settled, with its reason.")):
        return redirect(asked.plan.departure)
    return form_page(request, "alumni/departure_waive.html", form, asked=asked, departure=asked.plan.departure)
