"""The words of "my data": every column that is handed over is named in the reader's language."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.utils.functional import Promise

from portal.privacy_words import COLUMNS

ROOT = Path(settings.BASE_DIR)


def test_every_column_of_my_data_has_a_name_people_read_in_their_language():
    """Each column an exporter names has words on a model of its app, or in portal/privacy_words.py; and no word there is idle."""
    used, bare = {"visibility", "seen_by"}, set()  # named by lists of columns
    for path in [*ROOT.glob("portal/**/*.py"), *(each for app in ("recruitment", "onboarding", "mobility", "alumni") for each in (ROOT / app).glob("*.py"))]:
        calls = re.findall(r"privacy\.facts\(([^()]*)\)", path.read_text())
        package = ".".join(path.relative_to(ROOT).parts[:-1])
        models = [model for model in apps.get_models() if model.__module__.startswith((f"{package}.", "allauth."))]
        for name in {name for call in calls for name in re.findall(r'"(\w+)"', call)}:
            used.add(name)
            fields = [field for model in models for field in model._meta.concrete_fields if field.name == name]
            if name not in COLUMNS and not any(isinstance(field.verbose_name, Promise) for field in fields):
                bare.add((package, name))
    assert bare == set()
    assert COLUMNS.keys() <= used
