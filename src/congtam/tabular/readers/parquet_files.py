"""Reading .parquet in batches (tệp Parquet)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from congtam.tabular.cells import FaultyCell
from congtam.tabular.problems import file_refusal
from congtam.tabular.readers.limits import ReadLimits, is_decompression_bomb
from congtam.tabular.readers.tables import Line

_BATCH = 5000
_BATCH_BYTES = 256 << 20
_NO_TEXT = FaultyCell("value_unreadable", "…")


def parquet_lines(path: Path, limits: ReadLimits) -> Iterator[Line]:
    """The column names, then the rows; raises InputRefused for what cannot be read.

    Texts stay in their dictionaries until their lengths are known: a file of a kilobyte can say a text of a megabyte
    a million times. Lists, structures and bytes are not unpacked at all, for no field is read from them.
    """
    import pyarrow as pa  # start-up: a second for a kind of file that most commands never meet
    import pyarrow.parquet as pq

    try:
        schema = pq.read_schema(path)
        texts = [
            one.name for one in schema if pa.types.is_string(one.type) or pa.types.is_large_string(one.type)
        ]
        file = pq.ParquetFile(path, read_dictionary=texts)
    except (pa.ArrowException, OSError) as error:
        raise file_refusal("file_damaged", reason=str(error)) from None
    _check_limits(file, path, limits)
    plain = [one.name for one in schema if not _is_no_value(one.type)]

    def rows() -> Iterator[Line]:
        yield 1, schema.names
        row = 2
        try:
            for batch in file.iter_batches(batch_size=_BATCH, columns=plain):
                _check_texts(batch, limits, row=row)
                columns = iter(batch.columns)
                cells_by_column = [
                    [_NO_TEXT] * batch.num_rows if _is_no_value(one.type) else next(columns).to_pylist()
                    for one in schema
                ]
                for cells in zip(*cells_by_column, strict=True):
                    yield row, cells
                    row += 1
        except (pa.ArrowException, OSError, ValueError, OverflowError, StopIteration) as error:
            # A stamp beyond the year 9999 and a text that is not UTF-8 show only when they become Python values.
            raise file_refusal("file_damaged", row=row, reason=str(error)) from None

    return rows()


def _is_no_value(kind: Any) -> bool:
    import pyarrow as pa

    held = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_nested(held)) or not any(is_one(held) for is_one in _value_tests())


def _value_tests() -> tuple[Callable[[Any], bool], ...]:
    import pyarrow.types as kinds

    return (
        kinds.is_string, kinds.is_large_string, kinds.is_primitive, kinds.is_decimal, kinds.is_null, kinds.is_boolean,
    )  # fmt: skip


def _check_texts(batch: Any, limits: ReadLimits, *, row: int) -> None:
    """Refuse a text that is longer than a cell may be, and texts that fill the memory together."""
    import pyarrow as pa
    import pyarrow.compute as pc

    total = 0
    for column in batch.columns:
        is_dictionary = pa.types.is_dictionary(column.type)
        texts = column.dictionary if is_dictionary else column
        if not (pa.types.is_string(texts.type) or pa.types.is_large_string(texts.type)):
            continue
        lengths = pc.binary_length(texts)
        if (pc.max(lengths).as_py() or 0) > 4 * limits.cell_characters:
            raise file_refusal("cell_too_long", row=row, limit=limits.cell_characters)
        total += pc.sum(lengths.take(column.indices) if is_dictionary else lengths).as_py() or 0
    if total > _BATCH_BYTES:
        raise file_refusal("file_too_large", limit_mib=_BATCH_BYTES >> 20)


def _check_limits(file: object, path: Path, limits: ReadLimits) -> None:
    about = file.metadata  # type: ignore[attr-defined]
    if about.num_columns > limits.columns:
        raise file_refusal("columns_too_many", limit=limits.columns)
    if about.num_rows > limits.rows:
        raise file_refusal("rows_too_many", limit=limits.rows)
    groups = [about.row_group(index).total_byte_size for index in range(about.num_row_groups)]
    if is_decompression_bomb(path.stat().st_size, sum(groups), limits=limits):
        raise file_refusal("file_bomb", ratio=limits.ratio)
    if groups and max(groups) > limits.unpacked_sheet_bytes:
        raise file_refusal("file_too_large", limit_mib=limits.unpacked_sheet_bytes >> 20)
