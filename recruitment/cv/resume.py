"""Reads a JSON Resume file (jsonresume.org) into the short form: what we read is shown before it is kept."""

import json

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LIMIT = 512 * 1024  # bytes
MOST_JOBS = 3


def word(value, most: int) -> str:
    return " ".join(str(value).split())[:most] if isinstance(value, str | int | float) else ""


def rows(document: dict, key: str) -> list[dict]:
    found = document.get(key)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def read(upload) -> dict:
    """{"experience": [...], "skills": [...]}; ValidationError in words when it is no JSON Resume."""
    wrong = ValidationError(_("This is not a JSON Resume file. Choose another one, or fill in the short form."))
    if upload.size > LIMIT:
        raise wrong
    try:
        document = json.loads(upload.read().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise wrong from error
    if not isinstance(document, dict) or not {"basics", "work", "skills", "education"} & set(document):
        raise wrong
    experience = [
        {
            "role": word(row.get("position"), 100),
            "place": word(row.get("name") or row.get("company"), 100),
            "years": " - ".join(filter(None, [word(row.get("startDate"), 4), word(row.get("endDate"), 4)])),
        }
        for row in rows(document, "work")[:MOST_JOBS]
    ]
    skills = [word(row.get("name"), 60) for row in rows(document, "skills")[:12]]
    return {"experience": [row for row in experience if row["role"] or row["place"]], "skills": [skill for skill in skills if skill]}
