"""The scores of a scheme by one statement written by hand: a second opinion that shares no line with the product."""

from django.db import connection

SCORES = """
WITH scheme AS (
    SELECT id, region_id, cut_off, date_trunc('year', cut_off)::date AS first FROM assessments_scheme WHERE id = %s
), assessed AS (
    SELECT a.id, a.region_id, s.first, s.cut_off FROM alliances_alliance a, scheme s
    WHERE a.region_id LIKE s.region_id || '%%' AND a.activated_on <= s.cut_off
      AND (a.ended_on IS NULL OR a.ended_on > s.cut_off)
), nearest AS (
    SELECT DISTINCT ON (a.id) a.id AS alliance_id, p.id AS supplement_id, p.share
    FROM assessed a JOIN assessments_supplement p ON a.region_id LIKE p.region_id || '%%'
    JOIN scheme s ON s.id = p.scheme_id WHERE p.state = 'adopted' ORDER BY a.id, length(p.region_id) DESC
), leaf AS (
    SELECT a.id AS alliance_id, i.id AS leaf_id, i.weight * (100 - coalesce(n.share, 0)) / 100 AS weight
    FROM assessed a CROSS JOIN scheme s JOIN assessments_indicator i ON i.scheme_id = s.id
    LEFT JOIN nearest n ON n.alliance_id = a.id
    UNION ALL
    SELECT n.alliance_id, i.id, i.weight * n.share / 100
    FROM nearest n JOIN assessments_indicator i ON i.supplement_id = n.supplement_id
), problem AS (
    SELECT i.*, a.first, a.cut_off FROM listings_item i JOIN assessed a ON a.id = i.alliance_id
), figure AS (
    SELECT alliance_id, 'solve_rate' AS metric,
           round(avg(CASE WHEN confirmed_on <= cut_off THEN 1.0 ELSE 0.0 END), 4) AS value
    FROM problem WHERE kind = 'problem' AND state <> 'forwarded' AND collected_on BETWEEN first AND cut_off
    GROUP BY alliance_id
    UNION ALL
    SELECT a.id, 'problems_solved', count(p.id) FROM assessed a LEFT JOIN problem p
      ON p.alliance_id = a.id AND p.kind = 'problem' AND p.confirmed_on BETWEEN a.first AND a.cut_off GROUP BY a.id
    UNION ALL
    SELECT alliance_id, 'median_days_to_solve',
           (percentile_cont(0.5) WITHIN GROUP (ORDER BY confirmed_on - collected_on))::numeric
    FROM problem WHERE kind = 'problem' AND confirmed_on BETWEEN first AND cut_off GROUP BY alliance_id
    UNION ALL
    SELECT alliance_id, 'satisfied_rate',
           round(avg(CASE WHEN satisfaction IN ('satisfied', 'mostly') THEN 1.0 ELSE 0.0 END), 4)
    FROM problem WHERE satisfaction <> '' AND confirmed_on BETWEEN first AND cut_off GROUP BY alliance_id
), said AS (
    SELECT alliance_id, direction AS source, count(*) AS raters, avg(score) AS mean
    FROM assessments_rating r JOIN scheme s ON s.id = r.scheme_id GROUP BY alliance_id, direction
    UNION ALL
    SELECT alliance_id, 'masses', count(*), avg(score)
    FROM assessments_opinion o JOIN scheme s ON s.id = o.scheme_id GROUP BY alliance_id
), earned AS (
    SELECT l.alliance_id, l.weight, coalesce(c.points, round(CASE
        WHEN i.source = 'manual' THEN m.score
        WHEN i.source = 'superior' THEN said.mean
        WHEN i.source IN ('members', 'masses') THEN CASE WHEN said.raters >= 3 THEN said.mean END
        WHEN f.value IS NULL THEN NULL
        WHEN i.rule = 'linear' THEN 100 * greatest(0, least(1, (f.value - i.zero_at) / (i.full_at - i.zero_at)))
        WHEN i.rule = 'threshold' THEN CASE WHEN CASE WHEN i.metric = 'median_days_to_solve'
            THEN f.value <= i.full_at ELSE f.value >= i.full_at END THEN 100 ELSE 0 END
        ELSE (SELECT coalesce(max((step ->> 'points')::numeric), 0) FROM jsonb_array_elements(i.steps) step
              WHERE CASE WHEN i.metric = 'median_days_to_solve' THEN f.value <= (step ->> 'at')::numeric
                         ELSE f.value >= (step ->> 'at')::numeric END)
        END, 2)) AS points
    FROM leaf l JOIN assessments_indicator i ON i.id = l.leaf_id
    LEFT JOIN figure f ON f.alliance_id = l.alliance_id AND f.metric = i.metric
    LEFT JOIN said ON said.alliance_id = l.alliance_id AND said.source = i.source
    LEFT JOIN assessments_mark m ON m.indicator_id = i.id AND m.alliance_id = l.alliance_id
    LEFT JOIN assessments_appeal c ON c.indicator_id = i.id AND c.alliance_id = l.alliance_id AND c.state = 'upheld'
)
SELECT alliance_id, round(sum(weight * points) / sum(weight) FILTER (WHERE points IS NOT NULL), 2)
FROM earned GROUP BY alliance_id
"""


def scores_by_hand(scheme):
    """Alliance id -> score, None where everything is a gap."""
    with connection.cursor() as cursor:
        cursor.execute(SCORES, [scheme.pk])
        return dict(cursor.fetchall())
