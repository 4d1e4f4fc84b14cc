"""Who works with whom in the demo company: said by one, confirmed by most, hidden by a few."""

from datetime import timedelta

from portal.people.models import Tie
from portal.people.ties import ask, hide

SAID = [("ben", "maya"), ("cleo", "maya"), ("ilan", "hugo"), ("hugo", "maya"), ("ben", "ilan")]  # both say it
WAITING = [("cleo", "ben"), ("maya", "ilan")]


def tie(rivage) -> None:
    """A few for everybody, mostly within the team; those of the cast by name."""
    here, rows, taken = {person.pk for person in rivage.people}, [], set()
    faces = {person.pk for person in rivage.cast.values()}
    for person in rivage.people:
        mates = [mate for mate in rivage.members(rivage.seat(person).team) if mate.pk in here]
        others = [*rivage.some(mates, rivage.pick((0, 1, 2, 3))), *rivage.some(rivage.people, rivage.pick((0, 0, 1)))]
        for other in others:
            pair = frozenset((person.pk, other.pk))
            if other.pk == person.pk or pair in taken or pair <= faces:
                continue
            taken.add(pair)
            day = rivage.today - timedelta(days=rivage.rng.randint(5, 600))
            answer = True if rivage.chance(0.85) else None
            rows.append(Tie(kind=Tie.Kind.WORKS_WITH, giver=person, receiver=other, on=day, giver_shows=True, receiver_shows=answer))
    Tie.objects.bulk_create(rows, batch_size=500)
    for one, other in SAID:
        ask(rivage.cast[one], rivage.cast[other])
        ask(rivage.cast[other], rivage.cast[one])
    for one, other in WAITING:
        ask(rivage.cast[one], rivage.cast[other])
    hidden = ask(rivage.cast["ben"], rivage.cast["hugo"])
    hide(hidden.pk, by=rivage.cast["ben"].user)
