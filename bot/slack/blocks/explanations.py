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

ACCOUNTS = """
*Health* is the weighted mean of what is known of an account: whether things were solved (40), how its people feel (30),
what it pays against a year ago (20), whether it answers the last three questions (10). A part nobody knows is left out,
and the others weigh more; the account's page says which are missing.

*How they feel* is the latest relationship answer of each person within 180 days: 100 where all are promoters, 0 where
all are detractors; whoever decides counts twice. *Solved*: yes is 100, partly 50, no 0. *Revenue*: 100 where it held or
grew, 0 where a fifth or more is gone.

From 70 it is *green*, from 40 *amber*, below *red*. An unhappy answer nobody has looked after yet, or an unhappy person
who decides, leaves amber at best. Where nobody said anything within 180 days it is *unknown*, never green.

*Revenue that renews soon* is what those accounts pay a year. What is red is exposed, not lost. The day of renewal
orders the list and is not in the health.
"""

SILENT = """
*Silent* is an account that pays, and nobody of which has answered anything in the last 180 days; or a person of such an
account who was asked in that time and did not answer, or was never asked.

Whoever does not want to be asked is counted apart and is not called silent. Nobody who was asked in confidence is
listed: to be missing here would tell that they answered.
"""
