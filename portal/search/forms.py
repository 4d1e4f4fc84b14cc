"""Forms of the pages by which search is made better."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.search.models import UsualName
from portal.search.names import words


class UsualNameForm(forms.ModelForm):
    class Meta:
        model = UsualName
        fields = ["short", "full"]
        help_texts = {"short": _("What people say, such as Fred."), "full": _("The name it stands for, such as Frédéric. One line for each name.")}

    def clean(self):
        cleaned = super().clean()
        for name in ("short", "full"):
            if cleaned.get(name) and not words(cleaned[name]):
                self.add_error(name, _("Write a name with letters."))
        return cleaned
