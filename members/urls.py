"""The pages of the ground, by what they are about.

Those of organisations are laid out together with the ones that upper storeys add (``assessments/urls.py``).
"""

from django.urls import URLPattern, include, path

from members.views import accounts, audit, complaints, documents, factors, inbox, keys, login, messages, organizations

account_pages = [
    path("login/", login.LoginView.as_view(), name="login"),
    path("login/code/", factors.SecondStepView.as_view(), name="second"),
    path("logout/", login.LogoutView.as_view(), name="logout"),
    path("activate/", login.ActivateView.as_view(), name="activate"),
    path("switch/", login.SwitchView.as_view(), name="switch"),
    path("elder/", login.ElderView.as_view(), name="elder"),
    path("keepalive/", login.KeepAliveView.as_view(), name="keepalive"),
    path("settings/", accounts.SettingsView.as_view(), name="settings"),
    path("settings/password/", accounts.PasswordView.as_view(), name="password"),
    path("settings/factor/", factors.FactorView.as_view(), name="factor"),
    path("settings/factor/set-up/", factors.FactorSetUpView.as_view(), name="factor_set_up"),
    path("settings/factor/codes/", factors.RecoveryCodesView.as_view(), name="factor_codes"),
    path("settings/factor/give-up/", factors.FactorGiveUpView.as_view(), name="factor_give_up"),
    path("settings/sessions/<slug:handle>/revoke/", accounts.RevokeSessionView.as_view(), name="revoke_session"),
    path("accounts/", accounts.UserListView.as_view(), name="list"),
    path("accounts/new/", accounts.NewUserView.as_view(), name="new"),
    path("accounts/<int:pk>/", accounts.UserDetailView.as_view(), name="detail"),
    path("accounts/<int:pk>/slip/", accounts.SlipView.as_view(), name="slip"),
    path("accounts/<int:pk>/reset/", accounts.ResetView.as_view(), name="reset"),
    path("accounts/<int:pk>/disable/", accounts.DisableView.as_view(), name="disable"),
    path("accounts/<int:pk>/enable/", accounts.EnableView.as_view(), name="enable"),
    path("accounts/<int:pk>/propose-role/", accounts.ProposeRoleView.as_view(), name="propose_role"),
    path("accounts/<int:pk>/remove-factor/", factors.FactorRemoveView.as_view(), name="factor_remove"),
    path("grants/", accounts.GrantListView.as_view(), name="grants"),
    path("grants/<int:pk>/approve/", accounts.GrantApproveView.as_view(), name="grant_approve"),
    path("grants/<int:pk>/refuse/", accounts.GrantRefuseView.as_view(), name="grant_refuse"),
]
organization_pages: list[URLPattern] = [
    path("", organizations.OrganizationListView.as_view(), name="list"),
    path("new/", organizations.OrganizationNewView.as_view(), name="new"),
    path("<int:pk>/edit/", organizations.OrganizationEditView.as_view(), name="edit"),
    path("<int:pk>/contact/", organizations.ContactEditView.as_view(), name="contact"),
    path("<int:pk>/phone/", organizations.RevealView.as_view(), name="phone"),
    path("<int:pk>/people/", organizations.PeopleView.as_view(), name="people"),
    path("<int:pk>/people/new/", organizations.PersonNewView.as_view(), name="person_new"),
    path("<int:pk>/hand-over/", organizations.HandOverView.as_view(), name="hand_over"),
    path("people/<int:pk>/phone/", organizations.RevealMemberView.as_view(), name="person_phone"),
]
inbox_pages = [
    path("", inbox.InboxView.as_view(), name="list"),
    path("put-away/", inbox.PutAwayView.as_view(), name="put_away"),
    path("bring-back/", inbox.BringBackView.as_view(), name="bring_back"),
]
message_pages = [
    path("settings/messages/", messages.PreferenceView.as_view(), name="settings"),
    path("settings/messages/test/", messages.MailTestView.as_view(), name="mail_test"),
    path("robots/", messages.RobotListView.as_view(), name="robots"),
    path("robots/new/", messages.RobotNewView.as_view(), name="robot_set"),
    path("robots/<int:pk>/test/", messages.RobotTestView.as_view(), name="robot_test"),
    path("robots/<int:pk>/end/", messages.RobotEndView.as_view(), name="robot_end"),
    path("deliveries/", messages.DeliveryListView.as_view(), name="deliveries"),
    path("deliveries/<int:pk>/replay/", messages.ReplayView.as_view(), name="replay"),
]
complaint_pages = [
    path("", complaints.ComplaintListView.as_view(), name="list"),
    path("new/", complaints.ComplaintNewView.as_view(), name="new"),
    path("<int:pk>/", complaints.ComplaintDetailView.as_view(), name="detail"),
    path("<int:pk>/answer/", complaints.ComplaintAnswerView.as_view(), name="answer"),
]
key_pages = [
    path("", keys.KeyListView.as_view(), name="list"),
    path("new/", keys.KeyAskView.as_view(), name="ask"),
    path("<int:pk>/draw/", keys.KeyDrawView.as_view(), name="draw"),
    path("<int:pk>/revoke/", keys.KeyRevokeView.as_view(), name="revoke"),
]
audit_pages = [
    path("denials/", audit.DenialListView.as_view(), name="denials"),
    path("steps/", audit.StepListView.as_view(), name="steps"),
]
document_pages = [path("<int:pk>/", documents.DocumentDownloadView.as_view(), name="download")]
urlpatterns = [
    path("", include((account_pages, "accounts"))),
    path("inbox/", include((inbox_pages, "inbox"))),
    path("", include((message_pages, "messages"))),
    path("keys/", include((key_pages, "keys"))),
    path("complaints/", include((complaint_pages, "complaints"))),
    path("documents/", include((document_pages, "documents"))),
    path("audit/", include((audit_pages, "audit"))),
]
