"""What people of the demo company say of themselves, in their own language."""

from portal.people.rivage.company import read

WORDS = read("texts.toml")
PRONOUNS = {"en": {"f": "she/her", "m": "he/him", "x": "they/them"}, "fr": {"f": "elle", "m": "il", "x": "iel"}}
OTHER_TONGUES = ["es", "de", "it", "pt", "ar", "br", "cy", "pl", "tr", "vi", "nl", "hi", "ur", "ru", "fsl", "bfi"]
CLOSER = {"phone": "team", "working_pattern": "team", "pronouns": "team", "path": "me", "links": "me", "skills": "team", "ask_me_about": "team"}


def about(rivage, draft) -> dict:
    """The fields of Person that its owner fills, some of them empty as in life."""
    lang, face = draft.name.lang, draft.face
    said = {
        "phone": phone(rivage, draft.site),
        "spoken_languages": _tongues(rivage, lang),
        "confirmed_at": None if rivage.chance(0.25) else rivage.day(-rivage.rng.randint(5, 520)),
    }
    if draft.gone or draft.joined > rivage.today:
        said |= {"phone": "", "confirmed_at": None}
    if draft.gone and not face and draft.ended < rivage.day(-90):
        return {}  # the directory has forgotten them
    if face:
        return said | face.more
    chance, trade = rivage.chance, draft.job.trade.slug
    if draft.joined > rivage.today:
        return said
    said |= {
        "pronunciation": draft.name.pronunciation,
        "pronouns": PRONOUNS[lang][draft.name.form] if chance(0.9 if draft.name.form == "x" else 0.22) else "",
        "headline": rivage.pick(WORDS["headlines"][lang][trade]) if chance(0.4) else "",
        "ask_me_about": "\n".join(_subjects(rivage, lang, trade)) if chance(0.72) else "",
        "working_pattern": rivage.pick(WORDS["patterns"][lang]) if chance(0.5) else "",
        "can_help": chance(0.45),
        "can_mentor": chance(0.12) and draft.joined < rivage.day(-700),
        "visibility": _visibility(rivage),
    }
    return said


def phone(rivage, site) -> str:
    """A number of the ranges kept for fiction."""
    if site.country == "GB":
        return f"+44 117 496 0{rivage.rng.randint(100, 999)}"
    return f"+33 1 99 00 {rivage.rng.randint(10, 99)} {rivage.rng.randint(10, 99)}"


def _tongues(rivage, lang: str) -> list[str]:
    tongues = [lang]
    if rivage.chance(0.8 if lang == "fr" else 0.35):
        tongues.append("en" if lang == "fr" else "fr")
    if rivage.chance(0.3):
        tongues.append(rivage.pick(OTHER_TONGUES))
    return tongues


def _subjects(rivage, lang: str, trade: str) -> list[str]:
    words = WORDS["ask"][lang]
    return rivage.some(words[trade], rivage.pick((1, 1, 2))) + rivage.some(words["anyone"], rivage.pick((0, 1, 1)))


def _visibility(rivage) -> dict:
    if rivage.chance(0.75):
        return {}
    if rivage.chance(0.35):
        return {"skills": "alumni", "ask_me_about": "alumni"}
    return {name: CLOSER[name] for name in rivage.some(sorted(CLOSER), rivage.pick((1, 1, 2)))}
