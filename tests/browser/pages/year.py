"""Between the opening of a year and its publication."""

PAGES = [
    ("chifeng", "/assessments/2/progress/"),
    ("chifeng", "/assessments/1/notice/"),
    ("chifeng", "/assessments/1/results/ > .*/results/[0-9]+/ + paper/"),
    ("dongshiqiao", "/assessments/2/"),
    ("dongshiqiao", "/assessments/2/ > .*/self-reports/[0-9]+/"),
    ("dongshiqiao", "/assessments/2/ > /assessments/2/self-reports/[0-9]+/"),
    ("dongshiqiao", "/assessments/2/ > .*/slips/[0-9]+/"),
    ("dongshiqiao", "/assessments/3/ > .*/results/[0-9]+/ + appeal/"),
    ("lindong", "/self-reports/"),
    ("lindong", "/self-reports/ > /self-reports/[0-9]+/"),
    ("balinzuo", "/appeals/"),
    ("balinzuo", "/appeals/?state=submitted > /appeals/[0-9]+/"),
    (None, "/opinion/"),
    (None, "/opinion/thanks/"),
]
