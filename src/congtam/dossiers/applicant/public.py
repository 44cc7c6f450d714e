"""What the public pages do with dossiers for the person who filed them (người nộp hồ sơ)."""

from congtam.dossiers.applicant.citizen import (
    CitizenDossier,
    CitizenEvent,
    CitizenFiling,
    CitizenLetter,
    citizen_contacts,
    compute_citizen_proof,
    filing_contacts,
    filing_secret,
    find_for_citizen,
    normalize_code,
)
from congtam.dossiers.applicant.citizen_form import (
    DeclinedFiling,
    build_citizen_form_correction,
    citizen_form_answers,
    citizen_form_to_correct,
    find_declined_filing,
)
from congtam.dossiers.applicant.citizen_mail import MailFacts, mail_facts
from congtam.dossiers.applicant.erasing import FILING_KIND, erase_filing_person, erase_person, filing_codes_of
from congtam.dossiers.applicant.erasure_subjects import (
    ErasureSubject,
    Obstacle,
    dossier_subjects,
    find_filings,
    get_subject,
)
from congtam.dossiers.applicant.supplement_facts import SupplementFacts, supplement_facts
from congtam.dossiers.deadlines.domain.clock import Sentence
from congtam.dossiers.files.take_file import PAPER_KIND, IncomingFile, drop_file, take_files
from congtam.dossiers.form.corrections import FormToCorrect, parse_correction
from congtam.dossiers.handling.supplement_request import record_supplement_sent
from congtam.dossiers.intake.filings import file_online
from congtam.dossiers.record.domain.receipt import AttachedFile

__all__ = [
    "FILING_KIND",
    "PAPER_KIND",
    "AttachedFile",
    "CitizenDossier",
    "CitizenEvent",
    "CitizenFiling",
    "CitizenLetter",
    "DeclinedFiling",
    "ErasureSubject",
    "FormToCorrect",
    "IncomingFile",
    "MailFacts",
    "Obstacle",
    "Sentence",
    "SupplementFacts",
    "build_citizen_form_correction",
    "citizen_contacts",
    "citizen_form_answers",
    "citizen_form_to_correct",
    "compute_citizen_proof",
    "dossier_subjects",
    "drop_file",
    "erase_filing_person",
    "erase_person",
    "file_online",
    "filing_codes_of",
    "filing_contacts",
    "filing_secret",
    "find_declined_filing",
    "find_filings",
    "find_for_citizen",
    "get_subject",
    "mail_facts",
    "normalize_code",
    "parse_correction",
    "record_supplement_sent",
    "supplement_facts",
    "take_files",
]
