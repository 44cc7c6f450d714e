"""The report of an inspection pack (báo cáo kết quả phân tích số liệu phục vụ kiểm tra).

The wording is Vietnamese and not translated: it is the text of a Vietnamese official document.
"""

from congtam.reports.inspection.report import inspection_report

__all__ = ["inspection_report"]
