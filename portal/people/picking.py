"""Naming a person in a form: type a name, choose, and their work address stands in the field."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from portal.people.models import Person

ROWS_MORE = 3  # empty rows after the people already named
HELP = _("Type a name and choose, or write the work e-mail address.")


def person_at(address: str) -> Person:
    """Whoever has this work address; ValidationError in words when nobody has."""
    found = Person.objects.filter(work_email__iexact=address.strip()).first() if "@" in address else None
    if found is None:
        raise ValidationError(_("Nobody here has the address “%(address)s”. Choose somebody from the list."), params={"address": address.strip()})
    return found


class PersonInput(forms.TextInput):
    """One work address, with type-ahead where there is script."""

    def render(self, name, value, attrs=None, renderer=None):
        return render_to_string("people/_person_input.html", self.get_context(name, value, attrs))


class PeopleInput(PersonInput):
    """Several people, a row each; an empty row is nobody."""

    use_fieldset = True

    def id_for_label(self, id_, index=None):
        return f"{id_}_0" if id_ else id_

    def format_value(self, value):
        return [getattr(person, "work_email", person) for person in value or ()]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, "", attrs)
        context["widget"]["rows"] = [*self.format_value(value), *[""] * ROWS_MORE]
        return context

    def value_from_datadict(self, data, files, name):
        return [line.strip() for line in data.getlist(name) if line.strip()]

    def value_omitted_from_data(self, data, files, name):
        return name not in data


class PersonField(forms.CharField):
    """A person by their work address; cleans to a Person, or None when it may be left empty."""

    widget = PersonInput

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": 254, "help_text": HELP, **kwargs})

    def prepare_value(self, value):
        return getattr(value, "work_email", value)

    def clean(self, value):
        address = super().clean(value)
        return person_at(address) if address else None

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial) or "", data)


class PeopleField(forms.Field):
    """People by their work addresses; cleans to a list of Person without repeats."""

    widget = PeopleInput

    def __init__(self, *, most: int, **kwargs):
        super().__init__(**{"help_text": HELP, **kwargs})
        self.most = most

    def clean(self, value):
        lines = list(dict.fromkeys(super().clean(value) or ()))
        if len(lines) > self.most:
            raise ValidationError(_("Name %(n)s people at most."), params={"n": self.most})
        return list(dict.fromkeys(person_at(line) for line in lines))

    def has_changed(self, initial, data):
        return self.widget.format_value(initial) != list(data or ())
