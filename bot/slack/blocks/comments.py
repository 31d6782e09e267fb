"""Comments to read, the newest first: whose, with which score, about what, and a menu that puts right the last."""

from collections.abc import Sequence

from bot.rules.scoring import Category
from bot.rules.sought import UNMATCHED, Sought, as_typed
from bot.rules.themes import Theme
from bot.services.comments import Comment, Found
from bot.services.interviews import is_interview
from bot.slack import wire
from bot.slack.blocks.customers import answered_at, one_customer_first
from bot.slack.blocks.interviews import told_in_meeting
from bot.slack.blocks.kit import Block, Element, Message, context, menu, quote, section
from bot.slack.blocks.reports import alert_url
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold, escape, isolated, link, shorten

say = speaker("en")
LONGEST_COMMENT, SHORT_COMMENT = 700, 200
OF_CATEGORY = {
    Category.DETRACTOR: "of detractors",
    Category.PASSIVE: "of passives",
    Category.PROMOTER: "of promoters",
}
ONLY = {Category.DETRACTOR: "Detractors", Category.PASSIVE: "Passives", Category.PROMOTER: "Promoters"}


def comments_page(found: Found, about: Mrkdwn, *, words: str, workspace_url: str) -> Message:
    """`words`: what somebody would type to see this; they travel beside each menu."""
    title = say.mrkdwn("{title}, {about}", title=bold(_title(found)), about=about)
    if not found.comments:
        return Message(title, [section(title), context(_how())])
    lines = [Mrkdwn(f"{_head(each, workspace_url)}\n{escape(isolated(_short(each)))}") for each in found.comments]
    blocks = [section(title)]
    for each in found.comments:
        block_id = f"{wire.OF_COMMENT}{each.response.id} {words}"
        blocks += [section(_head(each, workspace_url), _correct(each, found.themes), block_id=block_id)]
        blocks += [quote(_short(each))]
    return Message(Mrkdwn("\n".join([title, *lines])), [*blocks, context(_how())])


def last_comments(found: Sequence[Comment], workspace_url: str) -> list[Block]:
    """A few of them, where there is little room."""
    return [
        block
        for each in found
        for block in (section(_head(each, workspace_url)), quote(shorten(each.response.comment or "", SHORT_COMMENT)))
    ]


def comments_menu(found: Found) -> Element:
    """Another category or theme of the same search."""
    options = [("", say("All comments")), *((_typed(as_typed(each)), say(label)) for each, label in ONLY.items())]
    options += [(_typed(UNMATCHED), say("About no theme"))]
    options += [(_typed(as_typed(None, each)), say("About {name}", name=each.name)) for each in found.themes]
    options = [(f"{wire.REST}{value}", label) for value, label in options]
    return menu(wire.PICK_COMMENTS, options, chosen=f"{wire.REST}{_chosen(found)}", hint=say("Which comments"))


def _chosen(found: Found) -> str:
    sought = found.sought
    theme = _theme(found)
    return _typed(UNMATCHED if sought.is_unmatched else as_typed(None if theme else sought.category, theme))


def _typed(words: Sequence[str]) -> str:
    return " ".join(f'"{word}"' if " " in word else word for word in words)


def _theme(found: Found) -> Theme | None:
    return next((each for each in found.themes if each.key == found.sought.theme), None)


def _title(found: Found) -> str:
    theme, sought = _theme(found), found.sought
    told = [_counted(found)]
    told += [say(OF_CATEGORY[sought.category])] if sought.category else []
    told += [say("about {theme}", theme=isolated(theme.name))] if theme else []
    told += [say("about no theme")] if sought.is_unmatched else []
    told += [_with_words(sought)] if sought.words else []
    return " ".join(told)


def _counted(found: Found) -> str:
    return say.many("{n} comment", "{n} comments", found.count) if found.count else say("No comments")


def _with_words(sought: Sought) -> str:
    return say("with {words}", words=" · ".join(f"“{isolated(word)}”" for word in sought.words))


def _short(it: Comment) -> str:
    return shorten(it.response.comment or "", LONGEST_COMMENT)


def _head(it: Comment, workspace_url: str) -> Mrkdwn:
    company = f", {isolated(it.company)}" if it.company else ""
    told = [bold(f"{one_customer_first(it.contact)}{company}: {it.response.score}"), _survey(it)]
    told += [answered_at(it.response), *_alert(it, workspace_url)]
    about = ", ".join(isolated(each.name) for each in it.themes)
    second = [say.mrkdwn("about {themes}", themes=about) if about else say.mrkdwn("about no theme"), *_odd(it)]
    return Mrkdwn(f"{' · '.join(told)}\n{' · '.join(second)}")


def _survey(it: Comment) -> Mrkdwn:
    name = escape(it.survey_name)
    return Mrkdwn(f"{name}, {told_in_meeting(it.response)}") if is_interview(it.response) else name


def _alert(it: Comment, workspace_url: str) -> list[Mrkdwn]:
    url = alert_url(it.follow_up, workspace_url)
    return [link(url, say("the alert"))] if url else []


def _odd(it: Comment) -> list[Mrkdwn]:
    return [bold(say("please read: the words do not fit the score"))] if it.is_odd else []


def _correct(it: Comment, themes: Sequence[Theme]) -> Element | None:
    about = {each.key for each in it.themes}
    wrong = [
        (wire.correction_value(each.key, is_about=False), say("Not about {name}", name=each.name)) for each in it.themes
    ]
    missing = [each for each in themes if each.key not in about]
    right = [(wire.correction_value(each.key, is_about=True), say("About {name}", name=each.name)) for each in missing]
    return menu(wire.CORRECT_THEME, [*wrong, *right], hint=say("Put right")) if themes else None


def _how() -> Mrkdwn:
    return say.mrkdwn(
        "Type words to look for, and `detractors`, `passives` or `promoters`: "
        '`/nps comments detractors about speed "every monday"`.'
    )
