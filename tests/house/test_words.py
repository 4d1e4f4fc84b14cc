"""What no file of the house may say, each proved by a planted fault."""

import pytest

from tests.house import checks

pytestmark = pytest.mark.one_column
OWN_CLOCK_ALLOWED = {"portal/clock.py"}


def faults(check, paths, allowed=()):
    return [f"{checks.short(path)}: {fault}" for path in paths if checks.short(path) not in allowed for fault in check(path.read_text(encoding="utf-8"))]


def test_work_is_never_put_on_the_queue_directly():
    assert faults(checks.direct_tasks, checks.modules()) == []


def test_only_the_clock_knows_the_time():
    assert faults(checks.own_clocks, checks.modules(), OWN_CLOCK_ALLOWED) == []


def test_the_clock_says_which_day_a_moment_was():
    assert faults(checks.loose_days, checks.modules()) == []


def test_dates_are_written_in_one_place():
    assert faults(checks.own_dates, [*checks.modules(), *checks.templates()], {"portal/dates.py"}) == []


def test_forms_list_their_fields():
    assert faults(checks.open_forms, checks.modules()) == []


def test_nobody_writes_sql_through_the_models_back_door():
    assert faults(checks.loose_database, checks.modules()) == []


def test_each_module_begins_with_its_sentence():
    assert faults(checks.first_sentence, checks.modules()) == []


def test_modules_are_short():
    assert faults(checks.too_long, checks.modules(), allowed={"portal/settings.py"}) == []  # one settings file, read from top to bottom


def test_templates_hold_no_unsafe_markup():
    found = faults(checks.unsafe_markup, checks.templates())
    # Plain text has nothing to escape.
    assert [fault for fault in found if not fault.endswith(".txt: autoescape off")] == []


def test_every_posting_form_carries_its_token():
    # Components get their token from the caller's `{% act %}`, which the URL walk proves.
    assert faults(checks.tokenless_forms, checks.templates()) == []


def test_no_form_stands_inside_words():
    assert faults(checks.forms_in_words, checks.templates()) == []


def test_templates_speak_both_languages():
    # The living reference of the components (templates/design) is for those who build, in English.
    spoken = [path for path in checks.templates() if path.suffix == ".html" and path.parent.name != "design"]
    assert faults(checks.untranslated, spoken) == []


PLANTED = [
    (checks.direct_tasks, "send_mails.delay(3)"),
    (checks.direct_tasks, "tasks.send_mails.apply_async(countdown=3)"),
    (checks.own_clocks, "timezone.now()"),
    (checks.own_clocks, "at = models.DateTimeField(default=timezone.now)"),
    (checks.own_clocks, "date.today()"),
    (checks.own_clocks, "datetime.datetime.now()"),
    (checks.loose_days, "moment.date()"),
    (checks.loose_days, "clock.now().date()"),
    (checks.loose_days, "opening.closed_at.date().isoformat()"),
    (checks.own_dates, "from django.utils.formats import date_format"),
    (checks.own_dates, "    from django.utils import dateformat, timezone"),
    (checks.own_dates, '{% now "j F Y" as today %}'),
    (checks.open_forms, "class Meta:\n    exclude = ['user']"),
    (checks.open_forms, "class Meta:\n    fields = '__all__'"),
    (checks.loose_database, "Person.objects.raw('select 1')"),
    (checks.loose_database, "Person.objects.extra(where=['1'])"),
    (checks.first_sentence, "import os"),
    (checks.first_sentence, '"""Some words\nand more."""'),
    (checks.too_long, "x = 1\n" * 351),
    (checks.unsafe_markup, "{{ person.headline|safe }}"),
    (checks.unsafe_markup, "{% autoescape off %}"),
    (checks.unsafe_markup, '<p style="color:red">'),
    (checks.unsafe_markup, "<style>p{}</style>"),
    (checks.unsafe_markup, '<a href="/" onclick="go()">'),
    (checks.unsafe_markup, "<script>go()</script>"),
    (checks.unsafe_markup, '<a href="javascript:go()">'),
    (checks.unsafe_markup, '<script src="https://cdn.example/x.js"></script>'),
    (checks.tokenless_forms, '<form method="post"><button>Go</button></form>'),
    (checks.forms_in_words, '<li><span class="push">{% act url label %}</span></li>'),
    (checks.untranslated, "<p>Hello</p>"),
    (checks.untranslated, '<input placeholder="Hello">'),
]


@pytest.mark.parametrize(("check", "text"), PLANTED)
def test_a_planted_fault_is_seen(check, text):
    assert check(text)


SOUND = [
    (checks.own_clocks, "clock.now()"),
    (checks.own_dates, 'from portal.dates import date_format\n{% moment as now %}{{ now|date:"j F Y" }}'),
    (checks.open_forms, "class Meta:\n    fields = ['name']"),
    (checks.first_sentence, '"""One sentence."""\n'),
    (checks.first_sentence, ""),
    (checks.unsafe_markup, '<script src="{% static "js/app.js" %}" type="module"></script><p class="online">{# style= #}</p>'),
    (checks.untranslated, '<p title="{% translate "Hello" %}">{% blocktranslate %}Hello {{ name }}{% endblocktranslate %} &nbsp; {{ person }}</p>'),
]


@pytest.mark.parametrize(("check", "text"), SOUND)
def test_sound_text_passes(check, text):
    assert check(text) == []
