"""Splitting the text of a .csv into rows (đọc văn bản CSV), for small tables that are read whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator


def parse_csv(text: str, *, delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    r"""Each row with the number of its last line; line ends of every system count.

    Raises ValueError, with the line, for what is no table: a cell without end, a quotation mark that never closes.

    >>> list(parse_csv("a,b\r1,2\r\n"))
    [(1, ['a', 'b']), (2, ['1', '2'])]
    >>> list(parse_csv('"' + "x" * 200_000))
    Traceback (most recent call last):
    ValueError: line 1: field larger than field limit (131072)
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            message = f"line {reader.line_num}: {error}"
            raise ValueError(message) from None
        yield reader.line_num, row
