"""From the text of an expression to its tree: limits before parsing, and where each node stands in the text."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import sqlglot
from sqlglot import TokenType, exp
from sqlglot.errors import SqlglotError

from congtam.kernel.errors import Problem, msgid

DIALECT: Final = "duckdb"
LONGEST: Final = 2000
MOST_TOKENS: Final = 200
DEEPEST: Final = 40
_NESTING: Final = frozenset(
    {TokenType.L_PAREN, TokenType.NOT, TokenType.CASE, TokenType.DASH, TokenType.L_BRACKET}
)


def size_problem(text: str) -> Problem | None:
    """Refuse before parsing what would be costly to parse: the parser calls itself for every level of nesting."""
    if len(text) > LONGEST:
        return expression_problem(
            "too_long", msgid("The expression is longer than {limit} characters."), limit=LONGEST
        )
    tokens = sqlglot.tokenize(text, read=DIALECT)
    if len(tokens) > MOST_TOKENS:
        return expression_problem(
            "too_complex", msgid("The expression has more than {limit} parts."), limit=MOST_TOKENS
        )
    if sum(token.token_type in _NESTING for token in tokens) > DEEPEST:
        return expression_problem(
            "too_deep", msgid("The expression is nested more than {limit} levels deep."), limit=DEEPEST
        )
    return None


@lru_cache(maxsize=512)
def parse(text: str) -> exp.Expr:
    """The tree of a text, which nobody changes, for it is remembered; raises SqlglotError."""
    trees = sqlglot.parse(text, dialect=DIALECT)
    if len(trees) != 1 or trees[0] is None:
        raise SqlglotError("exactly one expression is needed")
    # The parser lets an operator without its operand through, such as a lone "@".
    if any(node.error_messages() for node in trees[0].walk()):
        raise SqlglotError("a part is missing")
    return trees[0]


def source_position(node: exp.Expr, text: str) -> tuple[int, int]:
    """Line and column, both from 1, of the first token of a node, or of its parent, that sqlglot remembers."""
    if isinstance(node, exp.Placeholder):  # the only node that never has a place
        start = max(text.find(f":{node.name}"), 0)
    else:
        starts = [one.meta["start"] for one in node.walk() if one.meta.get("start") is not None]
        if not starts and node.parent is not None:
            return source_position(node.parent, text)
        start = min(starts, default=0)
    return text.count("\n", 0, start) + 1, start - (text.rfind("\n", 0, start) + 1) + 1


def syntax_problem(text: str, error: SqlglotError) -> Problem:
    """What the parser could not read."""
    details = getattr(error, "errors", None) or [{}]
    message = msgid("The expression could not be parsed near “{near}”.")
    near = str(details[0].get("highlight") or text[:40])
    position = (int(details[0].get("line") or 1), int(details[0].get("col") or 1))
    return expression_problem("unreadable", message, position, near=near)


def expression_problem(
    code: str, message: str, position: tuple[int, int] = (1, 1), *, advice: str = "", **data: object
) -> Problem:
    """A problem at a place of the expression."""
    line, column = position
    return Problem(
        code=f"expression.{code}", message=message, data=data, row=line, column=str(column), advice=advice
    )
