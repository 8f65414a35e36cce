"""Sheets of indicators: next year's draft, a banner's supplement, marks, a result as a tree."""

PAGES = [
    ("chifeng", "/assessments/4/"),
    ("chifeng", "/assessments/4/edit/"),
    ("chifeng", "/assessments/2/marks/"),
    ("chifeng", "/assessments/1/results/ > .*/results/[0-9]+/"),
    ("balinzuo", "/assessments/4/ > /assessments/supplements/[0-9]+/"),
    ("balinzuo", "/assessments/4/ > /assessments/supplements/[0-9]+/ + edit/"),
    ("balinzuo", "/assessments/2/marks/ > .*/marks/[0-9]+/[0-9]+/"),
]
