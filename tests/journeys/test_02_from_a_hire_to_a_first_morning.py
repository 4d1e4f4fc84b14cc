"""A life, second part: from a hire to a first morning that worked, or did not, by the site's own clock; in both languages."""

import re
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from onboarding import asking, digests, mornings, tasks
from onboarding.models import Arrival, Morning
from portal import clock, post, roles
from portal.models import AuditEntry, Mail
from portal.people.models import Employee
from portal.plans.models import Access, Plan, Step
from portal.plans.planning import WorkingDays
from recruitment import transitions as hiring
from recruitment.models import Application
from tests import factories as make
from tests.plans import making
from tests.recruitment.conftest import apply, opening  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
WORDS = {
    "en": {
        "soon": "You start in",
        "today": "Today is your first day.",
        "late": "One is late on contract, equipment or team.",
        "nothing": "Nothing is late.",
        "ready": "Kept",
    },
    "fr": {
        "soon": "Vous commencez dans",
        "today": "C’est votre premier jour.",
        "late": "Un dossier est en retard : contrat, matériel ou équipe.",
        "nothing": "Rien n’est en retard.",
        "ready": "Tenu",
    },
}


@contextmanager
def at(day, hour="10:00"):
    """Live at that hour of that day in Nantes."""
    with time_machine.travel(datetime.combine(day, time.fromisoformat(hour), PARIS), tick=False):
        yield


def signed_in(person):
    """A browser of somebody, signed in at the hour that is lived."""
    browser = Client()
    browser.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def text_of(browser, path):
    page = browser.get(path)
    assert page.status_code == 200, f"{path}: {page.status_code}"
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).replace("\xa0", " ").split())


@pytest.fixture
def desks(cast):
    """Nadia keeps doors and chairs; a laptop waits on the shelf."""
    making.template()
    cast.nadia = make.colleague("Nadia", "Roy", team=cast.desk, site=cast.nantes)
    for duty in (roles.SECURITY, roles.FACILITIES):
        make.duty(cast.nadia, duty)
    cast.laptop = making.unit(cast.nantes)
    return cast


@pytest.fixture
def hired(desks, apply, request):  # noqa: F811
    """Lena applied, accepted an offer and is hired by Maya, for a Monday five weeks off."""
    language = request.param
    for name in ("maya", "hugo", "ilan", "ben"):
        user = getattr(desks, name).user
        user.language = language
        user.save()
    application = apply("Lena", language=language)[0]
    monday = WorkingDays("FR").onward(clock.today() + timedelta(days=35 - clock.today().weekday()))
    hiring.offer(application.pk, by=desks.maya.user, pay=45000, starts_on=monday, expires_on=clock.today() + timedelta(days=5))
    hiring.accept_offer(Application.objects.select_related("opening__site").get(pk=application.pk))
    signed_in(desks.maya).post(f"/hiring/people/{application.pk}/hire/", {"joined_on": monday.isoformat()})
    return Arrival.objects.select_related("plan__person").get()


def finish(browser, arrival, *keys):
    """A desk says of its steps, in the browser, that they are done."""
    for step in Step.objects.filter(plan=arrival.plan, key__in=keys):
        browser.post(f"/plans/steps/{step.pk}/done/")
    assert set(Step.objects.filter(plan=arrival.plan, key__in=keys).values_list("status", flat=True)) == {"done"}


def prepare(cast, arrival):
    """Everybody does their part, each in their own name."""
    hugo, ilan, nadia, maya = (signed_in(person) for person in (cast.hugo, cast.ilan, cast.nadia, cast.maya))
    finish(hugo, arrival, "contract-signed")
    edit = {"first_day": arrival.plan.first_day.isoformat(), "buddy": cast.ben.work_email, "desk": "2.14", "address": arrival.address}
    assert maya.post(f"/arrivals/{arrival.pk}/edit/", edit).status_code == 302
    assert ilan.post(f"/plans/equipment/{cast.laptop.pk}/assign/", {"plan": arrival.plan_id}).status_code == 302
    for verb in ("prepare", "test"):
        ilan.post(f"/plans/equipment/{cast.laptop.pk}/{verb}/")
    finish(ilan, arrival, "order-laptop", "open-account", "open-mailbox")
    code = Access.objects.get(plan=arrival.plan, thing="door")
    assert nadia.post(f"/plans/access/{code.pk}/code/", {"code": "4817#"}).status_code == 302
    finish(nadia, arrival, "badge", "desk-and-seat")


@pytest.mark.parametrize(("hired", "language"), [("en", "en"), ("fr", "fr")], indirect=["hired"])
def test_from_a_hire_to_a_first_morning_that_worked(hired, desks, language):
    words, plan = WORDS[language], hired.plan
    first = plan.first_day
    assert Employee.objects.get(person=plan.person).joined_on == first
    assert {step.key for step in plan.steps.all()} == {row[0] for row in making.BASE}
    assert all(step.owner or step.role == "newcomer" or step.role == "buddy" for step in plan.steps.all())

    # The private link: a page of one's own, then an account, which opens nothing else before the day.
    letter = Mail.objects.get(kind="onboarding.welcome", to="lena@mail.example")
    assert letter.language == language
    link = re.search(r"https?://[^/]+(/\w\w/welcome/\S+)", letter.body).group(1)
    visitor = Client()
    assert words["soon"] in text_of(visitor, link)
    visitor.post(f"{link}account/")
    plan.person.refresh_from_db()
    lena = plan.person
    with at(first - timedelta(days=20)):
        newcomer = signed_in(lena)
        assert words["soon"] in text_of(newcomer, "/home/")
        assert newcomer.get("/arrivals/").status_code == 404
        assert "Cleo" not in newcomer.get("/people/").content.decode()

    # Six working days before, nothing was done: the board says so; the desk hears of it once, however often beat rings.
    with at(hired.plan.days.shift(first, -6)):
        assert words["late"] in text_of(signed_in(desks.hugo), "/arrivals/")
        for _ in range(3):
            digests.write()
        assert Mail.objects.filter(kind="onboarding.digest", to=desks.ilan.user.email).count() == 1
        prepare(desks, hired)
        assert words["nothing"] in text_of(signed_in(desks.hugo), "/arrivals/")

    with at(hired.plan.days.shift(first, -1)):
        assert tasks.send_agendas() == 1
        assert tasks.send_agendas() == 0
        assert asking.run() == 1
        assert set(hired.results.values_list("state", flat=True)) == {"ready"}
        assert signed_in(lena).post(f"/plans/access/{Access.objects.get(thing='door').pk}/show/").status_code == 409  # not before the day

    # The day itself: asked at five to nine, written down at one past; the code is shown once, and the house remembers that.
    with at(first, "08:55"):
        asking.run()
    with at(first, "09:01"):
        assert mornings.record() == 1
    assert Morning.objects.get().seen == "kept"
    with at(first, "09:30"):
        home = signed_in(lena)
        assert words["today"] in text_of(home, "/home/")
        show = f"/plans/access/{Access.objects.get(thing='door').pk}/show/"
        assert "4 8 1 7 #" in home.post(show).content.decode()
        assert "4 8 1 7 #" not in home.post(show).content.decode()
        assert AuditEntry.objects.filter(action="access.revealed", actor=f"user:{lena.user.pk}").exists()
        assert "Cleo" in home.get("/people/").content.decode()  # a colleague from today on
        assert words["ready"] in text_of(signed_in(desks.hugo), "/arrivals/mornings/")
        assert sum(post.deliver(pk) for pk in post.due().values_list("pk", flat=True)) > 3
        assert not post.due().exists()
    assert not any("4817" in mail.body for mail in Mail.objects.all())
    with at(first + timedelta(days=7)):
        assert tasks.ask_checkins() == 1
        assert f"/check-ins/{hired.checkins.get(milestone='week').pk}/" in signed_in(lena).get("/first-day/").content.decode()


@pytest.mark.parametrize("hired", ["en"], indirect=True)
def test_a_morning_with_a_badge_missing_is_not_kept_and_stays_so(hired, desks):
    first = hired.plan.first_day
    with at(hired.plan.days.shift(first, -6)):
        prepare(desks, hired)
        badge = Step.objects.get(plan=hired.plan, key="badge")
        signed_in(desks.nadia).post(f"/plans/steps/{badge.pk}/undo/")
    with at(hired.plan.days.shift(first, -1)):
        tasks.send_agendas()
    with at(first, "08:55"):
        asking.run()
    with at(first, "09:01"):
        mornings.record()
    with at(first, "09:20"):
        signed_in(desks.nadia).post(f"/plans/steps/{badge.pk}/done/")
        asking.run()
        mornings.record()
        page = text_of(signed_in(desks.hugo), "/arrivals/mornings/")
    morning = Morning.objects.get()
    assert {item.code: item.seen for item in morning.items.exclude(seen="kept")} == {"onboarding.badge": "broken"}
    assert morning.seen == "broken"
    assert "Not kept" in page


@pytest.mark.parametrize("hired", ["fr"], indirect=True)
def test_whoever_does_not_come_after_all_closes_everything(hired, desks):
    with at(hired.plan.days.shift(hired.plan.first_day, -6)):
        prepare(desks, hired)
        signed_in(desks.hugo).post(f"/arrivals/{hired.pk}/cancel/", {"because": "Un autre poste"})
        assert Plan.objects.get().status == Plan.Status.CANCELLED
        assert not Step.objects.filter(status=Step.Status.OPEN).exists()
        assert asking.run() == 0
    with at(hired.plan.first_day, "09:01"):
        assert mornings.record() == 0
    assert not Morning.objects.exists()
