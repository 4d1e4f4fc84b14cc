"""The people of the demo company whom pages, rooms and tests know by name."""

from dataclasses import dataclass, field

from portal.people.rivage.company import read


@dataclass(frozen=True)
class Face:
    """One of them: `duties` are pairs (duty, code of the site or "" for all), `more` are fields of Person."""

    key: str
    given: str
    family: str
    form: str
    lang: str
    team: str = ""
    job: str = ""
    head: bool = False
    years: float = 4
    duties: tuple = ()
    more: dict = field(default_factory=dict)


_every = {key: Face(key, **words) for key, words in read("cast.toml").items()}
NIA, OMAR, ZOE = (_every[key] for key in ("nia", "omar", "zoe"))  # who comes, who left, who applies
FACES = [face for face in _every.values() if face not in (NIA, OMAR, ZOE)]
