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

REASONS = """
*A theme* is a list of words your team owns: `/nps themes` shows it. A comment is about a theme when one of the words
stands in it, in the language of the question; several themes may be in one comment, and of many comments none is found.
That is why it always says how many matched.

*"Likely … to …"* beside a share is the 95% range (Wilson's): chance alone would leave the share in a range like this 95
times in 100. Reasons are shown from 10 comments in a category and 3 mentions on. Only comments of answers that count in
the score are counted here, of each person the latest.

*Goes with* compares the scores of those who mention a theme with all others who wrote something. It does not say that
the theme made the score: people who are unhappy anyway may mention it more.
"""

COMMENTS = """
*Comments* are what people wrote, the newest first: all of them, those of review meetings and of earlier answers too, so
there may be more than *Reasons* counts. What was said in confidence has no name, and is told the next working morning.

*Put right* says what a comment is about where the list of words is wrong. What you say stays, whatever becomes of the
list; it ends when the person changes the comment.

*Please read* marks a score from 0 to 3 with clearly happy words, or 9 and 10 with clearly angry ones. It changes no
score.
"""
