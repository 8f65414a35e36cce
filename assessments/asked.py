"""What the forms of the house ask of a branch: the form behind each deed, and the deeds whose message asks for more.

A test walks every page: a form with something to fill in stands either in ``FORMS`` or in ``APART``.
"""

from __future__ import annotations

from collections.abc import Mapping

from django import forms

from alliances.forms import admission, leadership, means, papers, planning, registration, rotation
from alliances.forms.activity import HoldForm, PlanForm, ServeForm
from alliances.forms.alliance import EditForm, FoundForm, HandOverForm
from alliances.forms.meeting import ConveneForm, DecideForm, HoldMeetingForm, MinutesForm, TopicForm, VoteForm
from alliances.forms.rules import MarkForm
from assessments.forms import RatingForm, rectification, year
from listings.forms import case, deadline, idea, loop, match, project, service, whistle
from listings.forms import fields as said
from listings.forms.claim import ClaimForm, FinishForm, ReportForm
from listings.forms.decision import EnactForm
from listings.forms.item import ItemForm, JoinForm, LinkForm, NewItemForm
from listings.forms.listing import ListingForm, SignForm
from members import forms as members
from members.pages import ReasonForm

Deed = tuple[str, str]

REASONS: tuple[Deed, ...] = (
    ("alliances.alliance", "return"), ("alliances.activity", "cancel"), ("alliances.meeting", "cancel"),
    ("alliances.charter", "withdraw"), ("alliances.agreement", "withdraw"), ("alliances.rotation", "end"),
    ("alliances.swap", "refuse"), ("alliances.organlink", "end_link"), ("alliances.registration", "end_registration"),
    ("alliances.fundentry", "reverse"), ("alliances.reserveentry", "reverse"), ("alliances.venue", "close"),
    ("alliances.booking", "refuse"), ("alliances.distribution", "cancel"), ("alliances.distribution", "ask_reversal"),
    ("alliances.post", "retract"), ("alliances.post", "relieve"), ("alliances.participant", "turn_down"),
    ("alliances.participant", "step_out"), ("alliances.instructor", "recall"), ("listings.ideacall", "cancel_call"),
    ("listings.idea", "withdraw_idea"), ("listings.service", "retire_service"),
)  # fmt: skip
"""Deeds that ask for a reason and nothing else."""

FORMS: Mapping[Deed, type[forms.BaseForm]] = {
    ("alliances.alliance", "found"): FoundForm,
    ("alliances.alliance", "edit"): EditForm,
    ("alliances.alliance", "hand_over"): HandOverForm,
    ("alliances.alliance", "mark"): MarkForm,
    ("alliances.alliance", "add_template"): planning.TemplateForm,
    ("alliances.alliance", "edit_template"): planning.TemplateForm,
    ("alliances.alliance", "plan_year"): planning.YearHostForm,
    ("alliances.membership", "apply"): admission.ApplyForm,
    ("alliances.membership", "vote_on"): admission.VoteForm,
    ("alliances.participant", "put_forward"): leadership.PutForwardForm,
    ("alliances.activity", "plan"): PlanForm,
    ("alliances.activity", "repeat"): planning.RepeatForm,
    ("alliances.activity", "hold"): HoldForm,
    ("alliances.activity", "serve"): ServeForm,
    ("alliances.meeting", "convene"): ConveneForm,
    ("alliances.meeting", "propose_topic"): TopicForm,
    ("alliances.meeting", "hold"): HoldMeetingForm,
    ("alliances.meeting", "write_minutes"): MinutesForm,
    ("alliances.decision", "decide"): DecideForm,
    ("alliances.decision", "vote"): VoteForm,
    ("alliances.post", "nominate"): leadership.NominateForm,
    ("alliances.post", "consent"): leadership.ConsentForm,
    ("alliances.charter", "draft"): papers.CharterForm,
    ("alliances.charter", "assent"): papers.OwnForm,
    ("alliances.charter", "object"): papers.ObjectForm,
    ("alliances.agreement", "draft"): papers.AgreementForm,
    ("alliances.agreement", "sign"): papers.OwnForm,
    ("alliances.agreement", "renew"): papers.RenewForm,
    ("alliances.rotation", "draw_up"): rotation.RotationForm,
    ("alliances.rotation", "arrange"): rotation.RotationForm,
    ("alliances.swap", "ask"): rotation.SwapForm,
    ("alliances.organlink", "ask"): registration.CommunityForm,
    ("alliances.registration", "register"): registration.RegisterForm,
    ("alliances.servicepost", "offer"): registration.OfferForm,
    ("alliances.postholding", "take"): registration.PersonForm,
    ("alliances.team", "form_team"): registration.TeamForm,
    ("alliances.teammember", "join_team"): registration.PersonForm,
    ("alliances.fundentry", "receive"): means.ReceiveForm,
    ("alliances.fundentry", "spend"): means.SpendForm,
    ("alliances.reserveentry", "draw"): means.DrawForm,
    ("alliances.staff", "take_on"): means.StaffForm,
    ("alliances.partner", "enlist"): means.PartnerForm,
    ("alliances.venue", "share"): means.ShareForm,
    ("alliances.venue", "edit"): means.VenueForm,
    ("alliances.booking", "book"): means.BookForm,
    ("alliances.distributionscheme", "draw_up_scheme"): means.SchemeForm,
    ("alliances.distribution", "distribute"): means.DistributeForm,
    ("alliances.distribution", "confirm"): means.SecondForm,
    ("alliances.distribution", "keep"): means.SecondReasonForm,
    ("listings.listing", "draw_up"): ListingForm,
    ("listings.listing", "sign"): SignForm,
    ("listings.item", "collect"): NewItemForm,
    ("listings.item", "amend"): ItemForm,
    ("listings.item", "resubmit"): ItemForm,
    ("listings.item", "claim"): ClaimForm,
    ("listings.item", "return"): loop.ReturnForm,
    ("listings.item", "refuse"): loop.RefuseForm,
    ("listings.item", "send_back"): said.ReasonForm,
    ("listings.item", "link"): LinkForm,
    ("listings.item", "join"): JoinForm,
    ("listings.item", "attach"): loop.AttachForm,
    ("listings.item", "reopen"): said.ReasonForm,
    ("listings.item", "pause"): deadline.PauseForm,
    ("alliances.decision", "enact"): EnactForm,
    ("listings.extension", "ask"): deadline.ExtensionForm,
    ("listings.extension", "refuse"): said.ReasonForm,
    ("listings.claim", "report"): ReportForm,
    ("listings.claim", "finish"): FinishForm,
    ("listings.claim", "release"): said.ReasonForm,
    ("listings.claim", "name_helpers"): loop.HelpersForm,
    ("listings.claim", "strike_helper"): loop.StrikeForm,
    ("listings.dispute", "dispute"): loop.DisputeForm,
    ("listings.forwarding", "forward"): loop.ForwardForm,
    ("listings.forwarding", "pass_back"): said.ReasonForm,
    ("listings.match", "match"): match.MatchForm,
    ("listings.match", "decline"): match.DeclineForm,
    ("listings.whistle", "blow"): whistle.BlowForm,
    ("listings.whistle", "evaluate"): whistle.EvaluateForm,
    ("listings.whistle", "call_off"): said.ReasonForm,
    ("listings.call", "call_in"): whistle.CallInForm,
    ("listings.call", "arrive"): whistle.ArriveForm,
    ("listings.call", "report"): whistle.ReportForm,
    ("listings.call", "refuse"): whistle.RefuseForm,
    ("listings.jointcase", "begin"): case.BeginForm,
    ("listings.jointcase", "take_in"): case.TakeInForm,
    ("listings.jointcase", "measure_by"): case.MeasureForm,
    ("listings.record", "record"): case.RecordForm,
    ("listings.record", "correct"): case.CorrectForm,
    ("listings.ideacall", "open_call"): idea.CallForm,
    ("listings.idea", "propose_idea"): idea.IdeaForm,
    ("listings.idea", "study_idea"): idea.StudyIdeaForm,
    ("listings.idea", "decline_idea"): idea.AnswerForm,
    ("listings.candidate", "bid"): project.BidForm,
    ("listings.candidate", "appoint"): project.AppointForm,
    ("listings.milestone", "set_milestone"): project.MilestoneForm,
    ("listings.milestone", "report_milestone"): project.DoneForm,
    ("listings.milestone", "pay"): project.PayForm,
    ("listings.visit", "visit"): project.VisitForm,
    ("listings.visit", "follow_up"): project.DoneForm,
    ("listings.service", "list_service"): service.NewServiceForm,
    ("listings.service", "revise_service"): service.ServiceForm,
    ("listings.service", "begin"): service.BeginForm,
    ("members.organization", "hand_over"): members.HandOverForm,
    ("members.partymember", "enrol"): members.NewMemberForm,
    ("assessments.rating", "rate"): RatingForm,
    ("assessments.appeal", "appeal"): year.AppealForm,
    ("alliances.rectification", "plan"): rectification.PlanForm,
    ("alliances.rectification", "report_progress"): rectification.ProgressForm,
    ("alliances.rectification", "declare_ready"): rectification.ReadyForm,
    ("alliances.rectificationappeal", "lodge"): rectification.AppealForm,
    **dict.fromkeys(REASONS, ReasonForm),
}
"""The form behind a deed, as the Step names it. A deed that is not here is a press of a button."""

APART = ("accounts", "keys", "rules", "messages", "reviews", "approvals", "imports", "burden", "belts", "endings",
         "complaints", "appeals")
"""Name spaces of pages for administrators, departments and one's own settings: nothing there is asked of a branch."""

APART_PAGES = frozenset({
    "alliances:place_under", "alliances:split", "alliances:rectify", "alliances:reinstate", "alliances:reward",
    "instructors:assign", "organizations:new", "organizations:edit", "organizations:merge", "items:bulk",
    "items:save_view", "disputes:decide", "assessments:new", "assessments:edit",
    "assessments:slips", "assessments:publish", "assessments:mark", "assessments:supplement_new",
    "assessments:supplement_edit", "opinion",
    "rectifications:forward", "rectifications:uphold", "rectifications:dismiss",
    "whistles:new",  # the same deed as whistles:blow, with the item that it is about
    "items:match", "items:correct", "items:confirm_for", "claims:force_release",
})  # fmt: skip
"""Further pages by which departments and leads steer, or by which a person arranges their own view."""

REQUESTS: frozenset[Deed] = frozenset({
    ("alliances.membership", "invite"),
    ("alliances.membership", "apply"),
    ("alliances.decision", "decide"),
    ("alliances.meeting", "convene"),
    ("alliances.activity", "hold"),
    ("alliances.activity", "record_session"),
    ("alliances.booking", "book"),
    ("alliances.distribution", "distribute"),
    ("alliances.distribution", "ask_reversal"),
    ("alliances.rectification", "order"),
    ("alliances.rectification", "return_plan"),
    ("alliances.charter", "put"),
    ("alliances.agreement", "put"),
    ("alliances.post", "nominate"),
    ("alliances.swap", "ask"),
    ("alliances.organlink", "ask"),
    ("alliances.participant", "put_forward"),
    ("listings.item", "collect"),
    ("listings.item", "done"),
    ("listings.item", "return"),
    ("listings.item", "send_back"),
    ("listings.item", "escalate"),
    ("listings.extension", "ask"),
    ("listings.dispute", "dispute"),
    ("listings.dispute", "ruled_done"),
    ("listings.forwarding", "forward"),
    ("listings.match", "match"),
    ("listings.whistle", "blow"),
    ("listings.whistle", "approve"),
    ("listings.whistle", "all_reported"),
    ("listings.call", "call_in"),
    ("listings.listing", "signing"),
    ("listings.claim", "offer"),
    ("assessments.scheme", "open"),
})  # fmt: skip
"""Deeds whose message asks for something to be done; all others only tell."""

