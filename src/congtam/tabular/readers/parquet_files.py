"""Reading .parquet in batches (tệp Parquet)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from congtam.tabular.problems import file_refusal
from congtam.tabular.readers.limits import ReadLimits, is_decompression_bomb
from congtam.tabular.readers.tables import Line

_BATCH = 5000


def parquet_lines(path: Path, limits: ReadLimits) -> Iterator[Line]:
    """The column names, then the rows; raises InputRefused for what cannot be read."""
    import pyarrow as pa  # start-up: a second for a kind of file that most commands never meet
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise file_refusal("file_damaged", reason=str(error)) from None
    _check_limits(file, path, limits)
    names = file.schema_arrow.names

    def rows() -> Iterator[Line]:
        yield 1, names
        row = 2
        try:
            for batch in file.iter_batches(batch_size=_BATCH):
                for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    yield row, cells
                    row += 1
        except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
            # A stamp beyond the year 9999 and a text that is not UTF-8 show only when they become Python values.
            raise file_refusal("file_damaged", row=row, reason=str(error)) from None

    return rows()


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
