"""What the numbers mean, for somebody who reads them in a meeting: one text a view, a paragraph each."""

SCORE = """
*The score* is the share of promoters (9–10) minus the share of detractors (0–6), in points from −100 to +100. 7–8 are
passives: they count among the answers and pull the score towards 0.

*"Likely … to …"* is the 95% range: chance alone would leave the score in a range like this 95 times in 100. It says
nothing about people who chose not to answer; *Details* says what they could change.

*Relationship* counts the latest answer of each person in the time shown; *after interactions* counts every answer, at
most one a person in 30 days. The two are never pooled, and neither holds what colleagues wrote down in review meetings,
rehearsals, or how people feel after they were looked after.

*"No clear change"*: the difference to the time before is within what chance alone would leave. "Higher by 15" is said
only where chance would do that less than once in 20 times, with at least 30 answers on both sides.
"""

TREND = """
*The trend* is the score of every calendar month by your team's clock, or of every quarter where most months hold fewer
than 30 answers. Months do not overlap: of a person the latest answer within each month counts, and no answer is in two.

*"Likely … to …"* is the 95% range of that month alone. With fewer than ten answers a month shows no score, and the
picture has a gap there; with fewer than 30 its dot is hollow.

*The change* is that from the first month with 30 answers to the last one. It is called higher or lower only where
chance alone would do that less than once in 20 times; months in between may go up and down as they do.

*Notes* say what happened meanwhile. That something happened before the score moved does not say that it moved it.
"""
