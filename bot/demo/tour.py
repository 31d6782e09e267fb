"""What the demo prints: the address, two minutes of things to do, and what this Slack cannot."""

from bot.demo import company
from bot.demo.company import ADA, ANA, BO, CY, KIM

TOUR = f"""\
[bold]{company.NAME}'s Slack:[/] [bold cyan]{{url}}[/]

Top right, [bold]Act as[/] says who you are. Two minutes:

 1. As [bold]{BO.name}[/], in #general, type [bold]/nps[/] – who is waiting, then the number and how sure it is.
 2. {{step}}
 3. Act as [bold]{CY.name}[/], open #help-alerts – the unhappy answer is there. Take it, then resolve it.
 4. Type [bold]/nps detractors[/], then [bold]/nps why @{ANA.handle}[/], then [bold]/nps preview[/] (whom a schedule
    would ask in two weeks), then [bold]/nps try[/]: your own card waits under Direct messages.
 5. In #help, put the ballot box (an emoji, the last one offered) on "When I import contacts": {KIM.name} is
    asked in that thread, here at once. Or type
      [bold]/nps ask @{KIM.handle} {{link}}[/]
 6. Under Apps open [bold]{company.BOT_NAME}[/]: as {CY.name} the number, as [bold]{ADA.name}[/] (an admin)
    the surveys too, as a customer what is kept about them, and how to say no.

This is local-slack, which can less than Slack:
 · no menu on messages ("Ask for NPS" is there in Slack): take the emoji or type the command of step 5
 · everybody sees every channel and every whisper; in Slack only those who belong there do
 · in windows only fields can be used, and a box that was ticked stays ticked
 · nobody is external: these customers are guests, who answer and can do nothing else

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
