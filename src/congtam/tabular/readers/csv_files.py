"""Reading .csv and .csv.gz: encoding checked to the byte, delimiter found in the header (tệp CSV)."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any, Final

from congtam.kernel.spreadsheets import remove_formula_guard
from congtam.tabular.problems import file_refusal
from congtam.tabular.readers.limits import MeasuredStream, ReadLimits
from congtam.tabular.readers.tables import Line

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DELIMITERS: Final = ",;\t|"
_BUFFER: Final = 1 << 18
_SPARE_LINES: Final = 1000  # empty lines count too: a packed file can hold a thousand million of them
REFUSED_FOR: Final = ("Lỗi (Công Tâm)", "Problem (Công Tâm)", "problem")
"""The last column of the files of refused rows that we write."""


def csv_lines(
    stream: MeasuredStream, *, encoding: str, delimiter: str | None, limits: ReadLimits
) -> Iterator[Line]:
    """The rows of a CSV file with their line numbers; raises InputRefused for what cannot be read.

    A byte order mark says the encoding whatever the mapping claims, so that a corrected file saved by another
    program is read as it was written.
    """
    buffered: io.BufferedReader[Any] = io.BufferedReader(stream, _BUFFER)
    lines = _decode_lines(buffered, encoding, limits)
    first = next(lines, "")
    if not first.strip():
        first = next((line for line in lines if line.strip()), "")
        if not first:
            raise file_refusal("file_empty")
    most_frequent = max(_DELIMITERS, key=lambda sign: (first.count(sign), -_DELIMITERS.index(sign)))
    reader = csv.reader(chain([first], lines), delimiter=delimiter or most_frequent, strict=True)
    return _strip_formula_guards(_read_rows(reader, limits))


def is_refused_file(columns: Sequence[str]) -> bool:
    """Whether a file is one of refused rows that we wrote: its last column says why."""
    return bool(columns) and columns[-1] in REFUSED_FOR


def _strip_formula_guards(lines: Iterator[Line]) -> Iterator[Line]:
    """A file of refused rows, known by its last column, is read without the marks put in against formulas."""
    first = next(lines, None)
    if first is None:
        return
    if not is_refused_file(first[1]):
        yield first
        yield from lines
        return
    for row, cells in chain([first], lines):
        yield row, [remove_formula_guard(cell) for cell in cells]


def _read_rows(reader: Any, limits: ReadLimits) -> Iterator[Line]:
    start = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field limit" in str(error):
                raise file_refusal("cell_too_long", row=start, limit=limits.cell_characters) from None
            raise file_refusal("csv_broken", row=start, reason=_fault_text(error)) from None
        if cells:
            # Not by csv.field_size_limit: that one holds for the whole process, whoever else reads a CSV file in it.
            if max(map(len, cells)) > limits.cell_characters:
                raise file_refusal("cell_too_long", row=start, limit=limits.cell_characters)
            yield start, cells
        if start > limits.rows + _SPARE_LINES:
            raise file_refusal("rows_too_many", limit=limits.rows)
        start = reader.line_num + 1


def _fault_text(error: csv.Error) -> str:
    """The fault without the advice to programmers that the library adds."""
    return str(error).split(" - ", maxsplit=1)[0]


def _decode_lines(stream: io.BufferedReader[Any], encoding: str, limits: ReadLimits) -> Iterator[str]:
    mark = stream.peek(4)[:4]
    for bom, name in _BOMS:
        if mark.startswith(bom):
            stream.read(len(bom))
            wide = name.startswith("utf-16")
            return (
                _read_wide_lines(stream, name, limits)
                if wide
                else _read_byte_lines(stream, name, limits, start=len(bom))
            )
    if encoding.startswith("utf-16"):
        return _read_wide_lines(stream, "utf-16-le" if encoding == "utf-16" else encoding, limits)
    return _read_byte_lines(stream, encoding, limits, start=0)


def _read_byte_lines(
    stream: io.BufferedReader[Any], encoding: str, limits: ReadLimits, *, start: int
) -> Iterator[str]:
    """Lines of an encoding in which a line feed is one byte: a fault is told by row and byte."""
    position = start
    for row, line in enumerate(iter(partial(stream.readline, limits.line_length), b""), start=1):
        _refuse_overlong_line(len(line), row, limits)
        try:
            yield line.decode(encoding)
        except UnicodeDecodeError as error:
            raise file_refusal(
                "encoding_wrong", row=row, byte=position + error.start, encoding=encoding
            ) from None
        position += len(line)


def _refuse_overlong_line(length: int, row: int, limits: ReadLimits) -> None:
    if length >= limits.line_length:
        raise file_refusal("cell_too_long", row=row, limit=limits.cell_characters)


def _read_wide_lines(stream: io.BufferedReader[Any], encoding: str, limits: ReadLimits) -> Iterator[str]:
    text = io.TextIOWrapper(stream, encoding=encoding, errors="strict", newline="")
    row = 0
    try:
        for row, line in enumerate(iter(partial(text.readline, limits.line_length), ""), start=1):
            _refuse_overlong_line(len(line), row, limits)
            yield line
    except UnicodeDecodeError as error:
        raise file_refusal("encoding_wrong", row=row + 1, byte=error.start, encoding=encoding) from None
