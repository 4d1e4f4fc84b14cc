"""The store beyond one machine: a PostgreSQL table of rows, their tokens in a GIN-indexed tsvector.

All that narrows a question is a token, its reader and its filters too, so that only answers are fetched. When more hold
the words than may be scored, the best are taken, tier after tier (tiers.py); the answer says that there are more.
"""

# ruff: noqa: S608 - the only names put into statements are our own
import json
from contextlib import contextmanager
from zlib import crc32

from django.db import DatabaseError, connection, transaction

from portal.search.backends.base import Answer, Away, Backend, Question
from portal.search.backends.statements import (
    ORDERS,
    TABLE,
    THINGS,
    all_words,
    any_group_of,
    counting,
    in_order,
    kinds,
    points,
    quoted,
    rows_of,
    step_by_step,
    where_of,
)
from portal.search.backends.tiers import tiers
from portal.search.rows import SCHEMA, WORD, NewTokens, Row, folded_text, vocabulary

COLUMNS = "kind, key, rung, tokens, facets, sort, at, folded, data"
CREATE = """
CREATE TABLE {table} (
    id bigint GENERATED ALWAYS AS IDENTITY,
    kind text NOT NULL, key text NOT NULL, rung smallint NOT NULL,
    tokens tsvector NOT NULL, facets text[] NOT NULL,
    sort text COLLATE "C" NOT NULL, at text COLLATE "C" NOT NULL, folded text NOT NULL, data text NOT NULL
) WITH (toast_tuple_target = 4080);
ALTER TABLE {table} ALTER tokens SET STORAGE MAIN;
"""
INDEXES = f"""
ALTER TABLE {{table}} ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX ON {{table}} (kind, key, rung);
CREATE INDEX ON {{table}} USING gin (tokens) WITH (fastupdate = off);
CREATE INDEX ON {{table}} ({ORDERS["name"]}) WHERE {THINGS};
CREATE INDEX ON {{table}} ({ORDERS["newest"]}) WHERE {THINGS};
"""


SCHEMA_HELD = f"obj_description(to_regclass('{TABLE}'), 'pg_class')"


def _demand(held: str | None) -> None:
    """An index of an older schema would answer wrongly; every statement brings the number along."""
    if held != f"schema {SCHEMA}":
        raise Away("missing or older schema")


class PostgreSQLBackend(Backend):
    def __init__(self, folder=None):
        pass

    # --- which index lives ------------------------------------------------------------------------------
    def is_ready(self) -> bool:
        try:
            with self.questions():
                return _rows(f"SELECT {SCHEMA_HELD}")[0][0] == f"schema {SCHEMA}"
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
                values = ", ".join(["%s"] * 3 + ["array_to_tsvector(%s)"] + ["%s"] * 5)
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
        with self.questions():
            return _rows(f"SELECT count(*), pg_total_relation_size('{TABLE}') FROM {TABLE}")[0]

    # --- reading ----------------------------------------------------------------------------------------
    def lookup(self, tokens, audiences):
        """One index scan a token: an OR of thirty rare tokens is planned as a walk through the whole table (0.3 s at 10,000)."""
        owned = rows_of(audiences)
        asked = [quoted(token) if not token.startswith("C=") else f"{quoted(token)} & {owned}" for token in sorted(tokens)]
        found = _rows(f"SELECT '', {SCHEMA_HELD} UNION ALL SELECT kind, data FROM unnest(%s::tsquery[]) AS word JOIN {TABLE} ON tokens @@ word", [asked])
        _demand(next(data for kind, data in found if not kind))  # in any order: the planner may share the work out
        return [(kind, json.loads(data)) for kind, data in found if kind]

    def ask(self, question: Question) -> Answer:
        """One statement that answers all: how many, one page in order, and the facet counts; one more for kinds when there are more."""
        by_name = ORDERS.get(question.sort) or (None if question.terms else ORDERS["name"])
        steps = [all_words(question)] if by_name else [any_group_of(alternatives) for alternatives in tiers(question) if alternatives]
        best, best_values = in_order(question, by_name) if by_name else step_by_step(question, steps)
        score, score_values = points(question)
        order = ORDERS.get(question.sort, f"score DESC, {ORDERS['name']}")
        facets, others, counted_values = counting(question) if question.facets else ("NULL", "", [])
        sql = f"""
            WITH {best},
            hits AS MATERIALIZED (
                SELECT r.*, {score} AS score FROM {TABLE} r JOIN (SELECT id FROM best ORDER BY step, id LIMIT %s) AS scored USING (id)
            ), page AS (
                SELECT kind, key, score, data, row_number() OVER (ORDER BY {order}) AS place FROM hits ORDER BY place LIMIT %s OFFSET %s
            ){others}
            SELECT (SELECT count(*) FROM best), (SELECT max(step) FROM best),
                   (SELECT json_agg(json_build_array(kind, key, score, data) ORDER BY place) FROM page),
                   {facets},
                   {SCHEMA_HELD}
        """
        asked = [*best_values, *score_values, question.most, question.size, question.start, *counted_values]
        total, last, rows, counted, held = _rows(sql, asked)[0]
        _demand(held)
        found = [(kind, key, score, json.loads(data)) for kind, key, score, data in rows or []]
        answer = Answer(min(total, question.most), total > question.most, found, dict(counted or {}))
        if answer.more and question.facets and len(question.kinds) > 1:
            most_held = max(question.kinds, key=lambda kind: answer.facets.get(f"kind={kind}==", 0))
            answer.facets |= dict(_rows(*kinds(question, steps[0 if by_name else last], but=most_held)))
        return answer

    def count(self, question: Question) -> int:
        where, values = where_of(question, all_words(question))
        return _rows(f"SELECT count(*) FROM (SELECT FROM {TABLE} WHERE {where} LIMIT %s) AS held", [*values, question.most + 1])[0][0]


def _rows(sql: str, values=()) -> list[tuple]:
    """All rows of one statement, planned by index: a planner that thinks a word frequent would walk through the table."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL enable_seqscan = off; {sql}; SET LOCAL enable_seqscan = on", values)
            cursor.nextset()
            return cursor.fetchall()
    except DatabaseError as error:
        raise Away(type(error).__name__) from error


def _values(row: Row) -> list:
    return [
        row.kind, row.key, row.rung, row.stored_tokens(), list(row.facets), row.sort, row.at,
        folded_text(row.data), json.dumps(row.data, ensure_ascii=False),
    ]  # fmt: skip


def _copy(table: str, rows: list[Row]) -> None:
    """Many rows at once, by COPY."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({COLUMNS}) FROM STDIN") as copy:
        for row in rows:
            values = _values(row)
            values[3] = quoted("\n".join(values[3])).replace("\n", "' '") if values[3] else ""  # all at once: there are millions
            copy.write_row(values)
