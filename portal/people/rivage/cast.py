"""The people of the demo company whom pages, rooms and tests know by name."""

from dataclasses import dataclass, field

from portal import roles


@dataclass(frozen=True)
class Face:
    """One of them: `duties` are pairs (duty, code of the site or None for all)."""

    key: str
    given: str
    family: str
    form: str
    lang: str
    team: str
    job: str
    head: bool = False
    years: float = 4
    duties: tuple = ()
    more: dict = field(default_factory=dict)  # fields of Person


FACES = [
    Face("mathilde", "Mathilde", "Roy", "f", "fr", "rivage", "chief-of-staff", head=True, years=17, more={
        "headline": "Je préfère une mauvaise nouvelle tôt.", "ask_me_about": "Ce que nous ne ferons pas, et pourquoi.\nLes crues de 1999, vécues en bottes.", "pronouns": ""}),
    Face("maya", "Maya", "Lefèvre", "f", "fr", "river-data", "data-engineer", head=True, years=9.4, more={
        "pronouns": "elle", "pronunciation": "ma-YA le-FEVR", "headline": "Je préfère effacer une mesure que la croire.",
        "ask_me_about": "D'où viennent les seuils d'alerte de 2019, et lesquels je changerais.\nPasser de technicienne à ingénieure sans diplôme.\nLa voile avec des enfants sur l'Erdre.",
        "working_pattern": "À la maison le mardi et le jeudi", "spoken_languages": ["fr", "en", "es"], "can_help": True, "can_mentor": True}),
    Face("hugo", "Hugo", "Marchand", "m", "fr", "people-partners", "people-partner", years=6.2, duties=((roles.HR, None), (roles.HR_ADMIN, None)), more={
        "pronouns": "il", "headline": "Demandez-moi par mon prénom.",
        "ask_me_about": "Revenir après une longue absence.\nComment décident les jurys, et comment lire leurs raisons.\nLe théâtre amateur, côté souffleur.",
        "working_pattern": "À la maison le vendredi", "spoken_languages": ["fr", "en", "de"], "can_help": True}),
    Face("ben", "Ben", "Okafor", "m", "en", "river-data", "data-engineer", years=3.3, more={
        "pronouns": "he/him", "headline": "From night batch to stream, one basin at a time.",
        "ask_me_about": "Stream processing, and when not to.\nCycling in, whatever the weather.\nSchool places for children who change country.",
        "working_pattern": "At home on Mondays", "spoken_languages": ["en", "fr"], "can_help": True, "can_mentor": True}),
    Face("cleo", "Cleo", "Hart", "f", "en", "warning-design-bristol", "warning-designer", years=2.6, more={
        "pronouns": "she/her", "headline": "Twelve words, no jargon.",
        "ask_me_about": "Writing a warning in twelve words.\nTesting a message with people who do not trust you.\nSea swimming, all year.",
        "spoken_languages": ["en", "bfi"], "can_help": True}),
    Face("ilan", "Ilan", "Peretz", "m", "fr", "it-desk-nantes", "support-technician", years=5.1, duties=((roles.IT, None),), more={
        "pronouns": "il", "headline": "Aucune question n'est bête un lundi.",
        "ask_me_about": "Installer un lecteur d'écran dès le premier jour.\nTout ce qui a un câble.\nRéparer de vieilles radios.",
        "spoken_languages": ["fr", "en", "he"], "can_help": True}),
    Face("claire", "Claire", "Rousseau", "f", "fr", "recruiting", "recruiter", head=True, years=7.8, duties=((roles.RECRUITER, None),), more={
        "headline": "Personne ne reste sans réponse.", "ask_me_about": "Écrire une annonce où tout est vrai.\nDire non, avec une raison.", "spoken_languages": ["fr", "en"], "can_help": True}),
    Face("grace", "Grace", "Whitcombe", "f", "en", "people-partners-uk", "recruiter", years=4.4, duties=((roles.RECRUITER, "bristol"),), more={
        "headline": "I read every application.", "ask_me_about": "Interviews that feel like conversations.\nAllotments and slugs.", "spoken_languages": ["en"]}),
    Face("ingrid", "Ingrid", "Hansen", "f", "en", "people-partners-uk", "people-partner", head=True, years=5.7, duties=((roles.HR, "bristol"),), more={
        "headline": "Same promises, another law.", "ask_me_about": "British and French contracts, side by side.\nFell running.", "spoken_languages": ["en", "nb", "fr"]}),
    Face("yann", "Yann", "Le Goff", "m", "fr", "facilities-nantes", "facilities-officer", head=True, years=11.2, duties=((roles.FACILITIES, "nantes"),), more={
        "headline": "Votre bureau est prêt, j'ai vérifié.", "ask_me_about": "Casiers, vélos et douches.\nTous les éclusiers de Redon à la mer.", "spoken_languages": ["fr", "br"]}),
    Face("malik", "Malik", "Haddad", "m", "fr", "facilities-lyon", "facilities-officer", years=3.9, duties=((roles.FACILITIES, "lyon"),), more={
        "ask_me_about": "La chaudière du deuxième étage.\nOù grimper près de Lyon.", "spoken_languages": ["fr", "ar"]}),
    Face("joyce", "Joyce", "Campbell", "f", "en", "facilities-bristol", "facilities-officer", head=True, years=8.5, duties=((roles.FACILITIES, "bristol"),), more={
        "headline": "Keys, boots, boilers.", "ask_me_about": "Quiet rooms, and how to book them.\nSinging in a choir that tours.", "spoken_languages": ["en"]}),
    Face("solene", "Solène", "Kerbrat", "f", "fr", "security-desk", "guard", head=True, years=6.6, duties=((roles.SECURITY, None),), more={
        "headline": "Des badges, des clés, et bonne soirée.", "ask_me_about": "Un badge perdu, sans drame.\nPompière volontaire, et l'emploi du temps qui va avec.", "spoken_languages": ["fr", "en"]}),
    Face("paulo", "Paulo", "Ferreira", "m", "fr", "payroll", "payroll-officer", head=True, years=12.9, duties=((roles.PAYROLL, None),), more={
        "headline": "J'explique les bulletins de paie sans soupirer.", "ask_me_about": "Votre premier bulletin, ligne à ligne.\nLe pain au levain.", "spoken_languages": ["fr", "pt"]}),
    Face("priti", "Priti", "Desai", "f", "en", "it-desk-bristol", "support-technician", head=True, years=4.8, duties=((roles.IT, "bristol"),), more={
        "pronouns": "she/her", "headline": "I answer.", "ask_me_about": "Calming a caller.\nPrinters, alas.", "spoken_languages": ["en", "hi"]}),
    Face("arthur", "Arthur", "Jaouen", "m", "fr", "it-operations", "systems-engineer", years=5.5, duties=((roles.OPERATOR, None),), more={
        "headline": "Si vous ne me connaissez pas, c'est que tout va bien.", "ask_me_about": "Restaurer une sauvegarde à deux heures du matin.", "spoken_languages": ["fr", "en"]}),
]  # fmt: skip
NIA = Face("nia", "Nia", "Diallo", "f", "fr", "river-data", "data-analyst", more={
    "pronouns": "elle", "pronunciation": "NI-a dia-LO", "headline": "J'arrive de la météo des routes, avec beaucoup de questions.",
    "ask_me_about": "Les données de trafic quand il neige.\nOù courir à Nantes : dites-moi tout.", "spoken_languages": ["fr", "en"]})  # fmt: skip
OMAR = Face("omar", "Omar", "Benali", "m", "fr", "desk-vilaine", "forecaster", years=14, more={
    "pronouns": "il", "headline": "Quatorze hivers au bureau de prévision.",
    "ask_me_about": "La Vilaine, de mémoire.\nTenir une vacation de nuit et rester humain.", "spoken_languages": ["fr", "ar", "en"], "can_mentor": True})  # fmt: skip
ZOE = Face("zoe", "Zoé", "Garnier", "f", "fr", "", "", more={"work_email": "zoe.garnier@courriel.example"})
