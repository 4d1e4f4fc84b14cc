"""One segment of the Whoosh index: its fields, and sets of rows as numbers whose bits are row numbers."""

import json
from itertools import islice

from whoosh import fields, formats, index
from whoosh.columns import VarBytesColumn

from portal.search.backends.base import MOST_PREFIXED
from portal.search.backends.codec import numbers_of
from portal.search.rows import Row

LIVE = "live.json"
CACHED = 4000  # sets of rows remembered by segment
WHAT_WHOOSH_RAISES = (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, EOFError, index.IndexError, json.JSONDecodeError)
written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
POSITIONS = [tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256)]


def schema() -> fields.Schema:
    def listed():
        field = fields.KEYWORD()
        field.format = formats.Existence()
        return field

    return fields.Schema(tokens=listed(), facets=listed(), sort=fields.COLUMN(VarBytesColumn()), at=fields.COLUMN(VarBytesColumn()), data=fields.STORED())


def document_of(row: Row) -> dict:
    stored = written([row.kind, row.key, row.data])
    return {"tokens": [*row.stored_tokens(), f"#{row.ident}"], "facets": row.facets, "sort": row.sort.encode(), "at": row.at.encode(), "data": stored}


def positions(bits: int):
    """The numbers of the bits that are set."""
    for at, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
        if byte:
            for bit in POSITIONS[byte]:
                yield at * 8 + bit


class Segment:
    """One immutable part of the index, with the sets already asked of it."""

    def __init__(self, reader, known: dict):
        self.reader = reader
        self.known = known  # what was remembered of this segment, shared with earlier openings
        everything = (1 << reader.doc_count_all()) - 1
        gone = 0
        for number in reader._perdoc.deleted_docs():
            gone |= 1 << number
        self.live = everything & ~gone

    def bits(self, token: str, field: str = "tokens") -> int:
        """The rows that hold `token`."""
        key = (field, token)
        found = self.known.get(key)
        if found is None:
            if len(self.known) > CACHED:
                self.known.clear()
            found = self.known[key] = self._read(field, token)
        return found

    def _read(self, field: str, token) -> int:
        term = token if isinstance(token, bytes) else token.encode()
        if (field, term) not in self.reader._terms:
            return 0
        numbers = bytearray(self.reader.doc_count_all() // 8 + 1)
        terms = self.reader._terms
        for number in numbers_of(terms._postfile, terms.term_info(field, term)):
            numbers[number >> 3] |= 1 << (number & 7)
        return int.from_bytes(numbers, "little")

    def any_of(self, tokens, field: str = "tokens") -> int:
        found = 0
        for token in tokens:
            found |= self.bits(token, field)
        return found

    def starting(self, prefix: str) -> int:
        """The rows that hold a token starting with `prefix`."""
        key = ("^", prefix)
        found = self.known.get(key)
        if found is None:
            found = 0
            for term in islice(self.reader.expand_prefix("tokens", prefix), MOST_PREFIXED):
                found |= self._read("tokens", term)
            self.known[key] = found
        return found

    def owned(self, audiences: frozenset[str]) -> int:
        """The rows these audiences read: the narrowest one of each thing."""
        key = ("@", audiences)
        if key not in self.known:
            self.known[key] = self.any_of(f"@{audience}" for audience in audiences) & ~self.any_of(f"!{audience}" for audience in audiences)
        return self.known[key]

    def facets(self) -> dict[str, list[tuple[str, int]]]:
        """Every facet value with its rows, by facet."""
        found = self.known.get("facets")
        if found is None:
            found = {}
            for term in self.reader.lexicon("facets"):
                text = term.decode()
                found.setdefault(text.partition("=")[0], []).append((text, self._read("facets", term)))
            self.known["facets"] = found
        return found

    def column(self, name: str) -> list[bytes]:
        key = ("column", name)
        if key not in self.known:
            self.known[key] = list(self.reader.column_reader(name, translate=False)) if self.reader.has_column(name) else [b""] * self.reader.doc_count_all()
        return self.known[key]

    def stored(self, number: int) -> list:
        return json.loads(self.reader.stored_fields(number)["data"])
