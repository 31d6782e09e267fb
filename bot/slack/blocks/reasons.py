"""Why people recommend us, and why others do not: what their comments are about, counted, with one of each."""

from collections.abc import Sequence

from bot.rules.scoring import FEW, Category, nps, rounded
from bot.rules.shares import Share
from bot.services.reasons import FEWEST_MENTIONS, GoesWith, OfCategory, Quoted, Reason, Reasons
from bot.slack.blocks.kit import Block, Message, context, divider, quote, section
from bot.slack.blocks.scores import score_line
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, escape, isolated, shorten

say = speaker("en")
LONGEST_QUOTE = 300
TITLES = {
    Category.PROMOTER: "Why people recommend us",
    Category.PASSIVE: "What people in between write about",
    Category.DETRACTOR: "Why people do not recommend us",
}
WHOSE = {
    Category.PROMOTER: ("{n} comment of promoters", "{n} comments of promoters"),
    Category.PASSIVE: ("{n} comment of passives", "{n} comments of passives"),
    Category.DETRACTOR: ("{n} comment of detractors", "{n} comments of detractors"),
}
ORDER = (Category.PROMOTER, Category.DETRACTOR, Category.PASSIVE)


def reasons_page(found: Reasons, about: Mrkdwn) -> Message:
    """`about`: of whom and from when."""
    title = say.mrkdwn("{title}, {about}", title=bold(say("Reasons")), about=about)
    if not found.comments:
        text = Mrkdwn("\n".join([title, say.mrkdwn("No comments yet."), *_reading(found)]))
        return Message(text, [section(text)])
    lead = Mrkdwn("\n".join([title, _matched(found), *_reading(found)]))
    categories = sorted(found.categories, key=lambda each: ORDER.index(each.category))
    told = [lead, *(_told(each) for each in categories), *_goes_with(found.goes_with), *_unmatched_told(found)]
    blocks = [section(lead), *(block for each in categories for block in _category(each))]
    blocks += [section(each) for each in _goes_with(found.goes_with)]
    return Message(Mrkdwn("\n".join(told)), [*blocks, *_unmatched(found), context(_small_print())])


def _matched(found: Reasons) -> Mrkdwn:
    return say.mrkdwn(
        "{matched} of {comments} matched a theme.",
        matched=say.many("{n}", "{n}", found.matched),
        comments=say.many("{n} comment", "{n} comments", found.comments),
    )


def _reading(found: Reasons) -> list[Mrkdwn]:
    told = say.mrkdwn("I am still reading comments with the list of words as it is now, so this will change.")
    return [told] if found.is_reading else []


def _category(it: OfCategory) -> list[Block]:
    blocks: list[Block] = [divider(), section(_head(it))]
    for each in it.reasons:
        blocks += [section(_line(each)), *_quotes([each.quote] if each.quote else [])]
    return blocks


def _told(it: OfCategory) -> Mrkdwn:
    return Mrkdwn("\n".join([_head(it), *(_aloud(each) for each in it.reasons)]))


def _head(it: OfCategory) -> Mrkdwn:
    title = bold(say(TITLES[it.category]))
    counted = say.many(*WHOSE[it.category], it.comments)
    if not it.comments:
        return say.mrkdwn("{title}\nNo comments yet.", title=title)
    if not it.has_enough:
        return say.mrkdwn("{title}\n{counted}; reasons are shown from {few} on.", title=title, counted=counted, few=FEW)
    if not it.reasons:
        return say.mrkdwn(
            "{title}\n{counted}; no theme is in {fewest} of them.", title=title, counted=counted, fewest=FEWEST_MENTIONS
        )
    return say.mrkdwn(
        "{title}\n{counted}, {matched} with a theme",
        title=title,
        counted=counted,
        matched=say.many("{n}", "{n}", it.matched),
    )


def _line(it: Reason) -> Mrkdwn:
    share = it.share
    return say.mrkdwn(
        "{theme} · {percent}% (likely {low}% to {high}%), {hits} of {n}",
        theme=bold(isolated(it.theme.name)),
        percent=_percent(share.value),
        **_range(share),
        hits=say.many("{n}", "{n}", share.hits),
        n=say.many("{n}", "{n}", share.n),
    )


def _range(share: Share) -> dict[str, int]:
    return {"low": _percent(share.low), "high": _percent(share.high)}


def _percent(value: float) -> int:
    return rounded(100 * value)


def _aloud(it: Reason) -> Mrkdwn:
    return Mrkdwn("\n".join([_line(it), *([_said(it.quote)] if it.quote else [])]))


def _said(it: Quoted) -> Mrkdwn:
    return say.mrkdwn("“{comment}” ({whose})", comment=isolated(_short(it)), whose=_whose(it))


def _short(it: Quoted) -> str:
    return shorten(" ".join(it.comment.split()), LONGEST_QUOTE)


def _whose(it: Quoted) -> str:
    return say("{name}, {score}", name=isolated(it.name) if it.name else say("a customer"), score=it.score)


def _quotes(several: Sequence[Quoted]) -> list[Block]:
    blocks: list[Block] = []
    for each in several:
        blocks += [quote(_short(each)), context(escape(_whose(each)))]
    return blocks


def _goes_with(compared: Sequence[GoesWith]) -> list[Mrkdwn]:
    if not compared:
        return []
    lead = say.mrkdwn(
        "*Goes with*\nThe score of those who mention a theme, and of all others who wrote something. "
        "Neither says that the theme makes the score."
    )
    return [Mrkdwn("\n".join([lead, *map(_compared, compared)]))]


def _compared(it: GoesWith) -> Mrkdwn:
    those, others = nps(it.those), nps(it.others)
    if those is None or others is None:
        return Mrkdwn("")
    return say.mrkdwn(
        "{theme} · {those}, {n} · others {others}, {rest}",
        theme=bold(isolated(it.theme.name)),
        those=score_line(it.those, those),
        n=say.many("{n} comment", "{n} comments", it.those.responses),
        others=score_line(it.others, others),
        rest=say.many("{n} comment", "{n} comments", it.others.responses),
    )


def _unmatched(found: Reasons) -> list[Block]:
    return [divider(), section(_unmatched_lead(found)), *_quotes(found.unmatched)] if found.unmatched else []


def _unmatched_told(found: Reasons) -> list[Mrkdwn]:
    return [_unmatched_lead(found), *map(_said, found.unmatched)] if found.unmatched else []


def _unmatched_lead(found: Reasons) -> Mrkdwn:
    return say.mrkdwn(
        "{title}\nThe newest of them; `/nps comments about nothing` shows all.",
        title=bold(say.many("{n} comment is about no theme", "{n} comments are about no theme", _rest(found))),
    )


def _rest(found: Reasons) -> int:
    return found.comments - found.matched


def _small_print() -> Mrkdwn:
    return say.mrkdwn(
        "A comment may be about several themes. Each reason has one comment below it, the newest with some words. "
        "`/nps themes` shows the words themes are found by."
    )
