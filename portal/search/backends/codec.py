"""Whoosh's files with leaner postings: a row holds a token or not, so a posting list is row numbers and nothing else.

Whoosh's own postings carry weights, lengths and positions, cost a file check each while written (a third of the build)
and are compressed in small blocks. Segments name this class: moving it asks for a rebuild (rows.SCHEMA).
"""

from array import array

from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo
from whoosh.matching import ListMatcher
from whoosh.system import emptybytes, pack_ushort
from whoosh.writing import SegmentWriter


class LeanCodec(W3Codec):
    def field_writer(self, storage, segment):
        return LeanFieldWriter(self, storage, segment)

    def postings_reader(self, dbfile, terminfo, format_, term=None, scorer=None):
        numbers = numbers_of(dbfile, terminfo)
        return ListMatcher(list(numbers), [1.0] * len(numbers), [emptybytes] * len(numbers), format_, scorer=scorer, term=term)


def numbers_of(postfile, terminfo) -> array:
    """The row numbers of one term, in order."""
    numbers = array("I")
    numbers.frombytes(postfile.get(terminfo.extent()[0], terminfo.doc_frequency() * numbers.itemsize))
    return numbers


class LeanFieldWriter(W3FieldWriter):
    def add_postings(self, schema, lengths, items):
        """Write whole lists: `items` are (field, term, row numbers), in order."""
        add, at, lists = self._tindex.add, self._postfile.tell(), []
        for fieldname, term, numbers in items:
            if fieldname not in self._fieldmap:
                self._fieldmap[fieldname] = len(self._fieldmap)
            info = W3TermInfo()
            info._df = info._weight = len(numbers)
            info._minid, info._maxid, info._maxweight = numbers[0], numbers[-1], 1.0
            data = numbers.tobytes()
            info.set_extent(at, len(data))
            at += len(data)
            lists.append(data)
            add(pack_ushort(self._fieldmap[fieldname]) + term, info.to_bytes())
        self._postfile.write(b"".join(lists))


class Lists:
    """What a writer collects: for each term its row numbers, in memory."""

    def __init__(self):
        self.lists: dict[tuple[str, bytes], array] = {}
        self.fieldnames: set[str] = set()

    def add(self, item) -> None:
        fieldname, term, number = item[:3]
        found = self.lists.get((fieldname, term))
        if found is None:
            self.fieldnames.add(fieldname)
            found = self.lists[fieldname, term] = array("I")
        found.append(number)

    def iter_postings(self):
        for (fieldname, term), numbers in sorted(self.lists.items(), key=lambda entry: entry[0]):
            yield fieldname, term, numbers

    def cleanup(self) -> None:
        self.lists = {}


class LeanWriter(SegmentWriter):
    def __init__(self, ix, **how):
        super().__init__(ix, codec=LeanCodec(), **how)
        self.pool = Lists()

    def put(self, tokens, facets, **rest) -> None:
        """One row; the lists go straight to where they are collected."""
        number, lists = self.docnum, self.pool.lists
        for fieldname, terms in (("facets", facets), ("tokens", tokens)):
            self.pool.fieldnames.add(fieldname)
            for term in set(terms):
                key = (fieldname, term.encode())
                if key in lists:
                    lists[key].append(number)
                else:
                    lists[key] = array("I", (number,))
        self.add_document(**rest)
