"""The papers of made-up dossiers (giấy tờ của hồ sơ mô phỏng): a result and an applicant's request, printed once."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Final

from congtam.dossiers.files.public import AttachedFile, IncomingFile, take_file
from congtam.foundation.public import Actor
from congtam.typesetting.public import Issuer, OfficialDocument, Paragraph, Signer, Text, render

_TEXTS: Final = {
    "result": ("KẾT QUẢ", "giải quyết thủ tục hành chính", "Kết quả mô phỏng của hồ sơ trình diễn."),
    "request": ("ĐƠN ĐỀ NGHỊ", "rút hồ sơ", "Người nộp đề nghị rút hồ sơ vì không còn nhu cầu (mô phỏng)."),
}


class DemonstrationPapers:
    """A result and a request that every dossier of the demonstration shares, marked as synthetic."""

    def __init__(self, *, on: date, place: str, actor: Actor) -> None:
        self.result = _print_paper("result", on=on, place=place, actor=actor)
        self.request = _print_paper("request", on=on, place=place, actor=actor)


def _print_paper(kind: str, *, on: date, place: str, actor: Actor) -> AttachedFile:
    title, abstract, text = _TEXTS[kind]
    document = OfficialDocument(
        issuer=Issuer(body=("Bộ phận Một cửa",)),
        symbol="",
        place=place,
        date=on,
        type_name=title,
        abstract=abstract,
        signer=Signer(capacity=("NGƯỜI KÝ (mô phỏng)",)),
        blocks=(Paragraph((Text(text),)),),
        draft=False,
        synthetic=True,
    )
    return take_file(IncomingFile(BytesIO(render(document, "pdf")), f"{abstract}.pdf"), actor=actor)
