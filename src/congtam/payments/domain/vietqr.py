"""The text of a VietQR code (mã VietQR): a transfer with account, amount and purpose filled in.

Source: EMVCo QR Code Specification for Payment Systems (merchant-presented mode) with the template of NAPAS, service
QRIBFTTA (transfer to an account).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_NAPAS: Final = "A000000727"
_TO_ACCOUNT: Final = "QRIBFTTA"
_DONG: Final = "704"
_POLYNOMIAL: Final = 0x1021


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """A transfer to be made; the purpose is what finds the payment again, so it holds the code of the request."""

    bank_bin: str
    account: str
    amount_dong: int
    purpose: str


def vietqr_text(transfer: Transfer) -> str:
    """What the QR code holds.

    >>> text = vietqr_text(Transfer(bank_bin="970415", account="113366668888", amount_dong=79000, purpose="CT7K2M"))
    >>> text[:20], text[-8:-4], checksum(text[:-4]) == text[-4:]
    ('00020101021238560010', '6304', True)
    """
    beneficiary = _format_field("00", transfer.bank_bin) + _format_field("01", transfer.account)
    merchant = (
        _format_field("00", _NAPAS) + _format_field("01", beneficiary) + _format_field("02", _TO_ACCOUNT)
    )
    text = (
        _format_field("00", "01")
        + _format_field("01", "12")
        + _format_field("38", merchant)
        + _format_field("53", _DONG)
        + _format_field("54", str(transfer.amount_dong))
        + _format_field("58", "VN")
        + _format_field("62", _format_field("08", transfer.purpose))
        + "6304"
    )
    return text + checksum(text)


def checksum(text: str) -> str:
    """CRC-16/CCITT-FALSE in four hexadecimal digits.

    >>> checksum("123456789")
    '29B1'
    """
    crc = 0xFFFF
    for byte in text.encode("ascii"):
        crc ^= byte << 8
        for _ in range(8):
            crc = ((crc << 1) ^ _POLYNOMIAL if crc & 0x8000 else crc << 1) & 0xFFFF
    return f"{crc:04X}"


def _format_field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02}{value}"
