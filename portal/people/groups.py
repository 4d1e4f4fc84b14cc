"""The groups of skills that come with the lists we ship or import, in both languages; a group that somebody typed stays as typed."""

from django.utils.translation import get_language, override, pgettext_lazy

KNOWN = {
    "Data": pgettext_lazy("group of skills", "Data"),
    "Design and communication": pgettext_lazy("group of skills", "Design and communication"),
    "Digital": pgettext_lazy("group of skills", "Digital"),
    "Field": pgettext_lazy("group of skills", "Field"),
    "Finance and law": pgettext_lazy("group of skills", "Finance and law"),
    "Green": pgettext_lazy("group of skills", "Green"),
    "Health and safety": pgettext_lazy("group of skills", "Health and safety"),
    "Infrastructure": pgettext_lazy("group of skills", "Infrastructure"),
    "Know-how": pgettext_lazy("group of skills", "Know-how"),
    "Knowledge": pgettext_lazy("group of skills", "Knowledge"),
    "Languages": pgettext_lazy("group of skills", "Languages"),
    "People": pgettext_lazy("group of skills", "People"),
    "Rivers and water": pgettext_lazy("group of skills", "Rivers and water"),
    "Sales and service": pgettext_lazy("group of skills", "Sales and service"),
    "Software": pgettext_lazy("group of skills", "Software"),
    "Warnings and crisis": pgettext_lazy("group of skills", "Warnings and crisis"),
    "Working together": pgettext_lazy("group of skills", "Working together"),
}


def named(group: str, language: str | None = None) -> str:
    """`group` in `language`, else in the reader's."""
    with override(language or get_language()):
        return str(KNOWN.get(group, group))
