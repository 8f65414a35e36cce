"""Means: funds, staff, venues, the consortium and its distributions."""

from tests.matrix.grammar import ALLIED, LEAD, MEMBER, SEES_ALLIANCE, page, verb

PAGES = {
    **{
        f"alliances:{name}": page(SEES_ALLIANCE, "alliance")
        for name in ("means", "funds", "reserve", "staff", "venues", "consortium", "distributions")
    },
    **{
        f"alliances:{name}": verb("alliance", SEES_ALLIANCE, LEAD)
        for name in ("receive", "spend", "draw", "take_on", "enlist", "draw_up_scheme")
    },
    "alliances:share": verb("alliance", SEES_ALLIANCE, LEAD | MEMBER),
    "means:reverse_fund": verb("fund", ALLIED, LEAD),
    "means:reverse_reserve": verb("drawn", ALLIED, LEAD),
    "means:end_staff": verb("staff", ALLIED, LEAD),
    "means:end_partner": verb("partner", ALLIED, LEAD),
    "means:distribute": verb("distribution_scheme", ALLIED, LEAD),
    "means:retire_scheme": verb("distribution_scheme", ALLIED, LEAD),
    "venues:list": page(),
    "venues:detail": page(ALLIED, "venue"),
    "venues:edit": verb("venue", ALLIED, LEAD),
    "venues:close": verb("venue", ALLIED, LEAD),
    "venues:book": verb("venue", ALLIED, LEAD | MEMBER),
    "venues:release": verb("booking", ALLIED, MEMBER),
    "venues:refuse": verb("booking", ALLIED, LEAD),
    "distributions:detail": page(ALLIED, "divided"),
    "distributions:paper": page(ALLIED, "divided"),
    "distributions:confirm": verb("divided", ALLIED, MEMBER),
    "distributions:settle": verb("divided", ALLIED, LEAD),
    "distributions:cancel": verb("divided", ALLIED, LEAD),
    "distributions:ask_reversal": verb("settled", ALLIED, LEAD),
    "distributions:agree_reversal": verb("settled", ALLIED, MEMBER),
    "distributions:keep": verb("settled", ALLIED, MEMBER),
}
