"""What one sets for oneself in the whole portal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User


class SettingsForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["language", "theme"]
        widgets = {"language": forms.RadioSelect, "theme": forms.RadioSelect}
        help_texts = {"language": _("Pages and mails are written to you in this language.")}
