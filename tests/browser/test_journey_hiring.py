"""A life in a real browser: found, applied, followed, moved, offered, hired, prepared, and a first morning; every mail read in the mailbox."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from onboarding import asking, mornings
from onboarding.models import Arrival, Morning
from portal import clock, readiness, roles
from portal.demo import day
from portal.models import Mail
from portal.panels import transitions as panels
from portal.panels.models import Panel
from portal.people.models import Employee
from portal.plans.models import Step
from recruitment import transitions
from recruitment.models import Application
from recruitment.tasks import answer_link_requests
from tests import factories as make
from tests.browser.walking import Walker, post_leaves, vote
from tests.plans import making
from tests.recruitment.conftest import apply as sent  # noqa: F401 - a fixture
from tests.recruitment.conftest import opening, pdf  # noqa: F401 - fixtures

WALKS = {"en": {"width": 1280, "height": 900}, "fr": {"width": 390, "height": 844}}
WORDS = {
    "en": {
        "error": "There is a problem",
        "kept": "Your draft is kept",
        "thanks": "Thank you, Awa.",
        "step": "you are at step 1 of 5",
        "offer": "We have made you an offer.",
        "joined": "You are joining us.",
        "arrives": "One person arrives by",
        "soon": "You start in",
        "today": "Today is your first day.",
        "kept_morning": "Kept",
    },
    "fr": {
        "error": "Il y a un problème",
        "kept": "Votre brouillon est gardé",
        "thanks": "Merci Awa.",
        "step": "vous en êtes à l’étape 1 sur 5",
        "offer": "Nous vous avons fait une proposition.",
        "joined": "Vous nous rejoignez.",
        "arrives": "Une personne arrive d’ici au",
        "soon": "Vous commencez dans",
        "today": "C’est votre premier jour.",
        "kept_morning": "Tenu",
    },
}


@pytest.fixture
def hours(settings, tmp_path):
    """The demo's day, and some minutes more: what `hours["more"]` says."""
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    hours = {"more": timedelta()}
    clock.shift_by(lambda: day.shift() + hours["more"])
    yield hours
    clock.shift_by(None)


@pytest.fixture
def house(cast, opening):  # noqa: F811
    """The cast, one job, one template; Ilan keeps all the desks, so that one person prepares everything."""
    making.template()
    make.SkillFactory(name="Python", label_fr="Python")
    for duty in (roles.SECURITY, roles.FACILITIES):
        make.duty(cast.ilan, duty)
    return cast


@pytest.mark.parametrize("language", WALKS)
def test_from_the_careers_home_to_a_first_morning_that_worked(house, page_of, opening, hours, language):  # noqa: F811
    words, window = WORDS[language], {"viewport": WALKS[language], "locale": language}
    for name in ("maya", "hugo", "ilan"):
        user = getattr(house, name).user
        user.language = language
        user.save()
    candidate = Walker(page_of("visitor", **window))
    apply(candidate, opening, language, words, hours)
    post_leaves()

    assert words["step"] in candidate.open_mail("recruitment.received", "/follow/")
    page = candidate.page.url
    maya = Walker(page_of("maya", **window))
    decide(maya, opening, by_keyboard=language == "en")
    assert words["offer"] in candidate.go(page)
    post_leaves()
    candidate.open_mail("recruitment.offered", "/follow/")
    candidate.go(f"{page}offer/")
    candidate.send("", "button[value=yes]")

    file = Application.objects.get()
    maya.go(f"/hiring/people/{file.pk}/")
    maya.press(f'a[href="/hiring/people/{file.pk}/hire/"]')
    maya.send("")
    first_day = Employee.objects.get(person=file.person).joined_on
    assert words["joined"] in candidate.go(page)
    assert candidate.go(f"/{language}/jobs/{opening.slug}/", status=410)

    prepare(Walker(page_of("hugo", **window)), Walker(page_of("ilan", **window)), words)
    post_leaves()
    newcomer = Walker(page_of("visitor", **window))
    come_in(newcomer, words)
    live_on(newcomer, first_day)
    assert words["today"] in newcomer.go("/home/")
    newcomer.press("form[action$='/show/'] button")
    assert "4 8 1 7 #" in newcomer.page.inner_text("main")
    assert "4 8 1 7 #" not in newcomer.go("/home/")
    assert "Cleo" in newcomer.go("/people/")  # a colleague from this day on

    at_nine(first_day, hours)
    hugo = Walker(page_of("hugo", **window))
    assert words["kept_morning"] in hugo.go("/arrivals/mornings/")
    hugo.go("/arrivals/")


def apply(candidate, job, language, words, hours):
    """Home, job, five steps, one mistake; in French the draft is kept and taken up again from the mail."""
    candidate.go(f"/{language}/")
    candidate.press(f'main a[href="/{language}/jobs/{job.slug}/"]')
    assert '"JobPosting"' in candidate.page.content()
    candidate.press(f'a[href$="/jobs/{job.slug}/apply/"]')
    assert words["error"] in candidate.send("", status=422)
    assert candidate.page.evaluate("document.activeElement.id") == "errors"
    for field, value in {"given_name": "Awa", "family_name": "Diop", "email": "awa@mail.example"}.items():
        candidate.page.fill(f"#id_{field}", value)
    candidate.send("")
    if language == "en":
        candidate.page.set_input_files("#id_cv", {"name": "cv-awa.pdf", "mimeType": "application/pdf", "buffer": pdf()})
        assert "cv-awa.pdf" in candidate.send("", "button.btn-main")
    else:
        assert words["kept"] in candidate.send("", "button[name=later]", status=200)
        post_leaves()
        candidate.open_mail("recruitment.draft", "/apply/")
        candidate.page.locator("input[name=how][value=form]").check()
        candidate.page.fill("#id_role_1", "Analyste")
        candidate.page.fill("#id_more_skills", "Python")
        candidate.send("", "button.btn-main")
    if "experience" in candidate.page.url:
        candidate.send("", "button.btn-main")
    for area in candidate.page.locator("main textarea").all():
        area.fill("Because the readings have to be right at night.")
    candidate.send("", "button.btn-main")
    candidate.send("", "button.btn-main")
    hours["more"] += timedelta(minutes=5)  # nobody fills five steps in a second
    assert words["thanks"] in candidate.send("")


def decide(maya, job, *, by_keyboard):
    """From Applied to Decision on the board, by the Move menu; then an offer."""
    file = Application.objects.get()
    call, last = job.process.stages.get(order=3), job.process.stages.get(order=5)
    board = f"/hiring/{job.slug}/"
    text = maya.go(board)
    assert "A-01" in text
    assert "Diop" not in text
    if by_keyboard:
        move_by_keys(maya, call)
    else:
        maya.page.locator(".kc details.menu > summary >> visible=true").click()
        maya.page.locator(f'.kc input[name=to][value="{call.pk}"]').check()
        maya.press(".kc details.menu button[type=submit]")
    file.refresh_from_db()
    assert file.stage == call
    maya.go(f"{board}?stage={call.pk}")
    assert "Diop" in maya.page.inner_text(f'[data-lane="{call.pk}"]')
    if by_keyboard:
        maya.drag("[data-card]", f'[data-lane="{last.pk}"]')
    else:
        maya.go(f"/hiring/people/{file.pk}/")
        maya.page.locator("main details.menu > summary").click()
        maya.page.locator(f'main input[name=to][value="{last.pk}"]').check()
        maya.page.fill("#seen", "Pose la question que nous avions oubliée.")
        maya.press("main details.menu button[type=submit]")
    file.refresh_from_db()
    assert file.stage == last
    for tab in ("", "answers/", "cv/", "notes/", "messages/", "history/"):
        maya.go(f"/hiring/people/{file.pk}/{tab}")
    decide_together(maya, file)
    maya.go(f"/hiring/people/{file.pk}/offer/")
    monday = clock.today() + timedelta(days=28 - clock.today().weekday())
    maya.page.fill("#id_starts_on", monday.isoformat())
    maya.page.fill("#id_expires_on", (clock.today() + timedelta(days=5)).isoformat())
    maya.send("")


def decide_together(maya, file):
    """The step promises a panel. Votes are off here: the People team and the manager each sign their reasons; the candidate will read the summary."""
    maya.go(f"/hiring/people/{file.pk}/panel/")
    maya.page.fill("#id_deadline", (clock.today() + timedelta(days=6)).isoformat())
    maya.send("")
    panel = Panel.objects.get()
    maya.press(f'main a[href="{panel.get_absolute_url()}"]')
    vote(maya, panel)
    hugo = panel.members.get(college="hr").person.user
    panels.seal(panel.pk, by=hugo, choice="yes", lines=[panels.Line(each.pk, "meets", "Seen at work.") for each in panel.criteria.all()])
    maya.go(f"{panel.get_absolute_url()}decide/")
    for each in panel.criteria.all():
        maya.page.fill(f"[name=summary_{each.pk}]", "Seen on a real case.")
    maya.send("")


def move_by_keys(maya, stage):
    """Without a mouse: Tab to the menu, Enter, Tab into the choices, arrows, Enter; the toast offers to undo."""
    page = maya.page
    page.locator(".kc h3 a").focus()
    on_menu = "document.activeElement.matches('.kc details.menu > summary')"
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate(on_menu):
            break
    assert page.evaluate(on_menu)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(5):
        if page.evaluate("document.activeElement.value") == str(stage.pk):
            break
        page.keyboard.press("ArrowDown")
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")
    maya.see()
    assert page.locator("#toasts form").count() == 1


def prepare(hugo, ilan, words):
    """The board says who comes; the desks do their part, one code is written, and the checks find it all ready."""
    assert words["arrives"] in hugo.go("/arrivals/")
    arrival = Arrival.objects.get()
    hugo.press(f'main a[href="/arrivals/{arrival.pk}/"]')
    hugo.go(f"/arrivals/{arrival.pk}/edit/")
    ilan.go("/plans/desk/security/?all=1")
    code = arrival.plan.accesses.get(thing="door")
    ilan.go(f"/plans/access/{code.pk}/code/")
    ilan.page.fill("#id_code", "4817#")
    ilan.send("")
    step = arrival.plan.steps.get(key="open-account")
    ilan.go(f"/plans/steps/{step.pk}/")
    ilan.send(f"/plans/steps/{step.pk}/done/")
    assert Step.objects.get(pk=step.pk).status == "done"
    asking.run()
    assert re.search(r"\d(:|\sh\s)\d\d", hugo.go(f"/arrivals/{arrival.pk}/readiness/"))


def come_in(newcomer, words):
    """The letter's private link, an account, a code by mail; before the day one's own page and nothing else."""
    assert words["soon"] in newcomer.open_mail("onboarding.welcome", "/welcome/")
    newcomer.send("/account/")
    newcomer.page.fill("main input[type=email]", "awa@mail.example")
    newcomer.press("main form button.btn-main")
    where = newcomer.page.url
    code = newcomer.code()
    newcomer.go(where)
    newcomer.page.fill("main form.card input[name=code]", code)
    newcomer.press("main form.card button.btn-main")
    assert words["soon"] in newcomer.go("/home/")
    assert newcomer.page.locator("form[action$='/show/']").count() == 0
    assert newcomer.page.request.get("/arrivals/").status == 404
    assert "Cleo" not in newcomer.page.request.get("/people/").text()


def live_on(newcomer, first_day):
    """Set the demo to the first day, as anybody who tries it would."""
    newcomer.go("/demo/")
    newcomer.page.fill("#id_day", first_day.isoformat())
    newcomer.send("/demo/day/")
    assert clock.today() == first_day


def at_nine(first_day, hours):
    """The checks ask at five to nine, all is ready; at one past nine the house writes the morning down, for good."""
    arrival = Arrival.objects.get()
    nine = datetime.combine(first_day, time(9), ZoneInfo("Europe/Paris"))
    hours["more"] += nine - timedelta(minutes=5) - clock.now()
    asking.run()
    arrival.results.update(state=readiness.READY, asked_at=clock.now())
    hours["more"] += timedelta(minutes=6)
    assert mornings.record() == 1
    assert Morning.objects.get().seen == "kept"


SECOND_THOUGHTS = {
    "en": {"step": "you are at step 1 of 5", "no": "We will not go further this time.", "withdrawn": "You withdrew your application.", "status": "Withdrawn"},
    "fr": {"step": "vous en êtes à l’étape 1 sur 5", "no": "Nous n’irons pas plus loin cette fois.", "withdrawn": "Vous avez retiré", "status": "Retirée"},
}


@pytest.mark.parametrize("language", WALKS)
def test_a_lost_link_an_answer_taken_back_and_a_withdrawal(house, page_of, opening, sent, hours, language):  # noqa: F811
    words, window = SECOND_THOUGHTS[language], {"viewport": WALKS[language], "locale": language}
    house.maya.user.language = language
    house.maya.user.save()
    file, _token = sent("Awa", language=language)
    leaver, way_out = sent("Noe", language=language)
    candidate, maya = Walker(page_of("visitor", **window)), Walker(page_of("maya", **window))
    find_by_the_map(candidate, opening, language)
    page = ask_for_the_link(candidate, file, language)
    assert words["step"] in candidate.page.inner_text("main")

    answer_no(maya, file)
    assert words["step"] in candidate.go(page)  # an answer that has not left is not told
    maya.go(f"/hiring/people/{file.pk}/")
    maya.send("/refuse/back/")
    hours["more"] += timedelta(hours=25)
    post_leaves()
    assert not Mail.objects.filter(kind="recruitment.refused", state="sent").exists()
    assert words["step"] in candidate.go(page)

    transitions.refuse(file.pk, by=house.maya.user, reason="experience", words="Others have done this longer.")
    hours["more"] += timedelta(hours=25)
    post_leaves()
    assert words["no"] in candidate.open_mail("recruitment.refused", "/follow/")
    assert "Others have done this longer." in candidate.page.inner_text("main")

    candidate.go(f"/{language}/follow/{way_out}/")
    candidate.press(f'a[href$="/{way_out}/withdraw/"]')
    assert words["withdrawn"] in candidate.send("")
    assert words["status"] in maya.go(f"/hiring/{opening.slug}/list/?q={leaver.code}")


def find_by_the_map(visitor, job, language):
    """As a search engine: the sitemap gives the address of the job in each language, and it answers."""
    visitor.go(f"/{language}/")
    text = visitor.page.evaluate("fetch('/sitemap.xml').then(answer => answer.text())")
    addresses = re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", text)
    assert len(addresses) == len(set(addresses))
    visitor.go(next(each for each in addresses if each == f"/{language}/jobs/{job.slug}/"))


def ask_for_the_link(visitor, file, language):
    """The same words for a stranger's address and a candidate's; one mail only, and its link opens the page."""
    said = []
    for address in ("nobody@mail.example", file.email):
        visitor.go(f"/{language}/follow/")
        visitor.page.fill("main input[type=email]", address)
        said.append(visitor.send("", status=200))
    assert said[0] == said[1]
    answer_link_requests()
    post_leaves()
    assert [mail.to for mail in Mail.objects.filter(kind="recruitment.link")] == [file.email]
    visitor.open_mail("recruitment.link", "/follow/")
    return visitor.page.url


def answer_no(maya, file):
    """From the board's Move menu: a reason, the words, the letter read before it is queued."""
    maya.go(f"/hiring/{file.opening.slug}/?stage={file.stage_id}")
    card = maya.page.locator(f'.kc:has(a[href="/hiring/people/{file.pk}/"])')
    card.locator("details.menu > summary").click()
    card.locator("input[name=to][value=refuse]").check()
    with maya.page.expect_navigation(wait_until="load"):
        card.locator("details.menu button[type=submit]").click()
    maya.see()
    maya.page.select_option("#id_reason", "experience")
    maya.page.fill("#id_words", "Others have done this longer.")
    assert "Others have done this longer." in maya.send("", "button.btn-main", status=200)
    maya.send("", "button[name=send]")
