"""My data: everything the house holds on the reader, to read here or to take away."""

import io
import json
import zipfile

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_POST

from portal import audit, clock, privacy


@require_GET
def my_data(request):
    """Part by part, in words."""
    return render(request, "trust/my_data.html", {"parts": privacy.handed_over(request.user)})


def as_json(user) -> str:
    """The same for machines: keys that stay, values in JSON's own types."""
    parts = {part.name: [{fact.key: fact.value for fact in record} for record in records] for part, records in privacy.handed_over(user)}
    return json.dumps({"made_at": clock.now().isoformat(timespec="seconds"), "format": 1, "data": parts}, ensure_ascii=False, indent=2)


@require_POST
def my_data_download(request):
    """One archive: data.json, and the files as they were sent."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("data.json", as_json(request.user))
        for number, (name, stored) in enumerate(privacy.files_of(request.user), 1):
            suffix = stored.name.rsplit(".", 1)[-1][:5]
            with stored.open("rb") as content:
                packed.writestr(f"files/{number}-{slugify(name)}.{slugify(suffix)}", content.read())
    audit.record("data.exported", on=request.user)
    response = HttpResponse(archive.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="my-data-{clock.today():%Y-%m-%d}.zip"'
    return response
