"""How allauth opens accounts here: never by open sign-up, its mails go the way of all our mails, its secrets are sealed like ours."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.utils import translation

from portal import identity, post


def language_of(email: str) -> str:
    """The language of whoever owns this address, else the page's."""
    owner = EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user").first()
    return owner.user.language if owner else translation.get_language()


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False  # accounts come from HR, an import or SCIM

    def send_mail(self, template_prefix, email, context):
        """Written as a row like every mail, in its reader's language, and hurried: a sign-in code cannot wait."""
        user = context.get("user")
        language = user.language if user else language_of(email)
        with translation.override(language):
            message = self.render_mail(template_prefix, email, {**context, "organisation": settings.ORGANISATION, "site_url": settings.SITE_URL})
        post.write(to=email, subject=message.subject, body=message.body, language=language, kind="account", at_once=True)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request, sociallogin):
        return False  # companies link by the provider's `sub` (portal/identity.py), never by an address


class MFAAdapter(DefaultMFAAdapter):
    def encrypt(self, text):
        return identity.seal_factor(text)

    def decrypt(self, encrypted_text):
        return identity.open_factor(encrypted_text)
