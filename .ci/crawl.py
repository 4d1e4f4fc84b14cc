"""Opens every page that the cast can reach by links in a running demo, in both languages, and says what is wrong with it.

    make crawl                                      everybody, all pages (half an hour on two cores)
    make crawl ARGS=--thorough                      each page looked at as everybody who may open it
    make crawl ARGS="--who hugo,nia --only onboarding,plans --language fr"
    make crawl ARGS="--at http://localhost:8000"    a demo that runs already

For each page: its status, whether all it links to opens, what the browser complains of, axe (WCAG 2.2 AA and best
practice, a wide light window and a dark phone), what is wider than the window, the Nu validator (npm's vnu-jar, where
there is Java), and its weight. CI looks at the same things on the pages of tests/browser only; this is for whoever changed
pages. Ends non-zero on findings.
"""

import argparse
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DEMO"] = "1"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
PLACE = ROOT / ".local" / "crawl"
WHO = ["visitor", "zoe", "hugo", "maya", "nia", "ben", "cleo", "ilan", "omar"]
LANGUAGES = ["en", "fr"]
WIDTHS = [320, 390, 1280, 1920]
LOOKS = [(1280, "light"), (390, "dark")]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FIRST_VISIT, HEAVIEST = 120_000, 60_000  # bytes: all of a visitor's first page, and one page's own text
NO_FADE = "Transition was "  # Chrome left out the fade between two pages: see tests/browser/walking.py
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
VARIANTS = 3  # of one address with different questions in it
READERS = 2  # as whom one address is looked at closely in one language; opened it is by everybody
LEFT_OUT = {  # signs out, shows other people’s mail, or is a piece of a page
    "account_logout", "demo", "mailbox", "mail_detail", "mail_attachment", "search_suggest", "people:skill_suggest", "people:person_suggest",
}  # fmt: skip


@dataclass
class Found:
    """What is wrong, in one line."""

    name: str
    who: str
    language: str
    path: str
    kind: str
    words: str

    def __str__(self):
        return f"{self.kind:8} {self.name:34} {self.who:8} {self.language} {self.path}\n         {self.words}"


@dataclass
class Crawl:
    base: str
    only: tuple[str, ...]
    readers: int
    browser: object
    looked: Counter = field(default_factory=Counter)
    findings: list[Found] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)
    weights: dict[str, int] = field(default_factory=dict)
    pages: int = 0

    def walk(self, who: str, language: str) -> None:
        """Everything that `who` reaches by links, one example of each address; and whether every other link opens."""
        context = self.browser.new_context(base_url=self.base, locale=language, viewport={"width": 1280, "height": 900})
        page = context.new_page()
        told = []
        page.on("console", lambda message: told.append((message.location.get("url", ""), message.text)) if message.type == "error" else None)
        page.on("pageerror", lambda error: None if str(error).startswith(NO_FADE) else told.append(("", str(error))))
        todo, seen, variants, led = deque(self.come_in(page, who, language)), set(), Counter(), {}
        while todo:
            path = todo.popleft()
            name = name_of(path)
            key = (name, *sorted(parse_qs(urlsplit(path).query, keep_blank_values=True)))
            if name is None or name in LEFT_OUT or key in seen or variants[name] >= VARIANTS:
                continue
            seen.add(key)
            variants[name] += 1
            found = self.look(page, told, who, language, name, path)
            todo += found
            led |= {link: path for link in found if link not in led}
        self.knock(context, who, language, led)
        context.close()

    def knock(self, context, who, language, led) -> None:
        """Ask for each address that some page links to, without looking at it."""
        for link, path in led.items():
            name = name_of(link)
            if name is None or name in LEFT_OUT or not is_chosen(name, self.only):
                continue
            status = context.request.get(link).status
            if status >= 400 and status != 410:
                self.tell(Found(name, who, language, path, "link", f"{status} {link}"))

    def tell(self, found: Found) -> None:
        self.findings.append(found)
        print(found, file=self.log, flush=True)  # to be read while the walk goes on

    def come_in(self, page, who, language) -> list[str]:
        """Sign in by one click of the demo; where to begin."""
        page.goto(f"/{language}/")
        if who == "visitor":
            self.weigh_first_visit(language)
            return [f"/{language}/", "/accounts/login/"]
        page.goto("/demo/")
        with page.expect_navigation():
            page.locator(f'form[action="/demo/step-in/{who}/"] button').first.click()
        begin = urlsplit(page.url).path
        return [begin] if who == "zoe" else [begin, *bare_paths()]

    def look(self, page, told, who, language, name, path) -> list[str]:
        """Open one page and write down what is wrong; the addresses it links to."""

        def tell(kind, words):
            self.tell(Found(name, who, language, path, kind, words))

        told.clear()
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="light")
        try:
            answer = page.goto(path)
        except Exception as error:  # a file: the browser would keep it
            if not any(word in str(error) for word in ("Download is starting", "ERR_ABORTED")) and path not in bare_paths():
                tell("opening", str(error).splitlines()[0])
            return []
        if answer is None or "html" not in answer.headers.get("content-type", ""):
            return []
        # What nobody linked to may well be closed to this reader; what a page links to must open.
        linked = path not in bare_paths()
        if answer.status >= 500 or (answer.status >= 400 and answer.status != 410 and linked):
            tell("status", str(answer.status))
        if answer.status >= 400:
            return []
        self.reached.add(name)
        # A guessed address that only takes forms answers 405, and the browser may say so when the next page is there already.
        if said := [f"{words} ({url})" for url, words in told if urlsplit(url).path == path or urlsplit(url).path not in bare_paths()]:
            tell("console", " | ".join(said[:3]))
        self.looked[name, language] += 1
        if not is_chosen(name, self.only) or self.looked[name, language] > self.readers:
            return self.links(page, path)
        self.pages += 1
        body = answer.body()
        (PLACE / "html" / f"{self.pages:05}.html").write_bytes(body)
        self.nu[f"{self.pages:05}.html"] = (name, who, language, path)
        weight = answer.request.sizes()["responseBodySize"]
        self.weights[name] = max(weight, self.weights.get(name, 0))
        if weight > HEAVIEST:
            tell("weight", f"{weight} bytes of text")
        found = self.links(page, path)
        page.evaluate("for (const each of document.querySelectorAll('details:not([name]):not(.menu)')) each.open = true")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                tell("wide", f"{wide} px in a window of {width}: {page.evaluate(WIDEST)}")
        for width, theme in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # else axe reads colours that are on their way
            for each in self.axe.run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]:
                tell("axe", f"{each['id']} ({theme}, {width}): {each['nodes'][0]['html'][:180]}")
        return found

    def links(self, page, path) -> list[str]:
        """The addresses of this site that a page links to."""
        found = []
        for href in page.eval_on_selector_all("a[href]", "all => all.map(each => each.getAttribute('href'))"):
            url = urlsplit(urljoin(f"{self.base}{path}", href))
            if f"{url.scheme}://{url.netloc}" == self.base:
                found.append(url.path + (f"?{url.query}" if url.query else ""))
        return found

    def weigh_first_visit(self, language) -> None:
        """All bytes of a visitor's first page, with nothing kept from before."""
        context = self.browser.new_context(base_url=self.base, locale=language)
        page, sizes = context.new_page(), []
        page.on("requestfinished", lambda request: sizes.append(request))
        page.goto("/", wait_until="networkidle")
        whole = sum(sum(request.sizes()[part] for part in ("responseBodySize", "responseHeadersSize")) for request in sizes)
        context.close()
        print(f"first visit, {language}: {whole} bytes in {len(sizes)} answers")
        if whole > FIRST_VISIT:
            self.findings.append(Found("home", "visitor", language, "/", "weight", f"{whole} bytes at the first visit"))

    @cached_property
    def nu(self) -> dict:
        return {}

    @cached_property
    def axe(self):
        from axe_playwright_python.sync_playwright import Axe

        return Axe()

    @cached_property
    def log(self):
        return (PLACE / "found.txt").open("w")

    def validate(self) -> None:
        """The Nu validator on every page kept."""
        jar, why = validator()
        if jar is None:
            print(f"Nu validator: skipped, {why}")
            return
        done = subprocess.run(
            ["java", "-jar", jar, "--errors-only", "--format", "json", "--exit-zero-always", PLACE / "html"], capture_output=True, text=True, check=False
        )
        for message in json.loads(done.stderr or '{"messages": []}')["messages"]:
            name, who, language, path = self.nu[Path(message.get("url", "")).name]
            self.findings.append(Found(name, who, language, path, "nu", f"{message['message']}: {message.get('extract', '')[:120]!r}"))


WIDEST = """(() => { let width = innerWidth, found = "";
for (const each of document.querySelectorAll("main *, header *, footer *, nav *")) {
  const right = each.getBoundingClientRect().right; if (right > width + 0.5) { width = right; found = each.outerHTML.slice(0, 140) } }
return found })()"""


def is_chosen(name: str, only: tuple[str, ...]) -> bool:
    return not only or name.split(":")[0] in only or name in only


def name_of(path: str) -> str | None:
    """The name of the address, None when nothing of ours answers there."""
    from django.urls import Resolver404, resolve
    from django.utils import translation

    with contextlib.suppress(Resolver404), translation.override(path.split("/")[1] if path.split("/")[1] in LANGUAGES else "en"):
        return resolve(urlsplit(path).path).view_name
    return None


def promised() -> dict[str, list[str]]:
    """{name: cells} of what the table of addresses says of GET."""
    rows = (line.split() for line in (ROOT / "tests" / "house" / "url_table.txt").read_text().splitlines() if line.strip() and not line.startswith("#"))
    return {name: cells for name, method, *cells in rows if method == "GET"}


def bare_paths(kept=[]) -> list[str]:  # noqa: B006 - worked out once
    """The addresses that need no object, from the table."""
    from django.urls import NoReverseMatch, reverse

    if not kept:
        for name in promised():
            with contextlib.suppress(NoReverseMatch):
                kept.append(reverse(name))
    return kept


def validator():
    """(the path of the Nu validator, None) or (None, why there is none)."""
    if not shutil.which("java"):
        return None, "there is no java"
    jar = PLACE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not jar.exists():
        if not shutil.which("npm"):
            return None, "there is no npm to fetch it"
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(PLACE), "vnu-jar"], check=False)
    return (jar, None) if jar.exists() else (None, "npm could not fetch it")


@contextlib.contextmanager
def demo():
    """A demo of its own on a free port, kept between runs in .local/crawl; its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "DATA_DIR": str(PLACE / "demo"), "PORT": str(port), "PYTHONWARNINGS": "ignore"}
    process = subprocess.Popen([sys.executable, "manage.py", "demo"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://localhost:{port}/health/live", timeout=5).close()
                break
            if process.poll() is not None:
                sys.exit("The demo did not start.")
            time.sleep(1)
        yield f"http://localhost:{port}"
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait()


def report(crawl: Crawl, everybody: bool) -> int:
    """Print what was found, each thing once with how often; how many."""
    same = defaultdict(list)
    for found in crawl.findings:
        same[found.kind, found.name, found.words.split(":")[0]].append(found)
    for group in sorted(same.values(), key=lambda group: (group[0].name, group[0].kind)):
        print(f"{group[0]}" + (f"  (and {len(group) - 1} like it)" if len(group) > 1 else ""))
    heavy = sorted(crawl.weights.items(), key=lambda item: -item[1])[:5]
    print(f"\n{crawl.pages} pages of {len(crawl.reached)} addresses. Heaviest: " + ", ".join(f"{name} {weight} B" for name, weight in heavy))
    if everybody:
        missed = [name for name, cells in promised().items() if "200" in cells and name not in crawl.reached | LEFT_OUT and is_chosen(name, crawl.only)]
        print(f"Not reached as a page by any link: {', '.join(missed) or 'none'}")
    print(f"{len(same)} findings" if same else "Nothing found.")
    return len(same)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--at", default="", help="the address of a demo that runs already")
    parser.add_argument("--who", default=",".join(WHO))
    parser.add_argument("--language", default=",".join(LANGUAGES))
    parser.add_argument("--thorough", action="store_true", help="look at each page as everybody who may open it")
    parser.add_argument("--only", default="", help="look at these apps or addresses only (the rest is walked through)")
    given = parser.parse_args()

    import django
    from playwright.sync_api import sync_playwright

    django.setup()
    shutil.rmtree(PLACE / "html", ignore_errors=True)
    (PLACE / "html").mkdir(parents=True)
    with contextlib.nullcontext(given.at.rstrip("/")) if given.at else demo() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        crawl = Crawl(base, tuple(filter(None, given.only.split(","))), len(WHO) * VARIANTS if given.thorough else READERS, browser)
        for who in given.who.split(","):
            for language in given.language.split(","):
                before = crawl.pages, len(crawl.findings)
                crawl.walk(who, language)
                print(f"{who}, {language}: {crawl.pages - before[0]} pages, {len(crawl.findings) - before[1]} findings", flush=True)
        browser.close()
    crawl.validate()
    sys.exit(1 if report(crawl, given.who == ",".join(WHO)) else 0)


if __name__ == "__main__":
    main()
