"""The house rules as functions: each takes a text or a model and returns the faults it sees, so that faults can be planted."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STAGES = ("recruitment", "onboarding", "mobility", "alumni")
TOPS = ("portal", *STAGES)
FLOORS = {
    "accounts": 0,
    "portal": 1,
    "search": 2,
    "people": 3,
    "plans": 4,
    "panels": 4,
    "coherence": 5,
    "community": 5,
    "recognition": 6,
    **dict.fromkeys(STAGES, 7),
    "demo": 8,
    "design": 8,
}
LONGEST = 350


def modules():
    """Every Python file of the product that people write."""
    for top in TOPS:
        for path in sorted((ROOT / top).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def templates():
    """Every template of the product."""
    return sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt", ".xml", ".svg"))


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# --- floors -------------------------------------------------------------------------------------------
def may_name(owner: str, other: str) -> bool:
    """Whether something of the app `owner` may name something of the app `other`."""
    if owner == other or other not in FLOORS:
        return True
    return FLOORS[other] < FLOORS.get(owner, 1)


def upward_keys(model) -> list[str]:
    """The foreign keys of `model` that point upwards or sideways."""
    owner = model._meta.app_label
    targets = [(field.name, field.related_model) for field in [*model._meta.fields, *model._meta.many_to_many] if field.is_relation and field.related_model]
    return [f"{model._meta.label}.{name} points to {target._meta.label}" for name, target in targets if not may_name(owner, target._meta.app_label)]


REFERENCE = re.compile(r"""{%-?\s*(url|include|extends|cycle)\s+["']([^"']+)["']""")


def owner_of(template: str) -> str:
    """The app whose template this is; "" for the shell (bases, components, allauth's skin), which names no stage."""
    head = template.split("/")[0]
    return head if head in FLOORS and "/" in template else ""


def upward_references(template: str, text: str) -> list[str]:
    """The `{% url %}`, `{% include %}` and `{% extends %}` of a template that name what its app may not know."""
    owner, faults = owner_of(template), []
    for tag, name in REFERENCE.findall(text):
        other = name.split(":")[0] if tag == "url" else owner_of(name)
        if tag == "url" and ":" not in name:
            continue
        allowed = may_name(owner, other) if owner not in ("", "portal") else other not in STAGES
        if not allowed:
            faults.append(f"{template}: {tag} {name}")
    return faults


# --- words in Python ----------------------------------------------------------------------------------
CLOCKS = {
    ("timezone", "now"),
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
}


def _calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]


def direct_tasks(text: str) -> list[str]:
    """Calls that put work on the queue instead of ringing the bell."""
    return [f"line {call.lineno}: .{call.func.attr}(" for call in _calls(ast.parse(text)) if call.func.attr in ("delay", "apply_async")]


def own_clocks(text: str) -> list[str]:
    """Readings of another clock than portal/clock.py, called or handed on as a default."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute):
            base = node.value.id if isinstance(node.value, ast.Name) else getattr(node.value, "attr", "")
            if (base, node.attr) in CLOCKS:
                found.append(f"line {node.lineno}: {base}.{node.attr}")
    return found


OF_WHATEVER_ZONE = {"now", "moment", "at"}  # and whatever ends in _at: the database gives them in UTC


def loose_days(text: str) -> list[str]:
    """Days cut off a moment in the zone it happens to be in, where clock.day asks which clock is meant."""
    found = []
    for call in _calls(ast.parse(text)):
        of = call.func.value
        name = of.attr if isinstance(of, ast.Attribute) else getattr(of, "id", "") or getattr(getattr(of, "func", None), "attr", "")
        if call.func.attr == "date" and (name in OF_WHATEVER_ZONE or name.endswith(("_at", "_now"))):
            found.append(f"line {call.lineno}: {name}.date()")
    return found


OWN_DATES = re.compile(r"from django\.utils[.\w]* import (?:.*, )?(?:date_format|dateformat|formats)\b|{%-?\s*now\b")


def own_dates(text: str) -> list[str]:
    """Dates written past portal/dates.py (which knows the French first of a month), or today by another clock."""
    return OWN_DATES.findall(text)


def open_forms(text: str) -> list[str]:
    """Forms that do not list their fields."""
    faults = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name, value = node.targets[0].id, node.value
            if name == "exclude" or (name == "fields" and isinstance(value, ast.Constant) and value.value == "__all__"):
                faults.append(f"line {node.lineno}: {name}")
    return faults


def loose_database(text: str) -> list[str]:
    """SQL or markup put together by hand."""
    return [f"line {call.lineno}: .{call.func.attr}(" for call in _calls(ast.parse(text)) if call.func.attr in ("raw", "extra")]


def first_sentence(text: str) -> list[str]:
    """A module begins with one sentence on its first line."""
    if not text.strip():
        return []
    said = (ast.get_docstring(ast.parse(text)) or "").split("\n")[0]
    starts = text.startswith('"""') or (text.startswith("#!") and text.split("\n", 1)[1].startswith('"""'))
    return [] if starts and said.endswith((".", "…")) else ["the first line is no sentence"]


def too_long(text: str) -> list[str]:
    """A module has one subject, so it is short."""
    lines = text.count("\n")
    return [f"{lines} lines"] if lines > LONGEST else []


# --- words in templates -------------------------------------------------------------------------------
COMMENT = re.compile(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|<!--.*?-->", re.S)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.S)
UNSAFE = {
    "|safe": re.compile(r"\|\s*safe\b"),
    "autoescape off": re.compile(r"{%\s*autoescape\s+off"),
    "inline style": re.compile(r"<style|\sstyle\s*=", re.I),
    "inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)", re.I),
    "javascript: address": re.compile(r"javascript:", re.I),
    "third-party address": re.compile(r"<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)\s*=\s*[\"'](?:https?:)?//(?!{)", re.I),
    "form that sends by GET what changes": re.compile(r"hx-get[^>]*hx-confirm", re.I),
}


def unsafe_markup(text: str) -> list[str]:
    """What a strict content policy or a careful reader would refuse."""
    text = COMMENT.sub("", text)
    in_tags = ("|safe", "autoescape off")
    return [name for name, pattern in UNSAFE.items() if pattern.search(text if name in in_tags else TAG.sub("x", text))]


def tokenless_forms(text: str) -> list[str]:
    """Forms by POST without a CSRF token."""
    forms = re.findall(r"<form\b[^>]*method=[\"']post[\"'].*?</form>", COMMENT.sub("", text), re.S | re.I)
    return [form[:60] for form in forms if "csrf_token" not in form]


def forms_in_words(text: str) -> list[str]:
    """Forms, or `{% act %}` which draws one, inside a span or a paragraph: no HTML allows that."""
    depth, found = [], []
    for tag in re.finditer(r"<(/?)(span|p)\b[^>]*>|{% act |<form\b", COMMENT.sub("", text)):
        if tag[2] is None:
            found += [f"{tag[0]} in <{depth[-1]}>"] if depth else []
        elif not tag[1]:
            depth.append(tag[2])
        elif tag[2] in depth:
            depth.remove(tag[2])
    return found


TRANSLATED = re.compile(r"{%-?\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*-?%}", re.S)
SPOKEN = re.compile(r"""\s(?:aria-label|placeholder|title|alt|data-label)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
WORD = re.compile(r"[^\W\d_]{3,}")
# Names, units and keys that are the same in both languages.
SAME = {
    "Website",  # the trap for robots, which nobody is shown
    "Ctrl",
    "Esc",
    "English",
    "Français",
    "JSON",
    "CSV",
    "PDF",
    "RSS",
    "Atom",
    "ESCO",
    "RGAA",
    "WCAG",
    "ROME",
    "SIRET",
    "SIREN",
    "DPO",
    "CNIL",
    "SCIM",
    "OIDC",
    "TOTP",
    "QR",
    "kg",
    "nbsp",
}


def untranslated(text: str) -> list[str]:
    """Words of a template that no catalogue can turn into French."""
    text = TRANSLATED.sub(" ", COMMENT.sub(" ", text))
    text = re.sub(r"{% block (?:main_class|zone|body_attrs) %}.*?{% endblock", " ", text, flags=re.S)
    text = re.sub(r"<(script|style|svg|code|pre)\b.*?</\1>", " ", text, flags=re.S | re.I)
    text = TAG.sub(" ", text)
    spoken = [double or single for double, single in SPOKEN.findall(text)]
    plain = re.sub(r"<[^>]*>", " ", text, flags=re.S)
    plain = re.sub(r"""&\w+;|[\w-]+="[^"]*"|[\w-]+='[^']*'""", " ", plain)  # entities, and attributes said in a block of their own
    return [word for piece in [plain, *spoken] for word in WORD.findall(piece) if word not in SAME]
