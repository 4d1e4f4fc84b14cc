"""Takes a CV: says what it is by its content, keeps it under a random name, reads its text; refuses in words."""

import base64
import hashlib
import io
import zipfile
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from portal import clock
from recruitment.cv import limited
from recruitment.models import CV, CVPage

LIMIT = 10 * 1024 * 1024  # bytes
MOST_MEMBERS = 2000
MOST_UNPACKED = 80 * 1024 * 1024
MOST_RATIO = 120
SCANNER = ""  # dotted name of a function of bytes that returns the name of a virus, or ""
ODT = b"application/vnd.oasis.opendocument.text"


def kind_of(content: bytes) -> str:
    """ "pdf", "docx" or "odt" by what the bytes are; ValidationError in words otherwise."""
    if content.startswith(b"%PDF-"):
        if zipfile.is_zipfile(io.BytesIO(content)):
            raise ValidationError(_("This file is two files in one. Save it again as a PDF, and send that."))
        return CV.Kind.PDF
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_archive(content)
    raise ValidationError(_("This is not a PDF, a Word (.docx) or an ODT file. Save your CV as one of these, or fill in the short form."))


def _kind_of_archive(content: bytes) -> str:
    broken = ValidationError(_("This file cannot be opened. Save it again, or send a PDF."))
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise broken from error
    names = {member.filename for member in members}
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * len(content) + 1024 * 1024:
        raise ValidationError(_("This file unpacks to far more than a CV. Send a PDF instead."))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ValidationError(_("This file holds macros. Save it without them, or send a PDF."))
    if {"[Content_Types].xml", "word/document.xml"} <= names:
        return CV.Kind.DOCX
    if "content.xml" in names and members[0].filename == "mimetype" and members[0].file_size == len(ODT) and archive.read("mimetype") == ODT:
        return CV.Kind.ODT
    raise broken


def size_in_words(size: int) -> str:
    """412 KB, 14 MB."""
    if size < 1024 * 1024:
        return _("%(n)s KB") % {"n": max(1, round(size / 1024))}
    return _("%(n)s MB") % {"n": round(size / 1024 / 1024)}


def take(upload) -> CV:
    """Keep an uploaded CV and read its text; ValidationError says in words what is wrong with it."""
    if upload.size > LIMIT:
        raise ValidationError(_("This file is %(size)s. The limit is 10 MB.") % {"size": size_in_words(upload.size)})
    content = upload.read()
    if not content:
        raise ValidationError(_("This file is empty."))
    kind = kind_of(content)
    if SCANNER and (virus := import_string(SCANNER)(content)):
        raise ValidationError(_("This file holds something harmful (%(name)s) and was not kept.") % {"name": virus})
    try:
        found = limited.ask("text", kind, content)
    except limited.Unreadable as error:
        raise ValidationError(_("We could not read this file: it may be locked or damaged. Send another, or fill in the short form.")) from error
    stem = PurePath(upload.name.replace("\\", "/")).stem
    name = "".join(letter for letter in stem if letter.isprintable() and letter not in '<>:"/\\|?*')[:100].strip(" .") or "cv"
    cv = CV(name=f"{name}.{kind}", kind=kind, size=len(content), sha256=hashlib.sha256(content).hexdigest())
    cv.text, cv.page_count, cv.state = found["text"].replace("\x00", ""), min(found["pages"], 999), CV.State.READ
    cv.file.save("cv", ContentFile(content), save=False)
    cv.save()
    return cv


def draw(cv: CV) -> int:
    """Draw the page images of a PDF once; how many there are. Safe to run twice."""
    if cv.kind != CV.Kind.PDF or cv.drawn_at:
        return 0

    with cv.file.open("rb") as stored:
        content = stored.read()
    try:
        pages = limited.ask("pages", cv.kind, content)["pages"]
    except limited.Unreadable:
        pages = []
    with transaction.atomic():
        cv = CV.objects.select_for_update().get(pk=cv.pk)
        if cv.drawn_at:
            return 0  # another worker was quicker
        for number, page in enumerate(pages, start=1):
            row = CVPage(cv=cv, number=number, width=page["width"], height=page["height"])
            row.image.save("page", ContentFile(base64.b64decode(page["png"])), save=False)
            row.save()
        cv.drawn_at = clock.now()
        cv.save(update_fields=["drawn_at"])
    return len(pages)
