"""The pieces of the statements that ask PostgreSQL: tsqueries, conditions, points, counts. Nothing here asks it."""

# ruff: noqa: S608 - the only names put into statements are our own
from dataclasses import replace

from portal.search.backends.base import Question

TABLE = "search_row"
# What one looks for, without the vocabulary; and the orders that need no points.
THINGS = "left(kind, 1) <> '~'"
ORDERS = {"name": "sort, key", "newest": "(at = ''), at DESC, sort, key"}


def quoted(token: str) -> str:
    """`token` as a lexeme of a tsquery or tsvector."""
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def any_of(ways) -> str:
    """A tsquery for any of these (token, is a prefix)."""
    return "(" + " | ".join(f"{quoted(token)}:*" if prefix else quoted(token) for token, prefix in ways) + ")"


def rows_of(audiences) -> str:
    """The rows these audiences read: the narrowest one of each thing."""
    mine = sorted(audiences)
    return f"{any_of((f'@{audience}', False) for audience in mine)} & !{any_of((f'!{audience}', False) for audience in mine)}"


def any_group_of(alternatives) -> str:
    """A tsquery for one way of every group, in one of the alternatives."""
    asked = (" & ".join(any_of((way.token, way.prefix) for way in ways) for ways in groups) for groups in alternatives)
    return " | ".join(f"({words})" for words in asked)


def all_words(question: Question) -> str:
    needed = [any_of((way.token, way.prefix) for way in term.ways) for term in question.terms if term.required]
    return (" | " if question.some else " & ").join(needed)


def where_of(question: Question, words: str, but: str = "") -> tuple[str, list]:
    """The condition for answers that hold `words`, and pass every filter `but` one."""
    parts = [f"({words})"] if words else []
    parts.append(any_of((f"x=kind={kind}", False) for kind in question.kinds))
    parts += [any_of((f"x={name}={value}", False) for value in picked) for name, picked in question.filters.items() if picked and name != but]
    parts.append(rows_of(question.audiences))
    if question.without:
        parts.append("!" + any_of((token, False) for token in question.without))
    where, values = [THINGS, "tokens @@ %s::tsquery"], [" & ".join(parts)]
    for phrase in question.phrases:
        where.append("strpos(folded, %s) > 0")
        values.append(f" {phrase} ")
    return " AND ".join(where), values


def step_by_step(question: Question, steps: list[str]) -> tuple[str, list]:
    """The tables of keys that hold the words of each step, then `best`, a key with its step; steps stop once there are enough."""
    tables, values, enough = [], [], "true"
    for at, words in enumerate(steps):
        where, own = where_of(question, words)
        tables.append(f"step{at} AS MATERIALIZED (SELECT id FROM {TABLE} WHERE {where} AND {enough} LIMIT {question.most + 1})")
        values += own
        enough += f" AND (SELECT count(*) FROM step{at}) <= {question.most}"
    found = " UNION ALL ".join(f"SELECT id, {at} AS step FROM step{at}" for at in range(len(steps)))
    tables.append(f"best AS MATERIALIZED (SELECT id, min(step) AS step FROM ({found}) AS found GROUP BY id ORDER BY 2, 1 LIMIT {question.most + 1})")
    return ", ".join(tables), values


def in_order(question: Question, order: str) -> tuple[str, list]:
    """The same table `best` for an order that needs no points."""
    where, values = where_of(question, all_words(question))
    place = f"row_number() OVER (ORDER BY {order})"
    return f"best AS MATERIALIZED (SELECT id, {place} AS step FROM {TABLE} WHERE {where} ORDER BY {order} LIMIT {question.most + 1})", values


def counting(question: Question) -> tuple[str, str, list]:
    """(the expression that counts, tables it needs, values of both): the choice in a facet does not narrow its own counts."""
    tables, values = "", []
    for at, name in enumerate(question.filters):
        where, own = where_of(question, all_words(question), but=name)
        tables += f", but{at} AS MATERIALIZED (SELECT facets FROM {TABLE} WHERE {where} LIMIT %s)"
        values += [*own, question.most]
    facet = "split_part(facet, '=', 1)"
    counts = f"SELECT facet, count(*) AS n FROM hits, unnest(facets) AS facet WHERE {facet} <> ALL(%s) GROUP BY facet"
    values.append(list(question.filters))
    for at, name in enumerate(question.filters):
        counts += f" UNION ALL SELECT facet, count(*) FROM but{at}, unnest(facets) AS facet WHERE {facet} = %s GROUP BY facet"
        values.append(name)
    return f"(SELECT json_object_agg(facet, n) FROM ({counts}) counted)", tables, values


def kinds(question: Question, words: str, but: str) -> tuple[str, list]:
    """The statement that counts each kind `but` the one that fills what may be scored: it would hide the others."""
    others = tuple(kind for kind in question.filters.get("kind", question.kinds) if kind != but) or ("",)
    where, values = where_of(replace(question, kinds=others, filters={**question.filters, "kind": ()}), words)
    return f"SELECT 'kind=' || kind || '==', count(*) FROM (SELECT kind FROM {TABLE} WHERE {where} LIMIT %s) AS held GROUP BY kind", [*values, question.most]


def points(question: Question) -> tuple[str, list]:
    """The best way of each word, summed; as CASE from the best way down, so that the first hit ends it."""
    sums, values = [], []
    for term in question.terms:
        by_points: dict[float, list] = {}
        for way in term.ways:
            if way.graded:
                for grade in range(1, 10):
                    by_points.setdefault(way.points + grade / 10, []).append((f"{way.token}/{grade}", False))
            by_points.setdefault(way.points, []).append((way.token, way.prefix))
        whens = [(worth, any_of(ways)) for worth, ways in sorted(by_points.items(), reverse=True)]
        if whens:
            sums.append("CASE " + "WHEN tokens @@ %s::tsquery THEN %s " * len(whens) + "ELSE 0 END")
            bonus = 1000 if question.some and term.required else 0
            for worth, ways in whens:
                values += [ways, worth + bonus]
    return (" + ".join(sums) or "0", values)
