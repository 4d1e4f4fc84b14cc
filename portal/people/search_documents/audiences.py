"""Which audiences of the index a user belongs to, from their standing alone."""

from portal.people import visibility
from portal.search.documents import audiences_from


@audiences_from
def audiences(user) -> set[str]:
    """What `user` may read of people and their work, from their standing alone."""
    reader = visibility.reader_of(user)
    mine = {f"self:{reader.person_id}"} if reader.person_id else set()
    if reader.alumnus:
        mine.add("alumni")
    if reader.colleague:
        mine |= {"colleagues", *(f"team:{team}" for team in reader.teams)}
        mine |= {"hr" if site is None else f"hr:site:{site}" for site in reader.hr_sites}
    return mine
