"""What people type, read by one rule for each kind (nhập liệu): `docs/input.md` says what each one accepts.

========== ============================================ ========================================
module     reads                                        into
========== ============================================ ========================================
texts      any text                                     composed Unicode without control characters
numbers    “1.234,5”, “1250000”, “1.250.000 đồng”       Decimal, int
days       “02/03/2026”, “ngày 2 tháng 3 năm 2026”      date
periods    “9 tháng đầu năm 2024”, “quý III/2025”       Period
phones     “+84 912 345 678”, “0912.345.678”            “0912345678”
emails     “ten@Example.VN”                             “ten@example.vn”
yes_no     “có”, “x”, “false”                           bool
========== ============================================ ========================================

Each module has ``parse_…``, which raises a subclass of `InputMalformed`, and most have ``…_or_none``.
"""
