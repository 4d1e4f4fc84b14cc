"""The seats to fill in the demo company: open, being written, and closed."""

from datetime import timedelta

from portal.people.models import Contract, Opening
from portal.people.rivage.writing import WORDS

OPEN, DRAFT, CLOSED = Opening.Status.OPEN, Opening.Status.DRAFT, Opening.Status.CLOSED
BOTH, INSIDE, FIRST = Opening.Audience.BOTH, Opening.Audience.INSIDE, Opening.Audience.INSIDE_FIRST
REASONS = list(zip(WORDS["reasons"]["en"], WORDS["reasons"]["fr"], strict=True))
# job, team, status, opened so many days ago, days until it closes, audience, days at home, contract, language, seats
SEATS = [
    ("data-engineer", "river-data", OPEN, 12, 19, BOTH, 2, Contract.PERMANENT, "fr", 1),
    ("field-hydrologist", "field-vilaine", OPEN, 20, 12, BOTH, 0, Contract.PERMANENT, "fr", 2),
    ("warning-designer", "warning-design-bristol", OPEN, 9, 26, BOTH, 3, Contract.FIXED_TERM, "en", 1),
    ("forecaster", "desk-severn", OPEN, 31, 6, BOTH, 0, Contract.PERMANENT, "en", 2),
    ("forecaster", "desk-alps", OPEN, 5, 35, FIRST, 0, Contract.PERMANENT, "fr", 1),
    ("software-engineer", "vigie-alarms", OPEN, 15, 20, BOTH, 3, Contract.PERMANENT, "fr", 1),
    ("software-engineer", "platform-api", OPEN, 26, 9, BOTH, 5, Contract.PERMANENT, "en", 2),
    ("support-technician", "it-desk-lyon", OPEN, 3, 28, BOTH, 0, Contract.PERMANENT, "fr", 1),
    ("network-technician", "field-wales", OPEN, 41, 4, BOTH, 0, Contract.PERMANENT, "en", 2),
    ("network-technician", "field-loire", OPEN, 18, 40, BOTH, 0, Contract.APPRENTICESHIP, "fr", 3),
    ("modeller", "modelling-floodplain", OPEN, 22, 14, BOTH, 2, Contract.PERMANENT, "fr", 1),
    ("product-designer", "design", OPEN, 7, 24, BOTH, 3, Contract.FIXED_TERM, "fr", 1),
    ("crisis-adviser", "crisis-west", OPEN, 11, 17, FIRST, 1, Contract.PERMANENT, "fr", 1),
    ("customer-adviser", "service-bristol", OPEN, 16, 11, BOTH, 1, Contract.PERMANENT, "en", 2),
    ("account-manager", "towns-loire", OPEN, 24, 8, BOTH, 1, Contract.PERMANENT, "fr", 1),
    ("data-protection-officer", "legal", OPEN, 6, 30, INSIDE, 2, Contract.PERMANENT, "fr", 1),
    ("people-partner", "people-partners-east", OPEN, 10, 21, FIRST, 2, Contract.PERMANENT, "fr", 1),
    ("data-analyst", "river-data-quality", OPEN, 8, 22, BOTH, 2, Contract.INTERNSHIP, "fr", 2),
    ("translator", "warning-languages", DRAFT, 0, 45, BOTH, 3, Contract.PERMANENT, "fr", 1),
    ("data-scientist", "modelling-ensemble", DRAFT, 0, 40, BOTH, 4, Contract.PERMANENT, "en", 1),
    ("hydrologist", "river-data-archive", DRAFT, 0, 50, FIRST, 2, Contract.PERMANENT, "fr", 1),
    ("data-analyst", "river-data", CLOSED, 95, -62, BOTH, 2, Contract.PERMANENT, "fr", 1),
    ("systems-engineer", "it-hosting", CLOSED, 80, -44, BOTH, 2, Contract.PERMANENT, "fr", 1),
    ("telemetry-engineer", "workshop-telemetry", CLOSED, 110, -70, BOTH, 1, Contract.PERMANENT, "fr", 1),
    ("communication-officer", "communication", CLOSED, 140, -100, INSIDE, 2, Contract.PERMANENT, "fr", 1),
]


def seek(rivage) -> None:
    """Each opening is led by the head of its team."""
    rows = []
    for number, (job, team, status, ago, until, audience, home, contract, language, seats) in enumerate(SEATS, start=101):
        place = rivage.teams[team]
        reason_en, reason_fr = rivage.pick(REASONS)
        rows.append(
            Opening(
                slug=f"{job}-{place.site.code}-{number}",
                reference=f"RIV-{number}",
                job=rivage.jobs[job],
                team=place,
                site=place.site,
                hiring_manager=place.head,
                contract=contract,
                remote_days=min(home, 5),
                fully_remote=home == 5,
                work_language=language,
                reason_en=reason_en,
                reason_fr=reason_fr,
                seats=seats,
                audience=audience,
                inside_first_days=14 if audience == FIRST else 0,
                status=status,
                opened_at=None if status == DRAFT else rivage.at(-ago, "10:00", place.site),
                closes_on=rivage.day(until),
                closed_at=rivage.at(until + 6, "16:00", place.site) if status == CLOSED else None,
                starts_on=rivage.monday + timedelta(weeks=max(0, until) // 7 + 8),
                created_at=rivage.at(-ago - 6, "11:00", place.site),
            )
        )
    Opening.objects.bulk_create(rows)
