"""Walks a life in Chromium: looks at each page for faults, opens mails in the demo mailbox, works as the worker would."""

from axe_playwright_python.sync_playwright import Axe

from portal import clock
from portal.models import Mail
from portal.tasks import send_mails

# Chrome says this when it leaves out the fade between two pages, whatever the reason: a promise of its own that no script
# made and none can catch (w3c/csswg-drafts issue 13726). The page is there, only without the fade.
NO_FADE = "Transition was "
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Walker:
    """One reader in one window; every page they come to is looked at with `see`."""

    def __init__(self, page):
        self.page, self.told = page, []
        page.on("console", lambda message: self.told.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: None if str(error).startswith(NO_FADE) else self.told.append(str(error)))

    def go(self, path, status=200):
        answer = self.page.goto(path)
        assert answer.status == status, f"{path}: {answer.status}"
        return self.see(status)

    def see(self, status=200):
        """Nothing is wider than the window, axe finds nothing, the browser complains of nothing; the words of the page."""
        self.page.wait_for_load_state("load")
        where = self.page.url
        expected = f"the server responded with a status of {status}"
        faults = [each for each in self.told if status == 200 or expected not in each]
        self.told.clear()
        assert faults == [], f"{where}: {faults}"
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.page.viewport_size["width"], where
        found = Axe().run(self.page, options={"runOnly": RULES}).response["violations"]
        assert found == [], f"{where}: {[(each['id'], each['nodes'][0]['html'][:200]) for each in found]}"
        return self.page.inner_text("main")

    def press(self, selector, status=200):
        """Click what leads to another page, and look at it."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.locator(f"{selector} >> visible=true").first.click()
        return self.see(status)

    def send(self, action, button="button[type=submit]", status=200):
        """Press the button of the form that is sent to `action` (the end of its address, or "" for the one of the page)."""
        form = f'main form[action$="{action}"]' if action else "main form[method=post]:not([action])"
        return self.press(f"{form} {button}", status)

    def drag(self, what, onto):
        """With the pointer, in steps as a hand does, to the middle of `onto`."""
        start, end = self.page.locator(what).first.bounding_box(), self.page.locator(onto).first.bounding_box()
        mouse = self.page.mouse
        mouse.move(start["x"] + 12, start["y"] + start["height"] - 12)
        mouse.down()
        mouse.move(start["x"] + 40, start["y"] + start["height"] - 6, steps=4)
        with self.page.expect_navigation(wait_until="load"):
            mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=8)
            mouse.up()
        return self.see()

    def open_mail(self, kind, part="/"):
        """Find the latest mail of this kind in the demo mailbox, read it, and follow the link in it that holds `part`."""
        mail = Mail.objects.filter(kind=kind).latest("pk")
        self.go(f"/demo/mailbox/?to={mail.to}")
        assert mail.subject in self.press(f'a[href="/demo/mailbox/{mail.pk}/"]')
        return self.press(f'.letter a[href*="{part}"]')

    def code(self):
        """The sign-in code of the latest mail, read in the demo mailbox."""
        mail = Mail.objects.latest("pk")
        self.go(f"/demo/mailbox/{mail.pk}/")
        return next(word for line in self.page.inner_text(".letter").splitlines() for word in [line.strip()] if len(word) == 9 and word[4] == "-")


def fill(walker, **values):
    """Write into fields of the page, by name."""
    for name, value in values.items():
        walker.page.fill(f"main [name={name}]", value)


def choose(walker, **values):
    """Tick one choice of fields of the page, by name."""
    for name, value in values.items():
        walker.page.locator(f'main [name={name}][value="{value}"]').check()


def vote(walker, panel):
    """A ballot as a person fills it, on the page of the panel."""
    walker.go(panel.get_absolute_url())
    for each in panel.criteria.all():
        choose(walker, **{f"verdict_{each.pk}": "meets"})
        fill(walker, **{f"because_{each.pk}": "Seen at work."})
    choose(walker, choice="yes")
    walker.send(f"/panels/{panel.pk}/seal/", "button.btn-main")


def post_leaves():
    """The worker sends what is due."""
    send_mails()
    assert not Mail.objects.filter(state="waiting", send_after__lte=clock.now()).exists()
