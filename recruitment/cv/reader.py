"""Run as a script in a limited process: reads one file from standard input, writes its text or page images.

No Django here and no import of ours: `python -I reader.py text|pages pdf|docx|odt`. The answer is JSON, with images
in base64. Whatever goes wrong in here, the portal only learns that the file could not be read.
"""

import base64
import io
import json
import resource
import sys
import zipfile

MEMORY = 700 * 1024 * 1024  # bytes of address space
CPU = 8  # seconds
MOST_TEXT = 60_000  # characters kept
MOST_PAGES = 12
UNPACKED = 40 * 1024 * 1024  # bytes one member of an archive may hold
PAGE_WIDTH = 1240  # pixels: A4 at 150 dpi
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ODF = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def limit() -> None:
    """Before a byte is read: little memory, little time, no file written, no child process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """One member, never more than UNPACKED bytes of it whatever its header says."""
    with archive.open(name) as stream:
        content = stream.read(UNPACKED + 1)
    if len(content) > UNPACKED:
        raise ValueError("too much in one member")
    return content


def paragraphs(xml: bytes, paragraph: tuple[str, ...], text: tuple[str, ...]) -> str:
    """The text of an office document, a line a paragraph."""
    from defusedxml.ElementTree import fromstring

    lines = []
    for element in fromstring(xml, forbid_dtd=True).iter():
        if element.tag in paragraph:
            lines.append("".join(_words(element, text)))
    return "\n".join(lines)


def _words(element, text):
    if not text:  # ODF: the text stands in the paragraph and its spans
        yield from element.itertext()
        return
    for inner in element.iter():
        if inner.tag == text[0] and inner.text:
            yield inner.text
        elif inner.tag == text[1]:
            yield "\t"


def read_text(content: bytes, kind: str) -> dict:
    if kind == "pdf":
        import pypdfium2

        document = pypdfium2.PdfDocument(content)
        pages, length = [], 0
        for number in range(min(len(document), 40)):
            pages.append(document[number].get_textpage().get_text_bounded().replace("\r\n", "\n"))
            length += len(pages[-1])
            if length > MOST_TEXT:
                break
        return {"text": "\n\n".join(pages)[:MOST_TEXT], "pages": len(document)}
    archive = zipfile.ZipFile(io.BytesIO(content))
    if kind == "docx":
        text = paragraphs(member(archive, "word/document.xml"), (f"{WORD}p",), (f"{WORD}t", f"{WORD}tab"))
    else:
        text = paragraphs(member(archive, "content.xml"), (f"{ODF}p", f"{ODF}h"), ())
    return {"text": text[:MOST_TEXT], "pages": 0}


def draw_pages(content: bytes) -> dict:
    import pypdfium2

    document, drawn = pypdfium2.PdfDocument(content), []
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        width, height = page.get_size()
        scale = min(PAGE_WIDTH / max(width, 1), 3 * PAGE_WIDTH / max(height, 1), 4)
        image = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        out = io.BytesIO()
        image.quantize(64).save(out, "PNG", optimize=True)
        drawn.append({"width": image.width, "height": image.height, "png": base64.b64encode(out.getvalue()).decode()})
    return {"pages": drawn}


if __name__ == "__main__":
    limit()
    wanted, kind_of_file = sys.argv[1:3]
    given = sys.stdin.buffer.read()
    answer = read_text(given, kind_of_file) if wanted == "text" else draw_pages(given)
    json.dump(answer, sys.stdout)
