"""What the editors' texts are called on the desk."""

from app.core.texts import _


def text_names() -> dict[str, str]:
    """The name of each text by its key."""
    return {
        "summary": _("Summary"),
        "recommended_by": _("Who recommends"),
        "recommendations": _("Recommendations"),
        "problem": _("The problem"),
        "solution": _("The solution"),
        "status_purpose": _("Purpose of the work"),
        "status_more": _("Further points of the status"),
        "festival_partner": _("Partner of the festival"),
        "programme_purpose": _("Purpose of the programme"),
        "vision": _("Vision"),
        "programme_closing": _("End of the programme"),
        "economy": _("Economy"),
        "process": _("Further process"),
    }
