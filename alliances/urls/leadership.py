"""The addresses of posts, people of joint branches and instructors."""

from django.urls import path

from alliances.views import instructor, leadership, participant

post_patterns = [
    path("", leadership.PostListView.as_view(), name="list"),
    path("<int:pk>/", leadership.PostDetailView.as_view(), name="detail"),
    path("<int:pk>/person/", leadership.PostPersonView.as_view(), name="person"),
    path("<int:pk>/consent/", leadership.PostConsentView.as_view(), name="consent"),
    path("<int:pk>/retract/", leadership.PostRetractView.as_view(), name="retract"),
    path("<int:pk>/relieve/", leadership.PostRelieveView.as_view(), name="relieve"),
]
participant_patterns = [
    path("", participant.ParticipantListView.as_view(), name="list"),
    path("<int:pk>/take-in/", participant.ParticipantTakeInView.as_view(), name="take_in"),
    path("<int:pk>/turn-down/", participant.ParticipantTurnDownView.as_view(), name="turn_down"),
    path("<int:pk>/step-out/", participant.ParticipantStepOutView.as_view(), name="step_out"),
]
instructor_patterns = [
    path("", instructor.InstructorListView.as_view(), name="list"),
    path("<int:pk>/assign/", instructor.InstructorAssignView.as_view(), name="assign"),
    path("<int:pk>/recall/", instructor.InstructorRecallView.as_view(), name="recall"),
]
