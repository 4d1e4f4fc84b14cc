"""The fields an import may fill, the words files call them by, and the columns we never take."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Field:
    """One of our fields: its words for people, the most letters it holds, and how files name it."""

    name: str
    label: str
    most: int
    heads: tuple[str, ...] = ()


FIELDS = {
    field.name: field
    for field in (
        Field("number", _("Employee number"), 40, ("employee number", "employee id", "employee no", "staff number", "matricule", "numero d employe", "id")),
        Field("given_name", _("Given name"), 80, ("first name", "given name", "forename", "prenom")),
        Field("family_name", _("Family name"), 80, ("last name", "family name", "surname", "nom", "nom de famille")),
        Field("usual_name", _("Usual name"), 80, ("usual name", "preferred name", "known as", "nom d usage", "prenom usuel")),
        Field("work_email", _("Work e-mail"), 254, ("email", "e mail", "mail", "work email", "email address", "courriel", "adresse electronique")),
        Field("phone", _("Work phone"), 30, ("phone", "telephone", "work phone", "tel")),
        Field("language", _("Language"), 2, ("language", "langue")),
        Field("site", _("Site"), 80, ("site", "location", "office", "workplace", "lieu", "etablissement", "lieu de travail")),
        Field("team", _("Team"), 600, ("team", "department", "unit", "org unit", "equipe", "service", "departement", "direction")),
        Field("job", _("Job description"), 140, ("job", "job code", "job description", "fiche de poste")),
        Field("title_en", _("Title in English"), 120, ("title", "job title", "job role", "role", "position")),
        Field("title_fr", _("Title in French"), 120, ("titre", "intitule", "intitule du poste", "fonction", "poste")),
        Field("manager", _("Manager, by employee number"), 40, ("manager", "manager number", "manager id", "reports to", "matricule du responsable")),
        Field("contract", _("Contract"), 20, ("contract", "contract type", "employment type", "contrat", "type de contrat")),
        Field("joined_on", _("First day"), 10, ("start date", "hire date", "joined on", "date of hire", "date d entree", "date d embauche", "entree")),
        Field("left_on", _("Last day"), 10, ("end date", "leaving date", "left on", "termination date", "date de sortie", "sortie", "date de depart")),
        Field("skills", _("Skills"), 4000, ("skills", "competencies", "competences", "savoir faire")),
    )
}  # fmt: skip

# Words of a heading that say what an employer's file may hold and this portal may not: law and decency (specs/people.md).
NEVER_WORDS = set(
    re.findall(
        r"\w+",
        """age birth birthday birthdate dob naissance sex sexe gender genre marital matrimoniale spouse conjoint children enfants famille familiale
    income salary salaire wage pay paie rate bonus remuneration compensation stock hike iban rating performance evaluation appraisal score
    attrition satisfaction involvement health sante disability handicap religion ethnicity ethnic race nationality nationalite union syndicat
    nir ssn passport""",
    )
)
NEVER_WHOLE = {"over 18", "work life balance", "distance from home", "social security number", "numero de securite sociale", "family status", "bank account"}


def words(heading: str) -> str:
    """A heading as plain small words: "MonthlyIncome" and "monthly_income" are both "monthly income"."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Za-z])(?=\d)", " ", heading)
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", spaced.lower()) if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def never_taken(heading: str) -> bool:
    """Whether this column is one we never take, whatever a mapping says."""
    plain = words(heading)
    if field_called(heading):  # "nom de famille" is a name, not a family
        return False
    return plain in NEVER_WHOLE or bool(NEVER_WORDS & set(plain.split()))


def field_called(name: str) -> str | None:
    """Our field that `name` means, by its own name or one that files use; None when there is none."""
    plain = words(name)
    for field in FIELDS.values():
        if plain == words(field.name) or plain in field.heads:
            return field.name
    return None
