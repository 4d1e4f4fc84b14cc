"""The embedded store: Whoosh keeps the rows on disk, sets of rows are numbers whose bits are row numbers."""

import fcntl
import heapq
import json
import shutil
import threading
import time
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from whoosh import index
from whoosh.filedb.filestore import FileStorage

from portal.search.backends.base import Answer, Away, Backend, Question
from portal.search.backends.codec import LeanWriter
from portal.search.backends.segment import LIVE, WHAT_WHOOSH_RAISES, Segment, document_of, positions, schema
from portal.search.rows import SCHEMA, WORD, NewTokens, folded_text, vocabulary


class WhooshBackend(Backend):
    def __init__(self, folder):
        self.folder = Path(folder)
        self.lock = threading.RLock()
        self.live_name = ""
        self.index = None
        self.reader = None
        self.segments: list[Segment] = []
        self.known: dict[str, dict] = {}

    # --- which index lives ------------------------------------------------------------------------------
    def _pointer(self) -> dict:
        try:
            return json.loads((self.folder / LIVE).read_text())
        except (OSError, ValueError) as error:
            raise Away("no live index") from error

    def is_ready(self) -> bool:
        try:
            pointer = self._pointer()
            return pointer.get("schema") == SCHEMA and index.exists_in(str(self.folder / pointer["dir"]))
        except (Away, *WHAT_WHOOSH_RAISES):
            return False

    def check(self) -> bool:
        if not self.is_ready():
            return False
        try:
            with self._opened() as segments:
                for segment in segments:
                    total = segment.reader.doc_count_all()
                    for number in range(0, total, max(1, total // 50)):
                        segment.stored(number)
                    for _ in islice(segment.reader.lexicon("tokens"), 500):
                        pass
            return True
        except Away:
            return False

    @contextmanager
    def _opened(self):
        """The segments of the live index as it is now; one reader a process."""
        with self.lock:
            try:
                pointer = self._pointer()
                if pointer.get("schema") != SCHEMA:
                    raise Away("older schema")
                if pointer["dir"] != self.live_name or self.reader is None:
                    self.index = index.open_dir(str(self.folder / pointer["dir"]))
                    self.live_name, self.known, self.reader = pointer["dir"], {}, None
                if self.reader is None or not self.reader_is_fresh():
                    self._open_reader()
                yield self.segments
            except WHAT_WHOOSH_RAISES as error:
                self.reader = None
                raise Away(type(error).__name__) from error

    def reader_is_fresh(self) -> bool:
        return self.reader.generation() == self.index.latest_generation()

    def _open_reader(self) -> None:
        old = self.reader
        self.reader = self.index.reader()
        if old is not None:
            old.close()
        leaves = [leaf for leaf, _ in self.reader.leaf_readers() if leaf.doc_count_all()]
        names = {leaf: leaf.segment().segment_id() for leaf in leaves}
        self.known = {name: self.known.get(name, {}) for name in names.values()}
        self.segments = [Segment(leaf, self.known[names[leaf]]) for leaf in leaves]

    @contextmanager
    def exclusive(self, name: str, wait: bool = False):
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / f"{name}.lock", "w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    # --- writing ----------------------------------------------------------------------------------------
    def replace(self, idents, rows) -> None:
        try:
            live = index.open_dir(str(self.folder / self._pointer()["dir"]))
            writer = LeanWriter(live, timeout=30)
        except WHAT_WHOOSH_RAISES as error:
            raise Away(type(error).__name__) from error
        try:
            reader = writer.reader()
            for kind, key in idents:
                token = f"#{kind}:{key}"
                if ("tokens", token) in reader:
                    for number in list(reader.postings("tokens", token).all_ids()):
                        writer.delete_document(number)
            rows = list(rows)
            tokens = set().union(*(row.tokens for row in rows))
            for row in [*rows, *vocabulary(tokens, lambda term: ("tokens", f"#{WORD}:{term}") in reader)]:
                writer.put(**document_of(row))
            reader.close()
            writer.commit()
        except BaseException:
            writer.cancel()
            raise

    def build(self, rows, swap) -> int:
        name = f"build-{time.time_ns()}"
        place = self.folder / name
        place.mkdir(parents=True)
        made = FileStorage(str(place)).create_index(schema())
        writer = LeanWriter(made)
        new, count = NewTokens(), 0
        for row in rows:
            writer.put(**document_of(row))
            for word in vocabulary(new.of(row)):
                writer.put(**document_of(word))
            count += 1
        writer.commit(merge=False)
        swap(lambda: self._put_live(name))
        return count

    def tidy(self) -> None:
        """One segment again, without the rows that were replaced. Readers keep the old files until they look again."""
        live = index.open_dir(str(self.folder / self._pointer()["dir"]))
        with live.reader() as reader:
            if len(reader.leaf_readers()) == 1 and not reader.has_deletions():
                return
        try:
            LeanWriter(live, timeout=30).commit(optimize=True)
        except WHAT_WHOOSH_RAISES as error:
            raise Away(type(error).__name__) from error

    def _put_live(self, name: str) -> None:
        draft = self.folder / f"{LIVE}.{name}"
        draft.write_text(json.dumps({"dir": name, "schema": SCHEMA}))
        draft.replace(self.folder / LIVE)
        for old in self.folder.glob("build-*"):
            if old.name != name:
                shutil.rmtree(old, ignore_errors=True)

    def size(self):
        with self._opened() as segments:
            count = sum(segment.live.bit_count() for segment in segments)
        return count, sum(path.stat().st_size for path in (self.folder / self.live_name).iterdir())

    # --- reading ----------------------------------------------------------------------------------------
    def lookup(self, tokens, audiences):
        found = []
        with self._opened() as segments:
            for segment in segments:
                words = segment.live & segment.any_of(token for token in tokens if not token.startswith("C="))
                concepts = segment.live & segment.owned(audiences) & segment.any_of(token for token in tokens if token.startswith("C="))
                for number in islice(positions(words | concepts), 400):
                    kind, _, data = segment.stored(number)
                    found.append((kind, data))
        return found

    def ask(self, question: Question) -> Answer:
        answer, best = Answer(), []
        wanted = question.start + question.size
        with self._opened() as segments:
            for order, segment in enumerate(segments):
                hits, found = self._hits(segment, question, answer)
                answer.total += hits.bit_count()
                scores = _scores(hits, found, question)
                leading = _leading(segment, hits, scores, question, wanted)
                best.extend((*_rank(segment, number, scores, question), order, number, scores.get(number, 0)) for number in leading)
            best.sort()
            for *_, order, number, score in best[question.start : wanted]:
                kind, key, data = segments[order].stored(number)
                answer.rows.append((kind, key, score, data))
        return answer

    def _hits(self, segment: Segment, question: Question, answer: Answer):
        """The rows that answer, and for each term its ways as (points, rows), the best first."""
        hits = segment.live & segment.owned(question.audiences)
        hits &= segment.any_of((f"kind={kind}==" for kind in question.kinds), "facets")
        found, some = [], 0
        for term in question.terms:
            ways = _ways(segment, term)
            union = 0
            for _, rows in ways:
                union |= rows
            if term.required:
                some |= union
                if not question.some:
                    hits &= union
            found.append((term.required, ways))
        if question.some:
            hits &= some
        if question.without:
            hits &= ~segment.any_of(question.without)
        if question.phrases:
            hits = sum(1 << number for number in positions(hits) if _holds(segment.stored(number)[2], question.phrases))
        chosen = {name: segment.any_of(f"x={name}={value}" for value in values) for name, values in question.filters.items()}
        every = hits
        for rows in chosen.values():
            every &= rows
        if question.facets:
            _count_facets(segment, hits, every, chosen, answer)
        return every, found


def _ways(segment: Segment, term) -> list[tuple[float, int]]:
    found = []
    for way in term.ways:
        if way.graded:
            found.extend((way.points + grade / 10, segment.bits(f"{way.token}/{grade}")) for grade in range(10))
        found.append((way.points, segment.starting(way.token) if way.prefix else segment.bits(way.token)))
    return sorted(((points, rows) for points, rows in found if rows), reverse=True)


def _holds(data: dict, phrases) -> bool:
    folded = folded_text(data)
    return all(f" {phrase} " in folded for phrase in phrases)


def _count_facets(segment: Segment, hits: int, every: int, chosen: dict, answer: Answer) -> None:
    """Counts over the rows found; a facet's own choice does not narrow its own counts."""
    for name, values in segment.facets().items():
        rows = every
        if name in chosen:
            rows = hits
            for other, picked in chosen.items():
                if other != name:
                    rows &= picked
        if not rows:
            continue
        for text, holders in values:
            if count := (rows & holders).bit_count():
                answer.facets[text] = answer.facets.get(text, 0) + count


def _scores(hits: int, found, question: Question) -> dict[int, float]:
    scores: dict[int, float] = {}
    for required, ways in found:
        left = hits
        for points, rows in ways:
            got = left & rows
            if got:
                worth = points + (1000 if question.some and required else 0)
                for number in positions(got):
                    scores[number] = scores.get(number, 0) + worth
                left ^= got
    return scores


def _rank(segment: Segment, number: int, scores: dict, question: Question) -> tuple:
    name = segment.column("sort")[number]
    if question.sort == "name":
        return (name,)
    if question.sort == "newest":
        return (_falling(segment.column("at")[number]), name)
    return (-round(scores.get(number, 0), 3), name)


def _falling(text: bytes) -> tuple:
    """Sorts texts from the last to the first, empty ones at the end."""
    return tuple(255 - letter for letter in text) if text else (256,)


def _leading(segment: Segment, hits: int, scores: dict, question: Question, wanted: int) -> list[int]:
    return heapq.nsmallest(wanted, positions(hits), key=lambda number: _rank(segment, number, scores, question))
