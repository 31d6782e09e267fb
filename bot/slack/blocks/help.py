"""`/nps help`: every command in one line each."""

from collections.abc import Mapping

from bot.services.surveys import REACTION
from bot.slack.blocks.kit import Message, context, section
from bot.texts import speaker
from bot.texts.markup import Mrkdwn, bold

say = speaker("en")
NUMBERS = {
    "/nps": "who is waiting, then the score; menus lead to the rest",
    "/nps enterprise this quarter": "the score of some people, from some time; such words narrow every view",
    "/nps trend": "the score by month, whether it moved, and what happened meanwhile",
    "/nps by segment": "a score for each segment, owner, account, channel, role, survey, or anything imported",
    "/nps compare enterprise vs small": "two groups, two periods, or `before 2026-03-01`",
    "/nps coverage": "who was asked at all, who answered, who was left alone and why",
    "/nps reasons": "what promoters, passives and detractors write about, counted",
    "/nps comments detractors": "what people wrote: by words, category, or `about` a theme",
    "/nps detractors 5": "the latest answers one by one; `passives` and `promoters` too",
    "/nps accounts mine": "what renews soonest, and how it is: yours, all, or `red`, `amber`, `green`, `unknown`",
    "/nps account Acme": "one account: health, people, scores, comments, follow-ups",
    "/nps silent": "who pays and has not answered for two quarters; `people` lists people",
    "/nps benchmarks": "scores others published, each with its year and source; no targets",
    "/nps export enterprise last quarter": "these answers in a file, by direct message; `jsonl` for a program",
    "/nps digest": "the last seven days, for you alone",
}
CARE = {
    "/nps follow-ups mine": "who waits for an answer: yours, `open` (nobody's), `overdue`, or all",
    "/nps ask @person": "ask somebody by direct message",
    "/nps ask @person support link": "ask with another survey, in the thread you link to",
    "/nps ask @person not-renewed": "ask why they did not renew: reasons, no score",
    "/nps why @person": "why they were asked, or not, and from when they may be",
    "/nps record @person": "write down a score they told you in a review meeting; it is shown apart",
    "/nps preview relationship": "who will be asked by itself in the next two weeks",
    "/nps exits": "why customers did not renew, counted, and in their words",
    "/nps recovery": "how many feel better weeks after somebody looked after their answer",
    "/nps favours": "favours of happy customers: what they are asked for, and how many did it",
    "/nps quotes": "whom you may quote, in which words, signed how",
    "/nps me": "what is kept about you, and how to say no or erase it (everybody, guests too)",
    "/nps try": "see and answer the card yourself; it is not counted",
}
SET_UP = {
    "/nps surveys": "wording, alert channel, pause, new surveys",
    "/nps schedule": "which surveys ask by themselves, whom and how often; check-ins",
    "/nps calendar": "working hours, days off, and what is broken just now",
    "/nps routes": "which alerts go where, and whom they mention",
    "/nps digest setup": "which channel hears of whom once a week",
    "/nps themes": "which words stand for what comments are about, and words to learn",
    "/nps note 2026-03-01 launched onboarding": "put what happened on the time line",
    "/nps events": "what other programs told me, what came of it, and whom I could not find",
    "/nps webhooks": "which programs hear from me what happened: addresses, secrets, what was sent",
    "/nps stop": "stop all asking and take open questions back",
    "/nps start": "ask again, and put them back",
    "/nps managers": "who may set up surveys (admins)",
    "/nps staff": "who is staff, and so never asked as a customer (admins)",
}
COMMANDS = {**NUMBERS, **CARE, **SET_UP}


def puzzled_page(lead: Mrkdwn) -> Message:
    """A word that means nothing to us: what it may have been, and where everything stands."""
    text = say.mrkdwn("{lead} `/nps help` lists what I understand.", lead=lead)
    return Message(text, [section(text)])


def help_page() -> Message:
    groups = [_group("Numbers", NUMBERS), _group("Customers", CARE), _group("Setting up (managers)", SET_UP)]
    trademark = say.mrkdwn(
        "Net Promoter, NPS and Net Promoter Score are trademarks of Bain & Company, NICE Systems and Fred Reichheld."
    )
    told = [*groups, _elsewhere()]
    return Message(Mrkdwn("\n".join(told)), [*(section(each) for each in told), context(trademark)])


def _group(title: str, commands: Mapping[str, str]) -> Mrkdwn:
    lines = [f"`{command}`  {say(meaning)}" for command, meaning in commands.items()]
    return Mrkdwn("\n".join([bold(say(title)), *lines]))


def _elsewhere() -> Mrkdwn:
    shortcut = say.mrkdwn('On any message: *Ask for NPS* in the "More actions" menu.')
    emoji = say.mrkdwn(
        "On a message that shows it is solved: :{reaction}:, and I ask that thread's customer in a while. "
        "`/nps surveys` shows which emoji asks what.",
        reaction=REACTION,
    )
    return Mrkdwn(f"{shortcut}\n{emoji}")
