"""Word forms in English and French, on folded words: pure thinking."""

from functools import lru_cache

from whoosh.lang.porter2 import stem as _english
from whoosh.lang.snowball.french import FrenchStemmer

_french = FrenchStemmer().stem
ENGLISH, FRENCH = "en", "fr"

_LITTLE = """
a an and are as at be by for from has have how in into is it its of on or our that the their this to was we what when where who will with you your my i
au aux avec ce ces cet cette dans de des du elle en est et eux il ils je la le les leur leurs lui ma mais me mes mon ne nos notre nous on ou par pas pour
qu que qui sa se ses son sont sur ta te tes toi ton tu un une vos votre vous y d l j c n s m t
"""
STOPWORDS = frozenset(_LITTLE.split())

# Families that a stemmer of suffixes leaves apart once accents are gone.
_ENDINGS = {
    "abilit": "abl",
    "ibilit": "ibl",
    "atrice": "",
    "ateur": "",
    "trice": "t",
    "euse": "",
    "eur": "",
    "iste": "",
    "ist": "",
    "er": "",
    "ing": "",
    "age": "",
    "ure": "",
}

# Families whose stems differ: gérer la paie, gestion de la paie; vendre, vente. One family a line, folded.
_FAMILIES = """
gerer gestion gestionnaire
acheter achat acheteur
vendre vente vendeur
rediger redaction redacteur
ecrire ecriture
traduire traduction traducteur
conduire conduite conducteur
produire production producteur produce
construire construction constructeur
concevoir conception concepteur
reduire reduction
instruire instruction instructeur
diriger direction directeur dirigeant
proteger protection protect
prevoir prevision previsionniste
decider decision decide
resoudre resolution resolve
recevoir reception receive
transmettre transmission
maintenir maintenance maintain
apprendre apprentissage apprenti
comprendre comprehension
connaitre connaissance
coudre couture couturier couturiere
peindre peinture peintre
payer paie paye
nettoyer nettoyage
surveiller surveillance
assurer assurance
livrer livraison
fournir fourniture fournisseur
ouvrir ouverture
couvrir couverture
defendre defense
repondre reponse
inscrire inscription
lire lecture lecteur
etudier etude
soigner soin soignant
choisir choix
suivre suivi
plomber plomberie plombier
souder soudage soudure soudeur
coder codage codeur
forer forage foreur
monter montage monteur
piloter pilotage pilote pilot
cuire cuisson
cuisiner cuisine cuisinier
jardiner jardinage jardinier jardin
chauffer chauffage chauffagiste
coiffer coiffure coiffeur
animer animation animateur
mesurer mesure
electricite electrique electricien electricity electrical electrician electric
mecanique mecanicien mechanic mechanical
informatique informaticien
chimie chimique chimiste chemistry chemical chemist
statistique statisticien statistics statistical
musique musicien music musical
logistique logisticien logistics
agriculture agricole agriculteur
analyse analyze analysis analytics analyst
sell sales sale seller
advise advice adviser
lead leader leadership
child children
"""

_SEVERAL = {"children": "child", "women": "woman", "people": "person", "yeux": "oeil", "travaux": "travail", "journaux": "journal", "chevaux": "cheval"}


@lru_cache(maxsize=65536)
def stems(word: str, language: str = "") -> frozenset[str]:
    """The stems of a folded word: of `language`, or of both when it is not known."""
    if len(word) < 4 or not word.isalpha():
        return frozenset([word])
    return frozenset(_KIN.get(stem, stem) for stem in _bare(word, language))


def singular(word: str) -> str:
    """The word of which `word` is several, as far as one can tell: photos = photo, children = child; empty when it is none."""
    return _SEVERAL.get(word, "") or (word[:-1] if len(word) > 4 and word.endswith("s") else "")


def _bare(word: str, language: str = "") -> set[str]:
    found = set()
    if language != FRENCH:
        found.add(_shorter(_english(word)))
    if language != ENGLISH:
        found.add(_shorter(_french(word.removesuffix("s") if word.endswith("ees") else word)))
    return found


def _shorter(stem: str) -> str:
    """One stem for forecaster and forecasting, développeur and développement."""
    for ending, instead in _ENDINGS.items():
        if stem.endswith(ending) and len(stem) - len(ending) >= (4 if instead.endswith("bl") else 5):
            return stem[: -len(ending)] + instead
    return stem


def _kin() -> dict[str, str]:
    """Each stem of a family, with the one that stands for all."""
    found = {}
    for family in _FAMILIES.split("\n"):
        stems_of_family = [stem for word in family.split() for stem in sorted(_bare(word))]
        found |= dict.fromkeys(stems_of_family, next(iter(stems_of_family), ""))
    return found


_KIN = _kin()
