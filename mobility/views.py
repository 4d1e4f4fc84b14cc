"""Pages of the person who looks for a seat: the market, interest, application, the log of who read, wishes, figures."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mobility import figures, following, line, market, transitions, words
from mobility.forms import InterestForm, MotivationForm, WishForm
from mobility.models import Application, Interest, Reading, Wish
from portal import roles, rules, switches
from portal.pages import acted, form_page, posted, said
from portal.panels import transitions as panels
from portal.people import cards, standing
from portal.people.models import Opening
from portal.people.visibility import reader_of


def colleague_only(request):
    """The person behind the page, or 404 for whoever does not work here today."""
    if not roles.belongs(request.user, roles.COLLEAGUES):
        raise Http404
    return standing.of(request.user).person


@require_GET
def opening_list(request):
    """The market: every open seat, narrowed; for a constant number of queries."""
    me = colleague_only(request)
    rows, asked = market.rows(request.user), market.asked_of(request.GET)
    keys = [row.pk for row in rows if market.fits(row, asked)]
    page = Paginator(keys, market.PER_PAGE).get_page(request.GET.get("page"))
    shown = Opening.objects.filter(pk__in=list(page)).select_related("job__trade", "site", "team", "hiring_manager").prefetch_related("job__job_skills__skill")
    openings = {opening.pk: opening for opening in shown}
    holdings = words.holdings_of(me) if switches.is_on(switches.MATCHING) else None
    mine = dict(Application.objects.filter(person=me, status__in=Application.RUNNING).values_list("opening", "pk"))
    interests = set(Interest.objects.filter(person=me).values_list("opening", flat=True))
    lines = [
        {
            "opening": openings[key],
            "match": words.in_short(words.match(openings[key].job, holdings)) if holdings is not None else None,
            "applied": mine.get(key),
            "interested": key in interests,
        }
        for key in page
    ]
    context = {
        "page_obj": page,
        "lines": lines,
        "groups": market.groups(rows, asked),
        "chips": market.chips(rows, asked, request.GET),
        "tally": ngettext("Show %(n)s seat", "Show %(n)s seats", len(keys)) % {"n": len(keys)},
        "count": len(keys),
        "matching": holdings is not None,
        "signed": panels.is_signed(None),
        "choices": market.followable(rows, asked, request.user),
        "here": request.get_full_path(),
    }
    return render(request, "mobility/opening_list.html", context)


def opening_for(request, slug) -> Opening:
    openings = Opening.objects.allowing(request.user, "mobility.apply_opening").select_related("job", "team", "site", "hiring_manager")
    return get_object_or_404(openings, slug=slug)


@require_http_methods(["GET", "POST"])
def interest_edit(request, slug):
    """Say that I am interested: for me alone, or with who hires."""
    opening = opening_for(request, slug)
    interest = Interest.objects.filter(person=standing.of(request.user).person, opening=opening).first()
    form = InterestForm(posted(request), initial={"shared": bool(interest and interest.shared)})
    if said(
        request,
        form,
        lambda: transitions.express_interest(opening.pk, by=request.user, shared=form.cleaned_data["shared"]),
        _("Kept. Your present managers are not told."),
    ):
        return redirect(opening)
    return form_page(request, "mobility/interest_edit.html", form, opening=opening, interest=interest)


@require_POST
def interest_withdraw(request, slug):
    opening = get_object_or_404(Opening.objects.visible_to(request.user), slug=slug)
    colleague_only(request)
    transitions.withdraw_interest(opening.pk, by=request.user)
    messages.success(request, _("Your interest is forgotten. Nobody is told."))
    return redirect(opening)


@require_http_methods(["GET", "POST"])
def application_create(request, slug):
    """Apply: who decides, who reads and who does not, then a few lines."""
    opening = opening_for(request, slug)
    me = standing.of(request.user).person
    running = Application.objects.filter(person=me, opening=opening, status__in=Application.RUNNING).first()
    if running:
        return redirect(running)
    form = MotivationForm(posted(request))
    if said(
        request,
        form,
        lambda: transitions.apply(opening.pk, by=request.user, motivation=form.cleaned_data["motivation"], language=request.user.language),
        _("Sent. Your present managers are not told."),
    ):
        return redirect("mobility:application_list")
    near = line.of(me)
    signed = panels.is_signed(None)
    context = {"opening": opening, "in_line": opening.hiring_manager_id in near, "decides": words.who_decides(opening, signed), "signed": signed}
    return form_page(request, "mobility/application_create.html", form, **context)


@require_GET
def application_list(request):
    """My applications, what I keep in mind, and what I follow."""
    me = colleague_only(request)
    applications = (
        Application.objects.filter(person=me)
        .select_related("opening__job", "opening__site", "opening__team", "opening__hiring_manager")
        .order_by("-sent_at", "-pk")
    )
    page = Paginator(applications, 20).get_page(request.GET.get("page"))
    interests = Interest.objects.filter(person=me).select_related("opening__job", "opening__site", "opening__team")[:20]
    follows = [(follow, following.label(follow)) for follow in following.of(me)]
    return render(request, "mobility/application_list.html", {"page_obj": page, "interests": interests, "follows": follows, "here": request.get_full_path()})


def own(request, pk) -> Application:
    applications = Application.objects.allowing(request.user, "mobility.own_application")
    return get_object_or_404(applications.select_related("opening__job", "opening__site", "opening__team", "opening__hiring_manager", "person"), pk=pk)


def own_page(request, application):
    """Where my application stands, who decides and when, and who read it."""
    panel, latest = panels.outcome(application), panels.of(application).first()
    signed = panels.is_signed(latest)
    readings = Reading.objects.visible_to(request.user).filter(opening=application.opening).select_related("reader")
    page = Paginator(readings, 20).get_page(request.GET.get("page"))
    cards.dressed([reading.reader for reading in page.object_list], reader_of(request.user))
    context = {
        "application": application,
        "opening": application.opening,
        "steps": words.steps(application, latest),
        "decides": words.who_decides(application.opening, signed),
        "signed": signed,
        "plan": words.plan_of_move(application, request.user),
        "conversations": application.conversations.select_related("by"),
        "refusal": getattr(application, "refusal", None),
        "panel": panel,
        "criteria": panel.criteria.all() if panel else [],
        "page_obj": page,
        "in_line": application.opening.hiring_manager_id in line.of(application.person),
    }
    return render(request, "mobility/application_detail.html", context)


@require_http_methods(["GET", "POST"])
def application_lift(request, pk):
    """The button page: who will know, and that there is no way back."""
    application = own(request, pk)
    if request.method == "POST":
        return acted(request, lambda: transitions.lift(pk, by=request.user), _("Your present managers may now know."), application)
    return render(
        request, "mobility/application_lift.html", {"application": application, "opening": application.opening, "manager": line.manager_of(application.person)}
    )


@require_http_methods(["GET", "POST"])
def application_withdraw(request, pk):
    application = own(request, pk)
    if request.method == "POST":
        return acted(request, lambda: transitions.withdraw(pk, by=request.user), _("Withdrawn. Your present managers were not told by us."), application)
    return render(request, "mobility/application_withdraw.html", {"application": application, "opening": application.opening})


@require_http_methods(["GET", "POST"])
def wish_edit(request):
    """What I would like next, seen by whom I choose."""
    me = colleague_only(request)
    form = WishForm(posted(request), instance=Wish.objects.filter(person=me).first() or Wish(person=me))
    if request.method == "POST" and form.is_valid():
        form.instance.language = request.user.language
        form.save()
        messages.success(request, _("Your wishes are kept."))
        return redirect("mobility:wish_edit")
    return form_page(request, "mobility/wish_edit.html", form)


@require_POST
def wish_delete(request):
    Wish.objects.filter(person=colleague_only(request)).delete()
    messages.success(request, _("Your wishes are forgotten."))
    return redirect("mobility:wish_edit")


@require_GET
def published(request):
    """What mobility really gives, in figures everybody may read."""
    colleague_only(request)
    return render(request, "mobility/figures.html", {"figures": figures.of_the_year(), "fewest": figures.FEWEST})


def may_handle(request, application) -> bool:
    return rules.may(request.user, "mobility.handle_application", application)
