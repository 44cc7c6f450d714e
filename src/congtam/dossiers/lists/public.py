"""What pages of other contexts may show of the work lists, and how they find dossiers (danh sách công việc)."""

from congtam.dossiers.lists.queries.searching import find_by_code_or_person
from congtam.dossiers.lists.web.waiting import WaitingLine, urgent_rows, waiting_lines

__all__ = ["WaitingLine", "find_by_code_or_person", "urgent_rows", "waiting_lines"]
