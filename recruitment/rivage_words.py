"""What invented candidates are called, and what they and those who meet them say, in both languages."""

GIVEN = ["Lena", "Idris", "Ana", "Marc", "Sofia", "Tarek", "Awa", "Jonas", "Mei", "Pauline", "Oskar", "Nour"]
GIVEN += ["Elif", "Bastien", "Keira", "Hanna", "Yusuf", "Camille", "Rhys", "Inès", "Théo", "Zofia", "Malo", "Amina"]
FAMILY = ["Morel", "Cole", "Teixeira", "Le Bihan", "Lindqvist", "Aydin", "Diop", "Weber", "Chen", "Roche", "Nilsen", "Haddad"]
FAMILY += ["Kaya", "Perrot", "Walsh", "Vogel", "Rahman", "Faure", "Evans", "Salvi", "Marchal", "Nowak", "Kermarec", "Osei"]
SOURCES = [
    {},
    {},
    {},
    {"source": "linkedin", "medium": "share"},
    {"source": "jobboard", "medium": "feed"},
    {"source": "school-fair", "medium": "qr", "campaign": "autumn"},
]
ANSWERS = {
    "en": [
        (
            "I would start with the readings nobody trusts: list them, find out why, and fix the three that matter most.",
            "A weekly report that forty people read. When it broke I was called, so I wrote a page that said what to do without me.",
        ),
        (
            "I would sit with the people on duty for a week before touching anything.",
            "I ran the booking system of a sailing club for four years, as a volunteer. It never lost a booking.",
        ),
        (
            "The part that goes out to town halls: it has to be understood at night, by tired people.",
            "A night handover sheet. It is still used by the team I left.",
        ),
    ],
    "fr": [
        (
            "Par les relevés auxquels personne ne se fie : les lister, comprendre pourquoi, et réparer les trois qui comptent.",
            "Un rapport lu chaque semaine par quarante personnes. Quand il tombait, on m’appelait ; j’ai écrit une page pour s’en sortir sans moi.",
        ),
        (
            "Par une semaine aux côtés de l’équipe de garde, avant de toucher à quoi que ce soit.",
            "Les réservations d’un club de voile, pendant quatre ans, comme bénévole. Aucune réservation perdue.",
        ),
        (
            "Par ce qui part vers les mairies : il faut que ce soit compris la nuit, par des gens fatigués.",
            "Une fiche de passage de relais de nuit. L’équipe que j’ai quittée s’en sert encore.",
        ),
    ],
}
ROLES = {
    "en": [("Data analyst", "a regional archive"), ("Technician", "a canal authority"), ("Support lead", "a hospital"), ("Forester", "a natural park")],
    "fr": [
        ("Analyste", "des archives régionales"),
        ("Technicienne", "une régie de canaux"),
        ("Responsable du support", "un hôpital"),
        ("Forestier", "un parc naturel"),
    ],
}
SEEN = {
    "en": ["Explained a lost night of work without blaming anybody.", "Knows when not to trust a figure.", "Asked the question we had forgotten."],
    "fr": [
        "A expliqué une nuit de travail perdue sans accuser personne.",
        "Sait quand ne pas se fier à un chiffre.",
        "A posé la question que nous avions oubliée.",
    ],
}
NO = {
    "en": "Several people who applied have already done this work for longer. We chose to meet them first.",
    "fr": "Plusieurs personnes ont déjà fait ce travail plus longtemps. Nous avons choisi de les rencontrer d’abord.",
}
