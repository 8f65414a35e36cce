from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    name = "assessments"
    verbose_name = _("考核与统计")
    default_auto_field = "django.db.models.BigAutoField"
    deeds = "assessments.words.deeds.DEEDS"

    def ready(self) -> None:
        from assessments.checks import check_outcomes, check_schemes  # needs the models, which stand only now

        register(check_outcomes)
        register(check_schemes, Tags.database)
