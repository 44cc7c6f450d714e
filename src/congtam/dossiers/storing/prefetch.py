"""Working through many rows a chunk at a time (xử lý theo lô), the next one read while the last one is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice

from congtam.dossiers.record.domain.rows import DossierRow

Work = Callable[[list[DossierRow]], None]


@dataclass(frozen=True)
class ReadAhead:
    """Rows that ask nothing of the database while they are read (đọc trước): it may write others meanwhile.

    ``on_wait`` is called four times a second while another store runs; it may raise to give up.
    """

    rows: Iterable[DossierRow]
    on_wait: Callable[[], None] | None = None

    def __iter__(self) -> Iterator[DossierRow]:
        return iter(self.rows)


def process_in_chunks(rows: Iterable[DossierRow], size: int, work: Work) -> Iterator[None]:
    """Do the work with chunk after chunk, and say when each is done; never two at a time.

    With rows of ``ReadAhead`` a thread works while the next rows are read here; it has ended before this is left,
    also when reading or working fails.
    """
    return (
        _process_in_background(rows, size, work)
        if isinstance(rows, ReadAhead)
        else _process_sequentially(rows, size, work)
    )


def _process_sequentially(rows: Iterable[DossierRow], size: int, work: Work) -> Iterator[None]:
    for chunk in _split_chunks(rows, size):
        work(chunk)
        yield


def _process_in_background(rows: Iterable[DossierRow], size: int, work: Work) -> Iterator[None]:
    with ThreadPoolExecutor(max_workers=1) as background:
        waiting: Future[None] | None = None
        for chunk in _split_chunks(rows, size):
            if waiting is not None:
                waiting.result()
                yield
            waiting = background.submit(work, chunk)
        if waiting is not None:
            waiting.result()
            yield


def _split_chunks(rows: Iterable[DossierRow], size: int) -> Iterator[list[DossierRow]]:
    remaining = iter(rows)
    while chunk := list(islice(remaining, size)):
        yield chunk
