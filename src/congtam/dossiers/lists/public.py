"""What pages of other contexts may show of the work lists (danh sách công việc)."""

from congtam.dossiers.lists.web.waiting import WaitingLine, urgent_rows, waiting_lines

__all__ = ["WaitingLine", "urgent_rows", "waiting_lines"]
