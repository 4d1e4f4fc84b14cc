"""The demo company's departures, alumni and mentoring."""

from alumni import rivage_alumni, rivage_departures


def live(rivage) -> None:
    rivage_departures.live(rivage)
    rivage_alumni.live(rivage)
