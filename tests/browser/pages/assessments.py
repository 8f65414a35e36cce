"""The year, the quarter, the figures."""

PAGES = [
    ("chifeng", "/alliances/ > /alliances/[0-9]+/ + rectify/"),
    ("chifeng", "/assessments/"),
    ("chifeng", "/assessments/ > /assessments/[0-9]+/"),
    ("fulian", "/assessments/"),
    ("chifeng", "/reviews/"),
    ("chifeng", "/reviews/ > /reviews/[0-9]+/"),
    ("chifeng", "/reviews/rules/"),
    ("chifeng", "/reviews/rectifications/"),
    ("chifeng", "/proposals/"),
    ("chifeng", "/proposals/ > /proposals/[0-9]+/"),
    ("chifeng", "/statistics/"),
    ("chifeng", "/statistics/?region=150422"),
    ("chifeng", "/statistics/published/"),
    ("fulian", "/ > /assessments/[0-9]+/ratings/"),
    ("fulian", "/assessments/2/ratings/ > .*/ratings/.+"),
    ("chifeng", "/assessments/1/results/"),
    ("chifeng", "/assessments/1/results/ > .*/results/[0-9]+/"),
    ("chifeng", "/reviews/rehearsal/"),
    ("chifeng", "/reviews/rules/ > .*/change/"),
    ("chifeng", "/proposals/ > /proposals/[0-9]+/ + confirm/"),
]
