"""After the last day: what stays open to somebody who left; every other address answers 404, whatever its own rules."""

from django.http import Http404

from portal.people import standing

# The account, what we hold of them, and their own page; objects stay guarded by their rules.
STAYS_OPEN = {
    "home", "own_home", "more", "account", "notices", "notice_open", "notices_read", "my_data", "my_data_download", "search", "search_suggest",
    "people:person_detail", "people:person_edit", "people:person_photo", "people:photo_edit", "people:photo_delete", "people:visibility_save",
    "people:person_card", "people:person_vcard", "people:person_print", "people:person_qr",
    "people:holding_create", "people:holding_edit", "people:holding_delete", "people:tie_show", "people:tie_hide", "plans:handover_sign",
}  # fmt: skip
OF_THE_ACCOUNT = ("account_", "mfa_", "usersessions_", "socialaccount_")
_parts: set[str] = set()


def stays_open(namespace: str) -> None:
    """Register a part of the portal (a namespace) that speaks to those who left; its own rules answer there."""
    _parts.add(namespace)


def has_left(user) -> bool:
    """Worked here, and holds no seat today nor later."""
    me = standing.of(user)
    return me.employee is not None and not me.seats and not me.coming


def opens(match) -> bool:
    """Whether the address resolved as `match` is open to those who left."""
    name = match.view_name or ""
    if not match.namespaces and (name.startswith(OF_THE_ACCOUNT) or match.route.startswith("accounts/")):
        return True
    return name in STAYS_OPEN or bool(_parts & set(match.namespaces))


class LeaversMiddleware:
    """Closed unless opened: a page somebody forgets to guard stays shut to those who left."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if has_left(request.user) and not opens(request.resolver_match):
            raise Http404
        return None
