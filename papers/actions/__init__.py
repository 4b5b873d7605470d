"""Every write on papers."""

from papers.actions.drafting import cancel_draft, draft_paper, edit_draft, submit_paper
from papers.actions.heads import add_series, set_letterhead
from papers.actions.issuing import attach_scan, end_paper, issue_paper, take_external_number
from papers.actions.proofs import end_proof, make_proof
from papers.actions.receiving import receive_paper
from papers.actions.recognitions import draft_recognition
from papers.actions.signing import return_paper, sign_paper
from papers.actions.unit_acts import draft_act_decision

__all__ = [
    "add_series",
    "attach_scan",
    "cancel_draft",
    "draft_act_decision",
    "draft_paper",
    "draft_recognition",
    "edit_draft",
    "end_paper",
    "end_proof",
    "issue_paper",
    "make_proof",
    "receive_paper",
    "return_paper",
    "set_letterhead",
    "sign_paper",
    "submit_paper",
    "take_external_number",
]
