"""The figures, and the rows behind them."""

PAGES = [
    ("chifeng", "/statistics/figures/"),
    ("chifeng", "/statistics/?region=150422404&year=2019&compare=year"),
    ("chifeng", "/statistics/?region=150422404002&year=2019"),
    ("chifeng", "/statistics/rows/?figure=solve_rate&from=2018-01-01"),
    ("fulian", "/statistics/rows/?figure=organizations_covered"),
    ("nanyang", "/statistics/figures/"),
]
