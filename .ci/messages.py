"""Keeps the French catalogues: `update` adds what pages say, `compile` writes .mo files, `check` fails on a gap.

Needs no gettext: Django turns templates into Python-like text, Babel reads it, polib writes. One catalogue an app:
strings of `portal/people/**` and `templates/people/**` live in `portal/people/locale`, the rest in `locale/`.
"""

import io
import os
import re
import sys
from collections import defaultdict
from pathlib import Path

import polib
from babel.messages.extract import extract

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.setdefault("DEMO", "1")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "ngettext_noop": (1, 2),
}
APPS = ["portal/people", "portal/search", "portal/demo", "portal/plans", "portal/panels", "recruitment", "onboarding", "mobility", "alumni"]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
TYPED = re.compile(r"[^\W\d_]'[^\W\d_]|[^\W\d_] [:;?!»]|« ")  # what no French printer would let through
HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "MIME-Version": "1.0",
    "Language": "fr",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}


def sources():
    """Every file that may speak, as paths from the root."""
    for top in ("portal", "recruitment", "onboarding", "mobility", "alumni", "templates"):
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix in (".py", ".html", ".txt", ".xml", ".ics", ".svg") and "migrations" not in path.parts and "locale" not in path.parts:
                yield path.relative_to(ROOT)


def owner(path: Path) -> str:
    """The folder whose catalogue holds the strings of `path`; "" for the top one."""
    text = path.as_posix()
    for app in APPS:
        if text.startswith(f"{app}/") or text.startswith(f"templates/{app.removeprefix('portal/')}/"):
            return app
    return ""


def said():
    """{owner: {(context, msgid, plural): [places]}} of everything the sources say."""
    import django
    from django.utils.translation.template import templatize

    django.setup()
    found = defaultdict(lambda: defaultdict(list))
    for path in sources():
        text = (ROOT / path).read_text(encoding="utf-8")
        if path.suffix != ".py":
            text = templatize(text, origin=str(path))
        for _line, message, _comments, context in extract("python", io.BytesIO(text.encode()), KEYWORDS, options={"encoding": "utf-8"}):
            single, plural = message if isinstance(message, tuple) else (message, None)
            if single:
                found[owner(path)][(context, single, plural)].append((path.as_posix(), ""))
    return found


def catalogue(app: str) -> Path:
    return ROOT / app / "locale" / "fr" / "LC_MESSAGES" / "django.po"


def opened(app: str) -> polib.POFile:
    path = catalogue(app)
    po = polib.pofile(str(path), wrapwidth=120) if path.exists() else polib.POFile(wrapwidth=120)
    po.metadata = HEADER
    return po


def key(entry):
    return (entry.msgctxt or None, entry.msgid, entry.msgid_plural or None)


def update(only=()):
    """Bring the catalogues up to date, or those of the apps in `only` (such as portal/people)."""
    everything = said()
    for app in only or ["", *APPS]:
        wanted, po = everything.get(app, {}), opened(app)
        if not wanted and not len(po):
            continue
        known = {key(entry): entry for entry in po}
        fresh = polib.POFile(wrapwidth=120)
        fresh.metadata = HEADER
        for (context, single, plural), places in sorted(wanted.items(), key=lambda item: (item[0][1], item[0][0] or "")):
            entry = known.get((context, single, plural)) or polib.POEntry(
                msgid=single, msgctxt=context, **({"msgid_plural": plural, "msgstr_plural": {0: "", 1: ""}} if plural else {})
            )
            entry.occurrences = sorted(set(places))
            if "%(" in single and "python-format" not in entry.flags:
                entry.flags.append("python-format")
            fresh.append(entry)
        catalogue(app).parent.mkdir(parents=True, exist_ok=True)
        fresh.save(str(catalogue(app)))
        empty = sum(1 for entry in fresh if not entry.translated())
        print(f"{catalogue(app).relative_to(ROOT)}: {len(fresh)} messages, {empty} to translate")


def compile_all():
    for app in ["", *APPS]:
        if catalogue(app).exists():
            opened(app).save_as_mofile(str(catalogue(app).with_suffix(".mo")))


def placeholders(text):
    return sorted({match.group(0) for match in PLACEHOLDER.finditer(text.replace("%%", ""))})


def check() -> int:
    """Print each gap; how many."""
    faults = []
    answers = defaultdict(set)  # the catalogues are one to Django: of two answers to one question, pages get either
    everything = said()
    for app in ["", *APPS]:
        wanted, po = everything.get(app, {}), opened(app)
        name = str(catalogue(app).relative_to(ROOT))
        known = {key(entry): entry for entry in po}
        for one in wanted.keys() - known.keys():
            faults.append(f"{name}: not in the catalogue: {one[1]!r}")
        for one in known.keys() - wanted.keys():
            faults.append(f"{name}: nobody says: {one[1]!r}")
        for entry in po:
            forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
            answers[(*key(entry)[:2], bool(entry.msgid_plural))].add(tuple(forms))
            if not all(forms) or "fuzzy" in entry.flags:
                faults.append(f"{name}: not translated: {entry.msgid!r}")
            elif any(TYPED.search(form) for form in forms):
                faults.append(f"{name}: typewriter French (use ’, and a non-breaking space before : ; ? ! and inside « »): {forms[0]!r}")
            elif placeholders(forms[-1]) != placeholders(entry.msgid_plural or entry.msgid):
                faults.append(f"{name}: other placeholders: {entry.msgid!r}")
        mo = catalogue(app).with_suffix(".mo")
        if len(po) and (
            not mo.exists()
            or {key(entry): (entry.msgstr, entry.msgstr_plural) for entry in polib.mofile(str(mo))}
            != {key(entry): (entry.msgstr, entry.msgstr_plural) for entry in po if entry.translated()}
        ):
            faults.append(f"{name}: the .mo file is not its compiled form (run: .ci/messages.py compile)")
    faults += [f"said in two ways (give one of them a context): {one[1]!r}: {sorted(said)}" for one, said in answers.items() if len(said) > 1]
    print("\n".join(faults) or "catalogues complete")
    return len(faults)


if __name__ == "__main__":
    action = sys.argv[1] if len(sys.argv) > 1 else "check"
    if action == "update":
        update(sys.argv[2:])
    elif action == "compile":
        compile_all()
    else:
        sys.exit(1 if check() else 0)
