"""What the demo prints: the address, five minutes of things to do, and what this Slack cannot."""

from bot.demo import company
from bot.demo.company import ADA, ANA, BO, CY, KIM, YUI

TOUR = f"""\
[bold]{company.NAME}'s Slack:[/] [bold cyan]{{url}}[/]

Top right, [bold]Act as[/] says who you are. Five minutes:

 1. As [bold]{BO.name}[/], in #general, type [bold]/nps[/] – who is waiting, then the number and how sure it is.
    Then [bold]/nps trend[/] (it rose half-way), [bold]/nps by segment[/] (who is happier), [bold]/nps reasons[/] (what
    people write about), [bold]/nps accounts[/] (what renews, and how it is), [bold]/nps silent[/] (who never answers),
    [bold]/nps compare enterprise vs small[/]. The menus under each lead to the others.
 2. {{step}}
 3. Act as [bold]{CY.name}[/], who looks after {ANA.account}, open #help-alerts – the unhappy answer is there, with what
    her company pays and when it renews. [bold]I'll take it[/], then [bold]Reply privately[/]: write, preview, send.
 4. Act as [bold]{ANA.name}[/] again, open {ANA.name} under Direct messages: that is what she has from the bot.
    [bold]Reply[/], and write back.
 5. As [bold]{CY.name}[/], in #help-alerts, open the thread of the alert: her words are there. Under the three dots:
    [bold]Log a contact[/] when you called her, [bold]Put off[/] until a day. Then [bold]Resolve[/].
 6. Type [bold]/nps follow-ups[/] (who still waits, what is overdue), [bold]/nps digest[/] (the last seven days, as a
    channel may hear them once a week), [bold]/nps recovery[/] (who felt better weeks later).
    As [bold]{ADA.name}[/], an admin: [bold]/nps routes[/] (which alerts go where), [bold]/nps digest setup[/].
    [bold]/nps favours[/] counts favours: give a 9 as [bold]{YUI.name}[/], under Direct messages, to see how.
 7. Type [bold]/nps detractors[/], then [bold]/nps why @{ANA.handle}[/], then [bold]/nps preview[/] (whom a schedule
    would ask in two weeks), then [bold]/nps try[/]: your own card waits under Direct messages.
 8. In #help, put the ballot box (an emoji, the last one offered) on "When I import contacts": {KIM.name} is
    asked in that thread, here at once. Or type
      [bold]/nps ask @{KIM.handle} {{link}}[/]
 9. Under Apps open [bold]{company.BOT_NAME}[/]: as {CY.name} the number, as [bold]{ADA.name}[/]
    the surveys too, as a customer what is kept about them, and how to say no.

This is local-slack, which can less than Slack:
 · no menu on messages ("Ask for NPS" is there in Slack): take the emoji or type the command of step 8
 · everybody sees every channel and every whisper; in Slack only those who belong there do
 · in windows only fields can be used, each is one line, and a box that was ticked stays ticked
 · three dots go on showing what was chosen: choose the dots before you choose the same again
 · charts are not drawn, the numbers of the trend are there in words; and files go nowhere (Picture, Export)
 · nobody is external: these customers are guests, who answer and can do nothing else
 · nobody sleeps: working hours are round the clock, so a morning begins at midnight

What you click is kept for the next time; [bold]--reset[/] starts afresh. [bold]Ctrl-C[/] ends everything.
"""
ASKED = f"""\
Act as [bold]{ANA.name}[/], in #help open the thread "Our Monday export has been stuck": answer the card with a 3,
    write a line, tick "I'd like a reply", send. What stands in the thread tells nobody what you gave."""
ANSWERED = f"""\
You have answered as {ANA.name} before, and nobody is asked twice. [bold]--reset[/] lets you again."""


def tour(url: str, *, is_asked: bool, link: str) -> str:
    """`is_asked`: a question waits for Ana. `link`: the message to ask Kim beside."""
    return TOUR.format(url=url, step=ASKED if is_asked else ANSWERED, link=link)
