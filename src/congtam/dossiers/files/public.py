"""What other rooms may use of the files of dossiers (tệp đính kèm)."""

from congtam.dossiers.files.take_file import IncomingFile, take_file
from congtam.dossiers.record.domain.receipt import AttachedFile

__all__ = [
    "AttachedFile",
    "IncomingFile",
    "take_file",
]
