"""Pages of the demo: who to step in as, which day to live, and what was mailed."""

from django.contrib import messages
from django.contrib.auth import login, logout
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal import clock
from portal.demo import cast, day
from portal.demo import mailbox as box
from portal.demo.forms import DayForm
from portal.demo.loopback import demo_only
from portal.models import Mail


def _demo_page(request, form, status=200):
    context = {"form": form, "today": clock.today(), "moved": bool(day.shift()), "mails": Mail.objects.count()}
    return render(request, "demo/demo.html", context, status=status)


@demo_only
@require_GET
def demo(request):
    """The cast, the day and the mailbox."""
    return _demo_page(request, DayForm(initial={"day": clock.today()}))


@demo_only
@require_POST
def demo_day(request):
    """Live another day."""
    form = DayForm(request.POST)
    if not form.is_valid():
        return _demo_page(request, form, status=422)
    day.catch_up()
    messages.success(request, _("The demo now lives that day."))
    return redirect("demo")


@demo_only
@require_POST
def demo_today(request):
    """Back to the real day."""
    day.live_on(None)
    day.catch_up()
    messages.success(request, _("The demo is back to today."))
    return redirect("demo")


@demo_only
@require_POST
def demo_step_in(request, key):
    """Sign in as one of the cast; whoever has no account opens the latest private link written to them."""
    person = cast.find(key)
    if person is None:
        raise Http404
    if person.user is not None:
        person.user.language = request.LANGUAGE_CODE  # whoever tries the demo goes on in the language they came in
        person.user.save(update_fields=["language"])
        login(request, person.user, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("home")
    logout(request)
    return redirect(box.private_link(person) or f"{reverse('mailbox')}?{urlencode({'who': person.slug.split('-')[0]})}")


@demo_only
@require_GET
def mailbox(request):
    """What was mailed, to everyone or to one address."""
    to, who = request.GET.get("to", "").strip(), request.GET.get("who", "").strip()[:100]
    page = Paginator(box.read(to=to, part=who), 25).get_page(request.GET.get("page"))
    return render(request, "demo/mailbox.html", {"page_obj": page, "to": to, "who": who, "addresses": box.addresses(who) if who else ()})


@demo_only
@require_GET
def mail_detail(request, pk):
    """One mail, with links that work."""
    mail = get_object_or_404(Mail, pk=pk)
    return render(request, "demo/mail.html", {"mail": mail, "text": box.linked(mail.body)})


@demo_only
@require_GET
def mail_attachment(request, pk):
    """What came with the mail, as a file."""
    mail = get_object_or_404(Mail.objects.exclude(attachment=""), pk=pk)
    kind = "text/calendar" if mail.attachment_name.endswith(".ics") else "text/plain"
    name = mail.attachment_name.replace('"', "")
    return HttpResponse(mail.attachment, content_type=f"{kind}; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'})
