"""Puts invented names together: believable for their site, each used once."""

from dataclasses import dataclass

from portal.people.rivage.company import read


@dataclass(frozen=True)
class Name:
    """One invented name, with the form its French job title takes ("f", "m", or "x" for either) and a first language."""

    given: str
    family: str
    form: str
    lang: str
    pronunciation: str = ""


class Names:
    """Draws names for a site, never the same twice."""

    def __init__(self, rng):
        self.rng = rng
        self.words = read("names.toml")
        self.taken: set[tuple[str, str]] = set()

    def draw(self, site: str) -> Name:
        """A name nobody has yet, of a background as common as at `site`."""
        while True:
            name = self.any(site)
            if (name.given, name.family) not in self.taken:
                self.taken.add((name.given, name.family))
                return name

    def any(self, site: str) -> Name:
        """A name of a background as common as at `site`; somebody else may have it too."""
        shares = self.words["shares"][site]
        background = self.words[self.rng.choices(list(shares), list(shares.values()))[0]]
        form = self.rng.choices("fmx", (48, 48, 4))[0]
        given, family = self.rng.choice(background[form]), self.rng.choice(background["family"])
        while given == family:
            family = self.rng.choice(background["family"])
        if form == "f" and family.endswith(("ski", "cki")):
            family = f"{family[:-1]}a"
        if self.rng.random() < 0.02:  # two families in one name
            other = self.rng.choice(background["family"])
            if other != family and " " not in family + other:
                family = f"{family}-{other}"
        said = self.words["pronunciations"].get(given, "") or self.words["pronunciations"].get(family, "")
        return Name(given, family, form, background["lang"], said)
