"""The expression language: a small part of SQL over the declared columns of one fact.

An expression is parsed by sqlglot and walked; every node must be on a list (``grammar``), and unlike kinds of values do
not meet (``families``). What is not allowed is refused with its position, all mistakes at once. Nothing else of a
person's text ever reaches the engine: the engine gets the tree that passed, written out again. What an expression means
is said by ``interpreter``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlglot import exp
from sqlglot.errors import SqlglotError

from congtam.indicators.domain.vocabulary import Family, Vocabulary
from congtam.indicators.language.families import Mismatch, Typing
from congtam.indicators.language.grammar import node_problems
from congtam.indicators.language.measures import PLAIN, Measuring
from congtam.indicators.language.parsing import (
    expression_problem,
    parse,
    size_problem,
    source_position,
    syntax_problem,
)
from congtam.kernel.errors import InputRefused, Problem, msgid


@dataclass(frozen=True)
class Expression:
    """An expression that passed the check (biểu thức): its text as written, its tree, and the family of each node.

    The tree is not changed by anybody: ``families`` are by the identity of its nodes.
    """

    text: str
    tree: exp.Expr
    vocabulary: Vocabulary
    families: Mapping[int, Family] = field(repr=False, compare=False)
    measure: str = PLAIN
    """What its numbers measure, where that is known."""

    @property
    def family(self) -> Family:
        """What kind of value it yields."""
        return self.families[id(self.tree)]


def check(text: str, vocabulary: Vocabulary, *, wants: Family | None = Family.BOOLEAN) -> Expression:
    """The expression, or InputRefused with every mistake and its line and column; ``wants=None`` takes any kind."""
    checked = _check(text, vocabulary, wants)
    if isinstance(checked, Expression):
        return checked
    raise InputRefused(checked)


def problems(text: str, vocabulary: Vocabulary, *, wants: Family | None = Family.BOOLEAN) -> list[Problem]:
    """Every mistake in an expression, in the order of the text; empty when there is none."""
    checked = _check(text, vocabulary, wants)
    return [] if isinstance(checked, Expression) else checked


def _check(text: str, vocabulary: Vocabulary, wants: Family | None) -> Expression | list[Problem]:
    try:
        too_big = size_problem(text)
        if too_big:
            return [too_big]
        tree = parse(text)
    except SqlglotError as error:
        return [syntax_problem(text, error)]
    typing = Typing(vocabulary)
    faults = list(node_problems(tree, text, vocabulary, refused=typing.refused))
    faults.extend(_type_problems(tree, text, typing, wants=wants))
    if faults:
        return sorted(faults, key=lambda one: (one.row or 0, int(one.column or 0)))
    measuring = Measuring(vocabulary, typing.families)
    measure = measuring.measure(tree)
    if measuring.mismatches:
        return list(_mismatch_problems("measures_differ", measuring.mismatches, text))
    return Expression(text=text, tree=tree, vocabulary=vocabulary, families=typing.families, measure=measure)


def _mismatch_problems(code: str, mismatches: Iterable[Mismatch], text: str) -> Iterator[Problem]:
    for fault in mismatches:
        yield expression_problem(code, fault.message, source_position(fault.node, text), **fault.data)


def _type_problems(tree: exp.Expr, text: str, typing: Typing, *, wants: Family | None) -> Iterator[Problem]:
    family = typing.family(tree)
    yield from _mismatch_problems("types_differ", typing.mismatches, text)
    if wants is not None and family not in (wants, Family.NOTHING, Family.UNKNOWN):
        message = msgid("The expression returns {family}, but {wanted} is required here.")
        yield expression_problem(
            "wrong_type", message, source_position(tree, text), family=family.value, wanted=wants.value
        )
