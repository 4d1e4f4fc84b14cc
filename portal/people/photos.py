"""Photos: recognised by content, drawn again at one size so that nothing hidden stays in the file, kept privately."""

import io
import secrets

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from portal.people.models import Person

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
SIDE = 384  # pixels: 96 on the largest monogram, four times for dense screens
KINDS = ("JPEG", "PNG", "WEBP")


def cleaned(upload) -> ContentFile:
    """The picture of `upload`, square, re-encoded, without its metadata; ValidationError in words otherwise."""
    if upload.size > MOST_BYTES:
        raise ValidationError(_("This file is %(size)s MB. The limit is 5 MB.") % {"size": round(upload.size / 1024 / 1024, 1)})
    try:
        with Image.open(upload, formats=KINDS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(_("This picture is too large: 40 million points at most."))
            square = ImageOps.fit(ImageOps.exif_transpose(picture).convert("RGB"), (SIDE, SIDE))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This file is not a picture we can read. Send a JPEG, PNG or WebP file.")) from error
    drawn = io.BytesIO()
    square.save(drawn, "WEBP", quality=82)
    return ContentFile(drawn.getvalue(), name=f"{secrets.token_hex(16)}.webp")


def put(person: Person, picture: ContentFile) -> None:
    """Show `picture` on the page of `person`; the one before is gone at once."""
    before = person.photo.name
    person.photo.save(picture.name, picture, save=False)
    person.save(update_fields=["photo"])
    _forget(person, before)


def remove(person: Person) -> None:
    """No photo any more: neither on the page nor on the disk."""
    before = person.photo.name
    person.photo = ""
    person.save(update_fields=["photo"])
    _forget(person, before)


def _forget(person: Person, name: str) -> None:
    if name:
        storage = person.photo.storage
        transaction.on_commit(lambda: storage.delete(name))
