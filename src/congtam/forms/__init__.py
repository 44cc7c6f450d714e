"""Electronic forms as data (biểu mẫu điện tử): defined, checked, filled in page by page, read and exchanged."""
