"""The addresses of charters, agreements and rotation; those of an alliance's own tabs stand with the alliance."""

from django.urls import path

from alliances.views import agreement, charter, rotation

charter_patterns = [
    path("<int:pk>/", charter.CharterDetailView.as_view(), name="detail"),
    path("<int:pk>/amend/", charter.CharterAmendView.as_view(), name="amend"),
    path("<int:pk>/put/", charter.CharterPutView.as_view(), name="put"),
    path("<int:pk>/assent/", charter.CharterAssentView.as_view(), name="assent"),
    path("<int:pk>/object/", charter.CharterObjectView.as_view(), name="object"),
    path("<int:pk>/withdraw/", charter.CharterWithdrawView.as_view(), name="withdraw"),
]
agreement_patterns = [
    path("", agreement.AgreementListView.as_view(), name="list"),
    path("<int:pk>/", agreement.AgreementDetailView.as_view(), name="detail"),
    path("<int:pk>/amend/", agreement.AgreementAmendView.as_view(), name="amend"),
    path("<int:pk>/put/", agreement.AgreementPutView.as_view(), name="put"),
    path("<int:pk>/sign/", agreement.AgreementSignView.as_view(), name="sign"),
    path("<int:pk>/renew/", agreement.AgreementRenewView.as_view(), name="renew"),
    path("<int:pk>/withdraw/", agreement.AgreementWithdrawView.as_view(), name="withdraw"),
]
rotation_patterns = [
    path("<int:pk>/arrange/", rotation.RotationArrangeView.as_view(), name="arrange"),
    path("<int:pk>/set/", rotation.RotationSetView.as_view(), name="set"),
    path("<int:pk>/end/", rotation.RotationEndView.as_view(), name="end"),
    path("turns/<int:pk>/swap/", rotation.TurnSwapView.as_view(), name="swap"),
    path("swaps/<int:pk>/accept/", rotation.SwapAcceptView.as_view(), name="accept"),
    path("swaps/<int:pk>/refuse/", rotation.SwapRefuseView.as_view(), name="refuse"),
    path("swaps/<int:pk>/withdraw/", rotation.SwapWithdrawView.as_view(), name="withdraw"),
]
of_alliance = [
    path("<int:pk>/charter/", charter.AllianceCharterView.as_view(), name="charter"),
    path("<int:pk>/charter/draft/", charter.CharterDraftView.as_view(), name="draft_charter"),
    path("<int:pk>/agreements/draft/", agreement.AgreementDraftView.as_view(), name="draft_agreement"),
    path("<int:pk>/rotation/", rotation.AllianceRotationView.as_view(), name="rotation"),
    path("<int:pk>/rotation/draw-up/", rotation.RotationDrawUpView.as_view(), name="draw_up_rotation"),
]
