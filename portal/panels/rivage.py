"""What the demo company says on its panels: votes are on, ballots have their reasons, and some doubt."""

from portal import switches
from portal.panels import transitions
from portal.panels.models import Ballot, BallotLine

BECAUSE = {
    "en": ["Seen twice on the same shift.", "Explained it simply, with a drawing.", "The example given was convincing."],
    "fr": ["Vu deux fois pendant la même garde.", "Expliqué simplement, avec un dessin.", "L’exemple donné était convaincant."],
}
DOUBT = {
    "en": "Nobody saw this at work yet. I would like a month side by side before we decide.",
    "fr": "Personne ne l’a encore vu au travail. J’aimerais un mois côte à côte avant de décider.",
}
VERDICTS = (BallotLine.Verdict.MEETS, BallotLine.Verdict.MEETS, BallotLine.Verdict.PARTLY)


def live(rivage) -> None:
    """The works councils were heard, the votes are on."""
    switches.turn(switches.VOTES, True, by=rivage.cast["hugo"].user, consulted_on=rivage.day(-40))


def seal(rivage, panel, member, objects: bool = False) -> None:
    """The ballot of one member; whoever `objects` does so on the first criterion."""
    language = rivage.language(member.person)
    criteria = list(panel.criteria.all())
    lines = [
        transitions.Line(
            criterion.pk,
            BallotLine.Verdict.UNSEEN if objects and place == 0 else rivage.pick(VERDICTS),
            DOUBT[language] if objects and place == 0 else rivage.pick(BECAUSE[language]),
        )
        for place, criterion in enumerate(criteria)
    ]
    transitions.seal(
        panel.pk,
        by=member.person.user,
        choice=Ballot.Choice.NO if objects else Ballot.Choice.YES,
        lines=lines,
        objection=criteria[0].pk if objects else None,
        objection_reason=DOUBT[language] if objects else "",
    )


def agree(rivage, panel, *, by, language: str) -> None:
    """Everybody says yes, and the summary is written in the person's language."""
    for member in panel.members.order_by("person"):
        seal(rivage, panel, member)
    summaries = {each.pk: BECAUSE[language][place % 3] for place, each in enumerate(panel.criteria.all())}
    transitions.decide(panel.pk, by=by, summaries=summaries, language=language)
