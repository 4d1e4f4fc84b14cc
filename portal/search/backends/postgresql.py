"""The store beyond one machine: a PostgreSQL table of rows, their tokens in a GIN-indexed tsvector."""

# ruff: noqa: S608 - the only names put into statements are our own
import json
import re
from contextlib import contextmanager
from zlib import crc32

from django.db import DatabaseError, connection, transaction

from portal.search.backends.base import Answer, Away, Backend, Question
from portal.search.rows import SCHEMA, WORD, NewTokens, Row, folded_text, vocabulary

TABLE = "search_row"
COLUMNS = "kind, key, rung, audiences, shadows, tokens, facets, grades, sort, at, folded, data"
CREATE = """
CREATE TABLE {table} (
    id bigint GENERATED ALWAYS AS IDENTITY,
    kind text NOT NULL, key text NOT NULL, rung smallint NOT NULL,
    audiences text[] NOT NULL, shadows text[] NOT NULL,
    tokens tsvector NOT NULL, facets text[] NOT NULL, grades jsonb NOT NULL,
    sort text COLLATE "C" NOT NULL, at text COLLATE "C" NOT NULL, folded text NOT NULL, data text NOT NULL
) WITH (toast_tuple_target = 4080);
ALTER TABLE {table} ALTER tokens SET STORAGE MAIN;
"""
INDEXES = """
ALTER TABLE {table} ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX ON {table} (kind, key, rung);
CREATE INDEX ON {table} USING gin (tokens) WITH (fastupdate = off);
"""


SCHEMA_HELD = f"obj_description(to_regclass('{TABLE}'), 'pg_class')"


def _demand(held: str | None) -> None:
    """An index of an older schema would answer wrongly; every statement brings the number along."""
    if held != f"schema {SCHEMA}":
        raise Away("missing or older schema")


def quoted(token: str) -> str:
    """`token` as a lexeme of a tsquery or tsvector."""
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def any_of(ways) -> str:
    """A tsquery for any of these (token, is a prefix)."""
    return "(" + " | ".join(f"{quoted(token)}:*" if prefix else quoted(token) for token, prefix in ways) + ")"


class PostgreSQLBackend(Backend):
    def __init__(self, folder=None):
        pass

    # --- which index lives ------------------------------------------------------------------------------
    def is_ready(self) -> bool:
        try:
            with self.questions(), self._cursor() as cursor:
                cursor.execute(f"SELECT {SCHEMA_HELD}")
                return cursor.fetchone()[0] == f"schema {SCHEMA}"
        except Away:
            return False

    check = is_ready

    @contextmanager
    def questions(self):
        """A failure costs the present transaction nothing: one savepoint for all questions, none outside transactions."""
        try:
            if connection.in_atomic_block:
                with transaction.atomic():
                    yield
            else:
                yield
        except DatabaseError as error:
            raise Away(type(error).__name__) from error

    @contextmanager
    def _cursor(self):
        """A cursor whose failure says that the index is away; what must go on after it stands within `questions`."""
        try:
            with connection.cursor() as cursor:
                yield cursor
        except DatabaseError as error:
            raise Away(type(error).__name__) from error

    @contextmanager
    def exclusive(self, name: str, wait: bool = False):
        number = crc32(f"{TABLE}.{name}".encode())
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s) IS NOT NULL" if wait else "SELECT pg_try_advisory_lock(%s)", [number])
            mine = cursor.fetchone()[0] or wait
        try:
            yield mine
        finally:
            if mine:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [number])

    # --- writing ----------------------------------------------------------------------------------------
    def replace(self, idents, rows) -> None:
        idents, rows = list(idents), list(rows)
        with transaction.atomic(), connection.cursor() as cursor:
            by_kind: dict[str, list[str]] = {}
            for kind, key in idents:
                by_kind.setdefault(kind, []).append(key)
            for kind, keys in by_kind.items():
                cursor.execute(f"DELETE FROM {TABLE} WHERE kind = %s AND key = ANY(%s)", [kind, keys])
            words = vocabulary(set().union(*(row.tokens for row in rows)))
            if words:
                cursor.execute(f"SELECT key FROM {TABLE} WHERE kind = %s AND key = ANY(%s)", [WORD, [word.key for word in words]])
                known = {key for (key,) in cursor.fetchall()}
                words = [word for word in words if word.key not in known]
            if rows or words:
                values = ", ".join(["%s"] * 5 + ["array_to_tsvector(%s)"] + ["%s"] * 6)
                insert = f"INSERT INTO {TABLE} ({COLUMNS}) VALUES ({values}) ON CONFLICT DO NOTHING"
                cursor.executemany(insert, [_values(row) for row in [*rows, *words]])

    def build(self, rows, swap) -> int:
        new, count, unseen = f"{TABLE}_new", 0, NewTokens()
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {new}; {CREATE.format(table=new)}")
        batch: list[Row] = []
        for row in rows:
            batch.append(row)
            count += 1
            batch.extend(vocabulary(unseen.of(row)))
            if len(batch) > 2000:
                _copy(new, batch)
                batch = []
        _copy(new, batch)
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '256MB'")
            cursor.execute(INDEXES.format(table=new))
            cursor.execute(f"COMMENT ON TABLE {new} IS 'schema {SCHEMA}'; ANALYZE {new}")
            cursor.execute("RESET maintenance_work_mem")

        def put_live():
            with transaction.atomic(), connection.cursor() as inner:
                inner.execute(f"DROP TABLE IF EXISTS {TABLE}; ALTER TABLE {new} RENAME TO {TABLE}")

        swap(put_live)
        return count

    def size(self):
        with self.questions(), self._cursor() as cursor:
            cursor.execute(f"SELECT count(*), pg_total_relation_size('{TABLE}') FROM {TABLE}")
            return cursor.fetchone()

    # --- reading ----------------------------------------------------------------------------------------
    def lookup(self, tokens, audiences):
        """One index scan a token: an OR of thirty rare tokens is planned as a walk through the whole table (0.3 s at 10,000)."""
        words = [quoted(token) for token in sorted(tokens) if not token.startswith("C=")]
        concepts = [quoted(token) for token in sorted(tokens) if token.startswith("C=")]
        each = f"SELECT kind, data FROM unnest(%s::tsquery[]) AS word JOIN {TABLE} ON tokens @@ word"
        mine = sorted(audiences)
        with self._cursor() as cursor:
            cursor.execute(
                f"SELECT '', {SCHEMA_HELD} UNION ALL {each} UNION ALL {each} WHERE audiences && %s AND NOT shadows && %s",
                [words, concepts, mine, mine],
            )
            found = cursor.fetchall()  # in any order: the planner may share the work out
            _demand(next(data for kind, data in found if not kind))
            return [(kind, json.loads(data)) for kind, data in found if kind]

    def ask(self, question: Question) -> Answer:
        sql, values = _statement(question)
        with self._cursor() as cursor:
            cursor.execute(sql, values)
            total, rows, facets, held = cursor.fetchone()
            _demand(held)
        found = [(kind, key, score, json.loads(data)) for kind, key, score, data in rows or []]
        return Answer(total, found, dict(facets or {}))


def _values(row: Row) -> list:
    return [
        row.kind, row.key, row.rung, list(row.audiences), list(row.shadows), sorted(row.tokens), list(row.facets),
        json.dumps(row.grades), row.sort, row.at, folded_text(entry[1] for entry in row.data.get("shown", ())), json.dumps(row.data, ensure_ascii=False),
    ]  # fmt: skip


def _copy(table: str, rows: list[Row]) -> None:
    """Many rows at once, by COPY."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({COLUMNS}) FROM STDIN") as copy:
        for row in rows:
            values = _values(row)
            values[5] = " ".join(quoted(token) for token in values[5])
            copy.write_row(values)


def _statement(question: Question) -> tuple[str, list]:
    """One statement that answers all: how many, one page in order, and the facet counts."""
    score, score_values = _score(question)
    where, where_values = _where(question)
    chosen, chosen_values = [], []
    for at, (name, picked) in enumerate(question.filters.items()):
        chosen.append(f", tokens @@ %s::tsquery AS ok{at}")
        chosen_values.append(any_of((f"x={name}={value}", False) for value in picked))
    every = " AND ".join(f"ok{at}" for at in range(len(chosen))) or "true"
    order = {"name": "sort, key", "newest": "(at = ''), at DESC, sort, key"}.get(question.sort, "score DESC, sort, key")
    facets = "NULL"
    if question.facets:
        counted = f"SELECT facet, count(*) AS n FROM hits, unnest(facets) AS facet WHERE {_counted(question)} GROUP BY facet"
        facets = f"(SELECT json_object_agg(facet, n) FROM ({counted}) counted)"
    sql = f"""
        WITH hits AS MATERIALIZED (
            SELECT id, key, sort, at, facets, {score} AS score{"".join(chosen)} FROM {TABLE} WHERE {where}
        ), page AS (
            SELECT id, score, row_number() OVER (ORDER BY {order}) AS place FROM hits WHERE {every} ORDER BY place LIMIT %s OFFSET %s
        )
        SELECT (SELECT count(*) FROM hits WHERE {every}),
               (SELECT json_agg(json_build_array(r.kind, r.key, page.score, r.data) ORDER BY page.place) FROM page JOIN {TABLE} r USING (id)),
               {facets},
               {SCHEMA_HELD}
    """
    return sql, [*score_values, *chosen_values, *where_values, question.size, question.start]


def _counted(question: Question) -> str:
    """Which rows count for a facet: those that pass every other facet's choice."""
    names = list(question.filters)
    every = " AND ".join(f"ok{at}" for at in range(len(names))) or "true"
    parts = [f"({every})"]
    for at, name in enumerate(names):
        others = " AND ".join(f"ok{other}" for other in range(len(names)) if other != at) or "true"
        if re.fullmatch(r"\w+", name):
            parts.append(f"(starts_with(facet, '{name}=') AND {others})")
    return " OR ".join(parts)


def _where(question: Question) -> tuple[str, list]:
    audiences = sorted(question.audiences)
    parts, values = ["audiences && %s", "NOT shadows && %s", "kind = ANY(%s)"], [audiences, audiences, list(question.kinds)]
    needed = [any_of((way.token, way.prefix) for way in term.ways) for term in question.terms if term.required]
    if needed:
        parts.append("tokens @@ %s::tsquery")
        values.append((" | " if question.some else " & ").join(needed))
    if question.without:
        parts.append("NOT tokens @@ %s::tsquery")
        values.append(any_of((token, False) for token in question.without))
    for phrase in question.phrases:
        parts.append("strpos(folded, %s) > 0")
        values.append(f" {phrase} ")
    return " AND ".join(parts), values


def _score(question: Question) -> tuple[str, list]:
    """The best way of each word, summed; as CASE from the best way down, so that the first hit ends it."""
    sums, values = [], []
    for term in question.terms:
        bonus = 1000 if question.some and term.required else 0
        by_points: dict[float, list] = {}
        whens = []
        for way in term.ways:
            if way.graded:
                graded = "WHEN tokens @@ %s::tsquery THEN %s + COALESCE((grades ->> %s)::int, 0) / 10.0"
                whens.append((way.points, graded, [quoted(way.token), way.points + bonus, way.token]))
            else:
                by_points.setdefault(way.points, []).append((way.token, way.prefix))
        for points, ways in by_points.items():
            whens.append((points, "WHEN tokens @@ %s::tsquery THEN %s", [any_of(ways), points + bonus]))
        whens.sort(key=lambda when: -when[0])
        if whens:
            sums.append("CASE " + " ".join(sql for _, sql, _ in whens) + " ELSE 0 END")
            for _, _, own in whens:
                values += own
    return (" + ".join(sums) or "0", values)
