"""Storey 2: alliances (党建联合体), membership, activities, means; what a metric is. Imports members only."""
