"""The shelf: what the coming arrivals need more than there is, and units brought in from a file."""

import csv
import io

from django.db import transaction
from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext as _

from portal import audit
from portal.people.models import Site
from portal.plans.models import EquipmentModel, Step, Unit
from portal.plans.permissions import HARDWARE
from portal.roles import scope

COLUMNS = ("model", "kind", "serial", "site")


def shortages() -> list[dict]:
    """Sites and kinds of equipment where running plans still need more than the shelf holds: site, kind, needed, stock."""
    held = Unit.objects.filter(plan=OuterRef("plan"), model__kind=OuterRef("equipment"))
    wanted = (
        Step.objects.waiting()
        .exclude(equipment="")
        .filter(~Exists(held))
        .values("plan__site", "plan__site__name", "equipment")
        .annotate(needed=Count("plan", distinct=True))
        .order_by("plan__site__name", "equipment")
    )
    on_shelf = Unit.objects.filter(status=Unit.Status.STOCK).values_list("site", "model__kind").annotate(n=Count("pk")).order_by()
    shelf = {(site, kind): n for site, kind, n in on_shelf}
    kinds = dict(EquipmentModel.Kind.choices)
    rows = [
        {
            "site": row["plan__site__name"],
            "kind": kinds.get(row["equipment"], row["equipment"]),
            "needed": row["needed"],
            "stock": shelf.get((row["plan__site"], row["equipment"]), 0),
        }
        for row in wanted
    ]
    return [row for row in rows if row["needed"] > row["stock"]]


def bring_in(content: bytes, *, by) -> tuple[int, list[tuple[int, str]]]:
    """Units from a CSV file: how many, or the faults as (line, sentence), in which case nothing is kept."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return 0, [(1, _("This file is not UTF-8 text."))]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    if missing := [name for name in COLUMNS if name not in (reader.fieldnames or [])]:
        return 0, [(1, _("These columns are missing: %(names)s.") % {"names": ", ".join(missing)})]
    sites, units, faults, seen = own_sites(by), [], [], set(Unit.objects.values_list("serial", flat=True))
    for number, row in enumerate(reader, start=2):
        values = {name: (row.get(name) or "").strip() for name in COLUMNS}
        if fault := _fault(values, sites, seen):
            faults.append((number, fault))
            continue
        seen.add(values["serial"])
        units.append(values)
    if faults:
        return 0, faults
    with transaction.atomic():
        models = {}
        for values in units:
            if values["model"] not in models:
                models[values["model"]], _new = EquipmentModel.objects.get_or_create(name=values["model"], defaults={"kind": values["kind"]})
        Unit.objects.bulk_create(Unit(model=models[values["model"]], serial=values["serial"], site=sites[values["site"]]) for values in units)
        audit.record("unit.imported", by=by, count=len(units))
    return len(units), []


def own_sites(by) -> dict[str, Site]:
    """The sites whose register `by` keeps."""
    kept = scope(by, HARDWARE, "pk")
    return {site.code: site for site in Site.objects.filter(kept)}


def _fault(values: dict, sites: dict, seen: set) -> str:
    """What is wrong with a row, if anything."""
    if not values["serial"] or not values["model"]:
        return _("The serial number and the model are needed.")
    if values["serial"] in seen:
        return _("The serial number %(serial)s is known already.") % {"serial": values["serial"]}
    if values["kind"] not in EquipmentModel.Kind.values:
        return _("“%(kind)s” is not a kind: %(kinds)s.") % {"kind": values["kind"], "kinds": ", ".join(EquipmentModel.Kind.values)}
    if values["site"] not in sites:
        return _("“%(site)s” is not a site you keep equipment for.") % {"site": values["site"]}
    return ""
