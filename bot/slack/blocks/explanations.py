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

BY = """
*Each group* has its own score and range, over the same time. From 30 answers on, in the group and in all the others
together, it is said whether the group stands out; of several groups one would stand out now and then by chance, so the
test is corrected for that (Holm).

*Few answers*: under 10 there are counts instead of a score, and groups with fewer than 5 are only counted together, so
that nobody is told apart. Confidential answers are left out where a group would tell whose they are.

*Asked* is how many people got a question in that time, of those who are known and have not opted out. Where few were
asked, the score tells of few.
"""

COMPARE = """
*Two groups, or two periods*, each with its own score and range. A difference is said only where chance alone would make
one like it less than once in 20 times, with at least 30 answers on each side; otherwise it reads "no clear difference",
which does not mean that there is none. *Details* says how large a difference would have been seen.

What only one side names goes for both: in `compare this quarter vs last quarter segment:small` both are about small
ones. Sides that share answers are not compared.

*Before and after a date* compares as long before the day as after it, 90 days at most. Something else may have changed
on the same day.
"""

COVERAGE = """
*Asked* is how many people got a question in the time shown, of all who are known here and have not opted out. A score
tells of those who were asked and answered, and of nobody else.

*Answered* is answers over finished questions: answered, declined, or expired. Open ones are in neither part, nor are
those that could not be delivered. It goes by the day of the question, a score by the day of the answer, so the two may
count different answers.

*Not asked* counts people whom the rules kept from being asked in that time; `/nps why @person` tells of one.
"""

BENCHMARKS = """
*Scores of others* are figures somebody published, with the year, whom they asked and where it stands. They are facts of
other people: nobody here checked how they asked.

A panel of consumers, a vendor's own customers and a question by e-mail give different scores for the same company, and
so do different countries, years and wordings. A difference to yours says little, and none of them is a target.

*Yours* is shown for the relationship only: none of the others asked after interactions alone. *Second hand*: read where
somebody repeats it, and not where it was measured. The figures come with this version of the bot.
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
account who was asked in that time and did not answer, or was not asked at all.

Whoever does not want to be asked is counted apart and is not called silent. Nobody who was asked in confidence is
listed: to be missing here would tell that they answered.
"""
