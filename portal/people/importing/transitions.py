"""How a file of people moves: opened, mapped, looked at, confirmed, written; or given up."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from portal import audit, bell, notices
from portal.moves import locked, move
from portal.people.importing import mapping, planning, sheets, writing
from portal.people.models import ImportRow, PeopleImport

RULE = "people.view_peopleimport"
TASK = "people.carry_imports"
AT_ONCE = 500  # rows that are looked at and written while the page waits
Status = PeopleImport.Status


def begin(upload: UploadedFile, *, by) -> PeopleImport:
    """Keep an uploaded file and propose which column fills which field. Raises sheets.Unreadable."""
    sheet = sheets.read(upload.name, upload.read())
    upload.seek(0)
    with transaction.atomic():
        bringing = PeopleImport(name=upload.name[:200], by=by, headings=sheet.headings, total=len(sheet.rows))
        bringing.mapping = mapping.proposed(sheet.headings).as_json()
        bringing.file.save(upload.name, upload, save=False)
        bringing.save()
        audit.record("import.begun", by=by, on=bringing, rows=bringing.total)
    return bringing


def map_columns(bringing_id: int, chosen: mapping.Mapping, *, by) -> PeopleImport:
    """Take the chosen columns and look at every row: at once when they are few, else by a worker. Raises mapping.Unusable."""
    with transaction.atomic():
        bringing = locked(PeopleImport, bringing_id, by, RULE)
        mapping.check(chosen, bringing.headings)
        bringing.mapping, bringing.looked_at, bringing.trouble = chosen.as_json(), 0, ""
        bringing.save(update_fields=["mapping", "looked_at", "trouble"])
        move(bringing, Status.CHECKING, by=by)
        bell.ring(TASK)
    if bringing.total <= AT_ONCE:
        look(bringing.pk)
    return bringing


def look(bringing_id: int) -> None:
    """Make the plan of a file and keep it as rows. Safe to run twice: the later one replaces."""
    bringing = PeopleImport.objects.select_related("by").get(pk=bringing_id)

    def progress(done):
        PeopleImport.objects.filter(pk=bringing_id).update(looked_at=done)

    try:
        plan = _plan(bringing, progress)
    except (sheets.Unreadable, mapping.Unusable) as error:
        _fail(bringing_id, str(error))
        return
    with transaction.atomic():
        bringing = PeopleImport.objects.select_for_update().get(pk=bringing_id)
        if bringing.status != Status.CHECKING:
            return
        bringing.rows.all().delete()
        ImportRow.objects.bulk_create([_row(bringing, row) for row in plan.rows], batch_size=500)
        bringing.findings = _findings(plan)
        bringing.save(update_fields=["findings"])
        move(bringing, Status.READY, by=None)


def confirm(bringing_id: int, *, by) -> PeopleImport:
    """Say yes to what was shown: it is written at once when it is little, else by a worker."""
    with transaction.atomic():
        bringing = locked(PeopleImport, bringing_id, by, RULE)
        move(bringing, Status.WRITING, by=by)
        bringing.by = by
        bringing.save(update_fields=["by"])
        bell.ring(TASK)
    if bringing.total <= AT_ONCE:
        carry(bringing.pk)
    return bringing


def carry(bringing_id: int) -> None:
    """Write a confirmed file in one transaction; when people changed since it was shown, show it again instead."""
    with transaction.atomic():
        bringing = PeopleImport.objects.select_for_update(of=("self",)).select_related("by").get(pk=bringing_id)
        if bringing.status != Status.WRITING:
            return
        plan = _plan(bringing)
        if _findings(plan) != bringing.findings:
            bringing.rows.all().delete()
            ImportRow.objects.bulk_create([_row(bringing, row) for row in plan.rows], batch_size=500)
            bringing.findings = _findings(plan)
            bringing.trouble = _("Something changed here since this was shown. Look again, then confirm.")
            bringing.save(update_fields=["findings", "trouble"])
            move(bringing, Status.READY, by=None)
            return
        writing.carry_out(plan, by=bringing.by)
        bringing.rows.exclude(kind=ImportRow.Kind.REFUSED).delete()  # what is written speaks for itself
        move(bringing, Status.DONE, by=bringing.by)
        _forget_file(bringing)
        if bringing.by:
            notices.tell(
                bringing.by, "people.imported", lambda: _("The people of %(file)s are in.") % {"file": bringing.name}, url=f"/people/import/{bringing.pk}/"
            )


def choose_again(bringing_id: int, *, by) -> PeopleImport:
    """Back to the columns."""
    with transaction.atomic():
        bringing = locked(PeopleImport, bringing_id, by, RULE)
        move(bringing, Status.CHOOSING, by=by)
        bringing.rows.all().delete()
        return bringing


def cancel(bringing_id: int, *, by) -> PeopleImport:
    """Give up: file and rows go at once, nobody was touched."""
    with transaction.atomic():
        bringing = locked(PeopleImport, bringing_id, by, RULE)
        move(bringing, Status.CANCELLED, by=by)
        bringing.rows.all().delete()
        _forget_file(bringing)
        return bringing


def _fail(bringing_id: int, why: str) -> None:
    with transaction.atomic():
        bringing = PeopleImport.objects.select_for_update().get(pk=bringing_id)
        bringing.trouble = why[:500]
        bringing.save(update_fields=["trouble"])
        move(bringing, Status.FAILED, by=None)


def _plan(bringing: PeopleImport, progress=lambda done: None) -> planning.Plan:
    """The plan of the file as it is now, its sentences in the language of whoever brings it."""
    language = bringing.by.language if bringing.by else settings.LANGUAGE_CODE
    with bringing.file.open("rb") as file, translation.override(language):
        sheet = sheets.read(bringing.name, file.read())
        return planning.make(sheet, mapping.from_json(bringing.mapping), progress)


def _row(bringing: PeopleImport, row: planning.Planned) -> ImportRow:
    return ImportRow(
        bringing=bringing,
        line=row.line,
        number=row.number[:80],
        name=row.name[:200],
        kind=row.kind,
        changes=[list(change) for change in row.changes],
        problems=row.problems,
    )


def _findings(plan: planning.Plan) -> dict:
    return {
        "counts": plan.counts(),
        "never": plan.never,
        "unused": plan.unused,
        "site": plan.site_to_make,
        "teams": list(plan.teams_to_make.values()),
        "skills": list(plan.skills_to_make.values()),
    }


def _forget_file(bringing: PeopleImport) -> None:
    name, storage = bringing.file.name, bringing.file.storage
    bringing.file = ""
    bringing.save(update_fields=["file"])
    if name:
        transaction.on_commit(lambda: storage.delete(name))
