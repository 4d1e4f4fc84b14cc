"""A person as a vCard 3.0 (RFC 2426): only what the reader may read, escaped and folded."""

from django.conf import settings

from portal.people.profile import Profile

WIDTH = 75  # octets a line may hold


def escaped(text: str) -> str:
    """`text` as a value: backslash, comma, semicolon and line breaks lose their meaning."""
    text = str(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def folded(line: str) -> str:
    """`line` cut into pieces of 75 octets, never inside a letter."""
    pieces, piece, size = [], "", 0
    for letter in line:
        weight = len(letter.encode())
        if size + weight > WIDTH:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + weight
    return "\r\n".join([*pieces, piece])


def written(profile: Profile) -> str:
    """The whole card."""
    person, seat, shown = profile.person, profile.seat, profile.shown
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"FN:{escaped(person.display_name)}",
        f"N:{escaped(person.family_name)};{escaped(person.usual_name or person.given_name)};;;",
        f"URL:{escaped(settings.SITE_URL + person.get_absolute_url())}",
    ]
    if seat:
        lines.append(f"ORG:{escaped(settings.ORGANISATION)};{escaped(seat.team.name)}")
        lines.append(f"TITLE:{escaped(seat.title)}")
        lines.append(f"ADR;TYPE=WORK:;;{escaped(seat.site.address)};{escaped(seat.site.city)};;{escaped(seat.site.postal_code)};{escaped(seat.site.country)}")
    if "work_email" in shown and person.work_email:
        lines.append(f"EMAIL;TYPE=WORK:{escaped(person.work_email)}")
    if "phone" in shown and person.phone:
        lines.append(f"TEL;TYPE=WORK:{escaped(person.phone)}")
    if "links" in shown:
        lines += [f"URL:{escaped(link)}" for link in person.links]
    if profile.questions:
        lines.append(f"NOTE:{escaped(', '.join(profile.questions))}")
    lines.append("END:VCARD")
    return "\r\n".join(map(folded, lines)) + "\r\n"
