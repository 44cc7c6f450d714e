"""What was refused: told in a bounded list, kept whole in a file that can be mended and imported again."""

from __future__ import annotations

import csv
import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Any, Final

from django.utils.translation import gettext

from congtam.kernel.errors import Problem, msgid
from congtam.kernel.spreadsheets import guard_formula
from congtam.tabular.cells import displayed_value
from congtam.tabular.problems import file_refusal
from congtam.tabular.readers.csv_files import REFUSED_FOR
from congtam.tabular.readers.limits import ReadLimits
from congtam.tabular.records import SourceCase

_PROBLEM_COLUMN: Final = msgid("Problem (Công Tâm)")
"""The last column, in the reader's language; each of its forms is known when the mended file comes back."""
MAX_LISTED: Final = 200
"""How many problems are listed one by one; all are counted, and every refused row is in the file."""


class Refusals:
    """Gathers problems and the rows they belong to (dòng bị từ chối)."""

    def __init__(self, spool: IO[str], limits: ReadLimits | None = None) -> None:
        self._spool = spool
        self._limits = limits or ReadLimits()
        self._characters = 0
        self._columns: dict[str, None] = {}
        self.cases = 0
        self.problems: list[Problem] = []
        self.by_code: Counter[str] = Counter()

    def add_problems(self, problems: Iterable[Problem]) -> None:
        """Note problems that refuse nothing."""
        for problem in problems:
            self.by_code[problem.code] += 1
            if len(self.problems) < MAX_LISTED:
                self.problems.append(problem)

    def put_first(self, problems: Sequence[Problem]) -> None:
        """Note what stopped the whole file before what was noted on the way."""
        self.by_code.update(problem.code for problem in problems)
        self.problems = [*problems, *self.problems][:MAX_LISTED]

    def refuse(self, case: SourceCase, problems: list[Problem]) -> None:
        """Refuse a case for these problems; raises InputRefused when so many are that the file itself is wrong."""
        self.cases += 1
        self.add_problems(problems)
        limits = self._limits
        if self.cases > limits.refused_cases or self._characters > limits.refused_bytes:
            raise file_refusal("refused_too_many", limit=self.cases - 1)
        reason = "; ".join(_format_problem(problem) for problem in problems)
        for row in case.flat_rows():
            self._columns.update(dict.fromkeys(row))
            shown = {column: displayed_value(value) for column, value in row.items()}
            line = json.dumps([shown, reason], ensure_ascii=False, default=_json_value)
            self._characters += self._spool.write(line + "\n")

    def write(self, path: Path, *, columns: list[str] | None, delimiter: str) -> None:
        """Write the refused rows as CSV in the columns of the source, each with its problem in the last column.

        The file is opened in spreadsheet programs: a text that would run there as a formula is marked, and the mark
        is taken away again when the mended file is imported.
        """
        header = [column for column in columns or sorted(self._columns) if column not in REFUSED_FOR]
        self._spool.seek(0)
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=delimiter)
            writer.writerow([*map(guard_formula, header), gettext(_PROBLEM_COLUMN)])
            for line in self._spool:
                row, reason = json.loads(line)
                writer.writerow(
                    [
                        *(guard_formula(_cell_value(row.get(column))) for column in header),
                        guard_formula(reason),
                    ]
                )


@contextmanager
def refusals(limits: ReadLimits | None = None) -> Iterator[Refusals]:
    """A place to gather refusals for the time of one import."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", prefix="congtam-refused-") as spool:
        yield Refusals(spool, limits)


def _format_problem(problem: Problem) -> str:
    text = problem.format_message(gettext)
    return f"{problem.column}: {text}" if problem.column else text


def _json_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value)


def _cell_value(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return "" if value is None else value
