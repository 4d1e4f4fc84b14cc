"""Editing in place: a part's form is put into the page, so no id of it may stand there already."""

import re

from django.urls import reverse


def ids(markup: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', markup)


def test_no_id_of_an_inserted_form_is_on_the_page_already(cast, client_of):
    client = client_of("ben")
    page = ids(client.get(cast.ben.get_absolute_url()).content.decode())
    assert len(page) == len(set(page))
    for part in ("ask", "contact", "name"):
        whole = client.get(reverse("people:person_edit", args=[cast.ben.slug, part])).content.decode()
        form = whole[whole.index('id="edit"') :]
        inserted = ids(form[: form.index("</form>")])
        assert len(inserted) > 2, part
        assert not set(inserted) & set(page), part
