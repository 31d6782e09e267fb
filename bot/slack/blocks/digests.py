"""The digest: a week of customers for a channel, read on a phone in ten seconds."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from babel.dates import format_date

from bot.rules.first_replies import Replies
from bot.rules.scoring import ENOUGH, FEW, Tally, rounded
from bot.rules.weekly import days_of
from bot.services.editions import Facts
from bot.services.reports import Standing
from bot.services.summaries import Quoted, Summary, Waiting
from bot.services.trends import Trend
from bot.slack import wire
from bot.slack.blocks.customers import customer
from bot.slack.blocks.kit import Block, Element, Message, button, context, quote, section
from bot.slack.blocks.outlooks import WHY
from bot.slack.blocks.scores import categories, changed, score_line
from bot.slack.blocks.trends import about_kind
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, escape, isolated, mention, shorten

LONGEST_NAME, LONGEST_COMMENT, LONGEST_TITLE, LONGEST_SEGMENT = 30, 100, 60, 20
NAMED_REASONS = 2
HOUR = timedelta(hours=1)
RECENT = timedelta(days=6)  # within that time the name of a day says which one
say = speaker("en")


def digest_message(facts: Facts, picture: Block | None = None) -> Message:
    """What a channel reads every week. `picture`: of the score in time, if one was uploaded."""
    summary, title = facts.summary, _title(facts)
    numbers = [title, *_scores(summary), *_pace(summary)]
    waiting = [(_waiting(each, facts), _take(each)) for each in summary.waiting]
    quoted = [_quote(each) for each in (summary.worst, summary.best) if each]
    rest, plan = [*_rest(summary), *_withheld(summary)], _plan(facts)
    blocks = [
        section(Mrkdwn("\n".join(numbers))),
        *([picture] if picture else []),
        *(section(line, element) for line, element in waiting),
        *([context(Mrkdwn("\n".join(rest)))] if rest else []),
        *(quote(words) for words in quoted),
        *([_with_plan(plan, facts)] if plan else []),
    ]
    spoken = [*numbers, *(line for line, _ in waiting), *rest, *map(escape, quoted), *([plan] if plan else [])]
    return Message(Mrkdwn("\n".join(spoken)), blocks)


def nothing_new(facts: Facts) -> Message:
    """For somebody who asks in a week in which nothing happened; a channel hears nothing then."""
    text = say.mrkdwn("{title}\nNo new answers, and nobody is waiting.", title=_title(facts))
    return Message(text, [section(text)])


def taken(person: str | None, alert_url: str | None) -> Message:
    """To whoever took somebody on, from the digest; None: somebody who answered in confidence."""
    text = say.mrkdwn("You take care of {name}.", name=_short(person) if person else customer(None))
    if alert_url:
        text = say.mrkdwn("{text} <{url}|Open the alert>", text=text, url=Mrkdwn(alert_url))
    return Message(text, [section(text)])


def nobody_planned() -> Message:
    text = say.mrkdwn("None of these surveys asks by itself now. `/nps preview` shows what would happen.")
    return Message(text, [section(text)])


def pictured(facts: Facts, trend: Trend) -> Mrkdwn:
    """Whose score a digest's picture shows."""
    owners, segments = [facts.digest.owner_id] if facts.digest.owner_id else [], facts.digest.segments
    if not (facts.names or owners or segments):
        return about_kind(trend)
    return say.mrkdwn("{kind}, {whose}", kind=about_kind(trend), whose=about(facts.names, owners, segments))


def about(names: Sequence[str], owner_ids: Sequence[str], segments: Sequence[str]) -> Mrkdwn:
    """Whom a digest is about: "Customers", "support, accounts of @Bo, enterprise"."""
    told = [escape(shorten(", ".join(names), LONGEST_TITLE))] if names else [say.mrkdwn("Customers")]
    told += [say.mrkdwn("accounts of {owner}", owner=mention(owner)) for owner in owner_ids]
    told += [escape(isolated(shorten(each, LONGEST_SEGMENT))) for each in segments[:1]]
    told += [say.many("{n} segment more", "{n} segments more", len(segments) - 1)] if len(segments) > 1 else []
    return Mrkdwn(", ".join(told))


def _title(facts: Facts) -> Mrkdwn:
    digest = facts.digest
    days = _dates(*days_of(facts.week, facts.zone))
    return bold(Mrkdwn(f"{about(facts.names, [digest.owner_id] if digest.owner_id else [], digest.segments)}, {days}"))


def _dates(first: date, last: date) -> str:
    """Such as 9–15 November, or 30 November – 6 December."""
    end = format_date(last, "d MMMM", locale="en")
    if first.month == last.month:
        return f"{first.day}–{end}"
    return f"{format_date(first, 'd MMMM', locale='en')} – {end}"


def _scores(summary: Summary) -> list[Mrkdwn]:
    lines: list[Mrkdwn] = []
    if summary.relational and not summary.relational.is_silent:
        lines += [_standing(summary.relational.standing), _new(summary.relational.new)]
    after = summary.transactional
    if after and not after.is_silent:
        told = say.mrkdwn("{score} {new}", score=_standing(after.standing), new=_new(after.new))
        lines.append(say.mrkdwn("After {what}: {told}", what=after.name or say("interactions"), told=told))
    return lines or [say.mrkdwn("No answers yet.")]


def _standing(standing: Standing) -> Mrkdwn:
    score = standing.score
    if score.nps is None or score.answers.responses < FEW:
        counts = say.mrkdwn("{counts}; too few for a score", counts=categories(score.answers, between=", "))
        return say.mrkdwn("Last {days} days: {counts}.", days=score.days, counts=counts)
    many, count = ("{n} answer", "{n} answers"), score.answers.responses
    told = [say.many(*(many if count >= ENOUGH else ("only {n} answer", "only {n} answers")), count)]
    told += [say.mrkdwn("last {days} days", days=score.days)] if score.is_widened else []
    line, more = Mrkdwn(score_line(score.answers, score.nps).removesuffix(")")), Mrkdwn(", ".join(told))
    return Mrkdwn(" ".join([say.mrkdwn("{line}, {more}).", line=line, more=more), *_moved(standing)]))


def _moved(standing: Standing) -> list[str]:
    """Nothing where there were so few answers before that nobody would compare."""
    change = standing.change
    return [] if change is None or standing.before.responses < FEW else [changed(change)]


def _new(answers: Tally) -> Mrkdwn:
    if not answers.responses:
        return say.mrkdwn("No new answers.")
    count = say.many("{n} new answer", "{n} new answers", answers.responses)
    return say.mrkdwn("{count}: {categories}", count=count, categories=categories(answers, between=", "))


def _pace(summary: Summary) -> list[Mrkdwn]:
    """How many answered, and how soon somebody was looked after."""
    rates = [each.standing.score.rate for each in summary.kinds if not each.is_silent]
    rate = next((each for each in rates if each is not None), None)
    told = [say.mrkdwn("{rate}% of finished asks answered", rate=rounded(100 * rate))] if rate is not None else []
    told += [_replied(summary.replies)] if summary.replies.counted else []
    return [Mrkdwn(" · ".join(told))] if told else []


def _replied(replies: Replies) -> Mrkdwn:
    share = say("{n} of {all}", n=replies.same_day, all=replies.counted)
    if replies.counted >= FEW:
        share = say("{rate}%", rate=rounded(100 * replies.same_day / replies.counted))
    if replies.median is None:
        return say.mrkdwn("first reply: half or more still wait, {share} came the same working day", share=share)
    after = _working_time(replies.median)
    return say.mrkdwn("first reply: half within {after}, {share} the same working day", after=after, share=share)


def _working_time(period: timedelta) -> Mrkdwn:
    if period < HOUR:
        return say.many("{n} working minute", "{n} working minutes", round(period.total_seconds() / 60))
    return say.many("{n} working hour", "{n} working hours", rounded(period / HOUR))


def _waiting(each: Waiting, facts: Facts) -> Mrkdwn:
    who = _one(each.person)
    if each.company:
        who = say("{person}, {company}", person=who, company=_short(each.company))
    holder = each.follow_up.claimed_by
    has_it = say.mrkdwn("{person} has it", person=mention(holder)) if holder else bold(say("nobody yet"))
    since = _since(each.follow_up.opened_at, facts)
    return say.mrkdwn("Waiting: {who}, since {since}, {has_it}", who=who, since=since, has_it=has_it)


def _since(at: datetime, facts: Facts) -> str:
    day, told_on = (each.astimezone(facts.zone).date() for each in (at, facts.week.told_at))
    return format_date(day, "EEEE" if told_on - day <= RECENT else "d MMMM", locale="en")


def _take(each: Waiting) -> Element | None:
    if each.follow_up.claimed_by:
        return None
    aloud = say("I'll take care of {name}", name=each.person or customer(None))
    return button(say("I'll take it"), wire.TAKE_ON, str(each.follow_up.id), aloud=aloud)


def _rest(summary: Summary) -> list[Mrkdwn]:
    more = summary.waiting_count - len(summary.waiting)
    told = [say.many("{n} more is waiting", "{n} more are waiting", more)] if more > 0 else []
    told += [_overdue(summary.overdue)] if summary.overdue else []
    return [say.mrkdwn("{told}: `/nps follow-ups`", told=Mrkdwn("; ".join(told)))] if told else []


def _overdue(count: int) -> Mrkdwn:
    return bold(say.many("{n} overdue", "{n} overdue", count))


def _withheld(summary: Summary) -> list[Mrkdwn]:
    if not summary.withheld:
        return []
    named = sorted(summary.withheld.items(), key=lambda each: -each[1])
    told = [say.mrkdwn("{n} {why}", n=n, why=WHY[why]) for why, n in named if why in WHY][:NAMED_REASONS]
    shown = sum(n for why, n in [each for each in named if each[0] in WHY][:NAMED_REASONS])
    others = sum(summary.withheld.values()) - shown
    told += [say.mrkdwn("{n} for other reasons", n=others)] if others else []
    return [say.mrkdwn("Not asked: {told}", told=Mrkdwn("; ".join(told)))]


def _quote(each: Quoted) -> str:
    words = isolated(shorten(" ".join(each.comment.split()), LONGEST_COMMENT))
    return say("“{words}” ({name}, {score})", words=words, name=_one(each.name), score=each.score)


def _plan(facts: Facts) -> Mrkdwn | None:
    if not facts.has_schedule:
        return None
    if not facts.will_ask:
        return say.mrkdwn("Next week nobody will be asked.")
    return say.many("Next week {n} person will be asked.", "Next week {n} people will be asked.", facts.will_ask)


def _with_plan(plan: Mrkdwn, facts: Facts) -> Block:
    chosen = " ".join(facts.digest.survey_ids) or "all"
    return section(plan, button(say("See who"), wire.SEE_WHO, chosen))


def _one(name: str | None) -> str:
    """None: they answered in confidence."""
    return _short(name) if name else say("a customer")


def _short(name: str) -> str:
    return isolated(shorten(name, LONGEST_NAME))
