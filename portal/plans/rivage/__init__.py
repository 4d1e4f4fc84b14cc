"""Plans of the demo company: its templates in both languages, and about 150 pieces of equipment."""

import tomllib
from datetime import time
from pathlib import Path

from portal.plans.models import Desk, EquipmentModel, Template, TemplateStep, Unit
from portal.plans.planning import Anchor, Span

MODELS = [  # kind, model, how many in hand, how many on the shelf, serial numbers begin with
    ("laptop", "Lagune 14", 46, 21, "LG14"),
    ("laptop", "Lagune 16", 24, 6, "LG16"),
    ("field_laptop", "Estuaire R13", 11, 1, "ER13"),
    ("screen", "Horizon 27", 22, 8, "HZ27"),
    ("phone", "Balise 5", 9, 5, "BL05"),
    ("headset", "Corne 2", 4, 6, "CO02"),
]
PLACES = ["nantes", "nantes", "nantes", "lyon", "bristol"]


def live(rivage) -> None:
    templates(rivage)
    equipment(rivage)
    Desk.objects.create(role="payroll", email="paie@rivage.example", language="fr")


def templates(rivage) -> None:
    """The base and its additions."""
    found = tomllib.loads(Path(__file__).with_name("steps.toml").read_text(encoding="utf-8"))
    for each in found["templates"]:
        template = Template.objects.create(
            kind=each.get("kind", "arrival"),
            name_en=each["name"][0],
            name_fr=each["name"][1],
            site=rivage.sites.get(each.get("site")),
            trade=rivage.trades.get(each.get("trade")),
            remote=each.get("remote"),
            manages=each.get("manages"),
        )
        TemplateStep.objects.bulk_create(step(template, row) for row in each["steps"])


def step(template: Template, row: dict) -> TemplateStep:
    more, place, opens = (row.get(name, ["", ""]) for name in ("more", "place", "opens"))
    questions = row.get("questions", ["", ""])
    return TemplateStep(
        template=template,
        key=row["key"],
        kind=row.get("kind", "task"),
        text_en=row["text"][0],
        text_fr=row["text"][1],
        more_en=more[0],
        more_fr=more[1],
        role=row["role"],
        family=row.get("family", "day_one"),
        mandatory=not row.get("later", False),
        anchor=row.get("anchor", Anchor.FIRST_DAY),
        span=row.get("span", Span.DAYS),
        offset=row["day"],
        at=time.fromisoformat(row["at"]) if "at" in row else None,
        place_en=place[0],
        place_fr=place[1],
        link=row.get("link", ""),
        questions_en=questions[0],
        questions_fr=questions[1],
        asks=row.get("asks", ""),
        equipment=row.get("equipment", ""),
        reaches=row.get("reaches", ""),
        thing=row.get("thing", ""),
        thing_en=opens[0],
        thing_fr=opens[1],
        delivery=row.get("delivery", "account"),
        opens_after=row.get("opens_after", 0),
        lasts=row.get("lasts", 90),
    )


def equipment(rivage) -> None:
    """What people have in hand, and what waits on the shelf."""
    people = rivage.some(rivage.people, sum(model[2] for model in MODELS))
    units = []
    for kind, name, held, shelf, prefix in MODELS:
        model = EquipmentModel.objects.create(kind=kind, name=name)
        for number in range(held + shelf):
            holder = people.pop() if number < held and people else None
            site = rivage.seat(holder).site if holder else rivage.sites[PLACES[number % len(PLACES)] if kind != "field_laptop" else "lyon"]
            status = Unit.Status.GIVEN if holder else Unit.Status.STOCK
            units.append(
                Unit(
                    model=model,
                    serial=f"{prefix}-{4200 + 7 * number}",
                    site=site,
                    holder=holder,
                    status=status,
                    changed_at=rivage.at(-rivage.rng.randint(20, 900)),
                )
            )
    units[-1].status = Unit.Status.REPAIR
    Unit.objects.bulk_create(units)
