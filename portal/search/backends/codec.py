"""Whoosh's files with leaner postings: a row holds a token or not, so a posting list is row numbers and nothing else.

Whoosh's own postings carry weights, lengths and positions, cost a file check each while written (a third of the build)
and are compressed in small blocks. Segments name this class: moving it asks for a rebuild (rows.SCHEMA).
"""

from array import array
from collections import defaultdict
from operator import itemgetter

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
        self.texts = {"tokens": defaultdict(list), "facets": defaultdict(list)}  # by `put`, field by field: term → row numbers
        self.merged: dict[tuple[str, bytes], array] = {}  # by Whoosh, when it merges older segments

    @property
    def fieldnames(self) -> set[str]:
        return {fieldname for fieldname, terms in self.texts.items() if terms} | {fieldname for fieldname, _term in self.merged}

    def add(self, item) -> None:
        fieldname, term, number = item[:3]
        self.merged.setdefault((fieldname, term), array("I")).append(number)

    def iter_postings(self):
        whole = {(fieldname, term.encode()): array("I", numbers) for fieldname, terms in self.texts.items() for term, numbers in terms.items()}
        for key, numbers in self.merged.items():
            whole[key] = array("I", sorted((*whole[key], *numbers))) if key in whole else numbers
        for (fieldname, term), numbers in sorted(whole.items(), key=itemgetter(0)):
            yield fieldname, term, numbers

    def cleanup(self) -> None:
        self.__init__()


class LeanWriter(SegmentWriter):
    def __init__(self, ix, **how):
        super().__init__(ix, codec=LeanCodec(), **how)
        self.pool = Lists()

    def put(self, tokens, facets, sort: bytes, at: bytes, data: str) -> None:
        """One row: its lists, columns and stored text go straight to where they are collected. No token comes twice."""
        number, texts = self.docnum, self.pool.texts
        for lists, terms in ((texts["facets"], facets), (texts["tokens"], tokens)):
            for term in terms:
                lists[term].append(number)
        row = self.perdocwriter
        row.start_doc(number)
        row.add_column_value("at", self.schema["at"].column_type, at)
        row.add_column_value("sort", self.schema["sort"].column_type, sort)
        row.add_field("data", self.schema["data"], data, 0)
        row.finish_doc()
        self._added = True
        self.docnum += 1
