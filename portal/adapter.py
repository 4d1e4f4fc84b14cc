"""How allauth opens accounts here: never by open sign-up, and its mails go the way of all our mails."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.utils import translation

from portal import post


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False  # accounts come from HR, an import or SCIM

    def send_mail(self, template_prefix, email, context):
        """Written as a row like every mail, and delivered at once: a sign-in code cannot wait for the worker."""
        user = context.get("user")
        language = getattr(user, "language", "") or translation.get_language()
        with translation.override(language):
            message = self.render_mail(template_prefix, email, context)
        post.write(to=email, subject=message.subject, body=message.body, language=language, kind="account", at_once=True)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request, sociallogin):
        return False  # companies link by the provider's `sub`, never by an address
