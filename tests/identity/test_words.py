"""The sign-in library's pages speak French as ours do."""

import pytest
from django.utils.translation import gettext, override

from portal.accounts import borrowed


@pytest.mark.parametrize("text", borrowed.SAID)
def test_our_catalogue_speaks_before_the_librarys(text):
    with override("fr"):
        said = gettext(text)
    assert said != text
    assert "'" not in said
    assert "Courriel" not in said


def test_the_library_still_says_what_is_listed():
    """A sentence it no longer says would be translated for nobody."""
    from importlib.resources import files

    import polib

    kept = {entry.msgid for entry in polib.mofile(str(files("allauth") / "locale/fr/LC_MESSAGES/django.mo"))}
    assert set(borrowed.SAID) - kept <= {"Email"}
