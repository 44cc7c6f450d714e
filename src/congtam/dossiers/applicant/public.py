"""What the public pages do with dossiers for the person who filed them (người nộp hồ sơ)."""

from congtam.dossiers.applicant.citizen import (
    CitizenDossier,
    CitizenEvent,
    CitizenFiling,
    CitizenLetter,
    citizen_contacts,
    citizen_proof,
    filing_contacts,
    filing_secret,
    find_for_citizen,
    plain_code,
)
from congtam.dossiers.applicant.citizen_form import (
    Handed,
    form_corrected_by_holder,
    form_of_holder,
    form_of_holder_to_correct,
    handed_in_vain,
)
from congtam.dossiers.applicant.citizen_mail import MailFacts, mail_facts
from congtam.dossiers.deadlines.domain.clock import Sentence
from congtam.dossiers.files.take_file import PAPER_KIND, Sent, drop_file, take_files
from congtam.dossiers.form.corrections import FormToCorrect, correction_kept
from congtam.dossiers.handling.demand import note_sent
from congtam.dossiers.intake.filings import file_online
from congtam.dossiers.record.domain.receipt import Attached

__all__ = [
    "PAPER_KIND",
    "Attached",
    "CitizenDossier",
    "CitizenEvent",
    "CitizenFiling",
    "CitizenLetter",
    "FormToCorrect",
    "Handed",
    "MailFacts",
    "Sent",
    "Sentence",
    "citizen_contacts",
    "citizen_proof",
    "correction_kept",
    "drop_file",
    "file_online",
    "filing_contacts",
    "filing_secret",
    "find_for_citizen",
    "form_corrected_by_holder",
    "form_of_holder",
    "form_of_holder_to_correct",
    "handed_in_vain",
    "mail_facts",
    "note_sent",
    "plain_code",
    "take_files",
]
