"""Reporting forms with their built-in checks (biểu mẫu thống kê)."""
