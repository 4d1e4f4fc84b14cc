"""CVs from strangers: known by content, limited, hidden until the name opens, never run, every reading logged."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError

from portal.models import AuditEntry
from recruitment import transitions
from recruitment.cv import files, limited
from recruitment.models import CV
from recruitment.tasks import draw_cvs
from tests.recruitment.conftest import pdf, upload

pytestmark = pytest.mark.django_db


def archive(members, mimetype=b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        if mimetype:
            made.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD = f'<w:document xmlns:w="{NAMESPACE}"><w:body><w:p><w:r><w:t>Lena Morel</w:t></w:r></w:p></w:body></w:document>'
ODT = '<o:d xmlns:o="urn:o" xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><t:h>Lena</t:h><t:p>Morel <t:span>SQL</t:span></t:p></o:d>'


def docx(document=WORD, **more) -> bytes:
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **more})


def odt(content=ODT) -> bytes:
    return archive({"content.xml": content}, files.ODT)


@pytest.mark.parametrize(("content", "kind", "words"), [(pdf(), "pdf", "Lena Morel"), (docx(), "docx", "Lena Morel"), (odt(), "odt", "Morel SQL")])
def test_pdf_word_and_odt_are_known_by_their_content_and_their_text_is_read(content, kind, words):
    cv = files.take(upload(content, "cv.whatever"))
    assert cv.kind == kind
    assert words in cv.text
    assert cv.name == f"cv.{kind}"


BOMB = docx("<a>" + " " * 60_000_000 + "</a>")
ENTITIES = docx('<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>')
MACROS = docx(**{"word/vbaProject.bin": "x"})
POLYGLOT = pdf() + archive({"index.html": "<script>alert(1)</script>"})
HOSTILE = {
    "nothing": b"",
    "a program": b"\x7fELF" + b"\0" * 500,
    "a page": b"<html><script>alert(1)</script></html>",
    "a drawing": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 200,
    "a page that ends as an archive": b"<html>" + docx(),
    "a PDF that is an archive too": POLYGLOT,
    "an archive bomb": BOMB,
    "entities": ENTITIES,
    "macros": MACROS,
    "an archive of something else": archive({"a.txt": "a"}),
    "half a Word file": docx()[:200],
    "half a PDF": pdf()[:60],
    "a PDF in name": b"%PDF-1.7 no more",
    "an ODT that says otherwise": archive({"content.xml": ODT}, b"text/html"),
    "ten thousand members": archive({f"{n}.xml": "" for n in range(2500)} | {"[Content_Types].xml": "", "word/document.xml": WORD}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_not_kept(name):
    with pytest.raises(ValidationError) as said:
        files.take(upload(HOSTILE[name], "cv.pdf"))
    assert str(said.value.messages[0]).endswith(".")
    assert not CV.objects.exists()


def test_a_file_over_ten_megabytes_is_refused_with_its_weight():
    with pytest.raises(ValidationError) as said:
        files.take(upload(pdf() + b"\0" * (14 * 1024 * 1024)))
    assert said.value.messages == ["This file is 14 MB. The limit is 10 MB."]


def test_a_name_that_climbs_out_is_only_a_name():
    cv = files.take(upload(pdf(), "../../etc/<b>passwd\r\n.pdf"))
    assert "/" not in cv.name
    assert "<" not in cv.name
    assert "\n" not in cv.name
    assert cv.file.name.startswith("recruitment/")
    assert "passwd" not in cv.file.name


def test_the_reader_dies_within_its_limits_and_takes_nobody_along():
    member = archive({"[Content_Types].xml": "", "word/document.xml": b"<a>" + b"<b/>" * 12_000_000})
    with pytest.raises(limited.Unreadable):
        limited.ask("text", "docx", member)


def test_the_scanner_is_asked(settings, monkeypatch):
    monkeypatch.setattr(files, "SCANNER", "tests.recruitment.test_files.eicar")
    with pytest.raises(ValidationError, match="EICAR"):
        files.take(upload())


def eicar(content):
    return "EICAR"


@pytest.fixture
def with_cv(application):
    application.cv = files.take(upload(name="cv-lena.pdf"))
    application.save()
    return application


@pytest.mark.parametrize("page", ["cv/file/", "cv/1.png"])
def test_while_names_are_hidden_the_cv_is_closed_to_everybody(client_of, with_cv, page):
    draw_cvs()
    for name in ("maya", "hugo"):
        assert client_of(name).get(f"/hiring/people/{with_cv.pk}/{page}").status_code == 404
        closed = client_of(name).get(f"/hiring/people/{with_cv.pk}/cv/").content.decode()
        assert "cv-lena" not in closed
        assert "Python and SQL" not in closed


def test_once_shown_it_opens_as_pages_and_text_and_each_reading_is_logged(client_of, with_cv, cast):
    transitions.reveal(with_cv.pk, by=cast.hugo.user)
    assert draw_cvs() == 1
    assert draw_cvs() == 0
    page = client_of("maya").get(f"/hiring/people/{with_cv.pk}/cv/").content.decode()
    assert "Python and SQL" in page
    assert f"/hiring/people/{with_cv.pk}/cv/1.png" in page
    assert client_of("maya").get(f"/hiring/people/{with_cv.pk}/cv/1.png")["Content-Type"] == "image/png"
    entry = AuditEntry.objects.get(action="cv.read")
    assert entry.actor == f"user:{cast.maya.user.pk}"


def test_the_file_leaves_as_an_attachment_that_cannot_run(client_of, with_cv, cast):
    transitions.reveal(with_cv.pk, by=cast.hugo.user)
    answer = client_of("hugo").get(f"/hiring/people/{with_cv.pk}/cv/file/")
    assert answer["Content-Disposition"] == 'attachment; filename="cv-lena.pdf"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert AuditEntry.objects.filter(action="cv.downloaded").exists()


@pytest.mark.parametrize("name", ["cleo", "ben", "ilan", "nia", "omar", "visitor"])
def test_nobody_else_reads_it(client_of, with_cv, cast, name):
    transitions.reveal(with_cv.pk, by=cast.hugo.user)
    for page in ("", "cv/", "cv/file/", "cv/1.png"):
        assert client_of(name).get(f"/hiring/people/{with_cv.pk}/{page}").status_code in (302, 404)
