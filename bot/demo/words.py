"""What customers of the demo say: made up, in the manner of what people write."""

from bot.rules.scoring import Category

COMMENTS = {
    Category.DETRACTOR: (
        "Exports time out every Monday morning, exactly when we need them.",
        "Nobody told us about the price change. We found out from the invoice.",
        "I explained the same problem to three people.",
        "Two outages in one month. My team has gone back to spreadsheets.",
        "The new menu hides everything I use daily.",
        "Setting it up took us six weeks instead of two.",
        "Answers come quickly, but they are links to pages I had already read.",
        "Die Suche findet nur, was ich gestern angelegt habe.",
        "Les rapports arrivent en anglais alors que tout le reste est en français.",
        "We pay for twenty seats and can use twelve.",
        "Mobile app signs me out every day.",
        "It does what it says. It just does it very slowly.",
        "Import dropped 400 rows without a word.",
    ),
    Category.PASSIVE: (
        "Good product. A way to schedule exports would make it a nine.",
        "Support is friendly, but I would like an answer the same day.",
        "Works. I do not think about it much, which is fine.",
        "Solide, aber die Berichte könnten schöner sein.",
        "Onboarding was great, since then it is quiet.",
        "Fair price, a few rough edges.",
        "検索がもう少し速いと助かります。",
    ),
    Category.PROMOTER: (
        "Bo stayed until it worked. On a Friday evening.",
        "We closed the month two days earlier.",
        "I have recommended you twice already.",
        "Simple, fast, and somebody picks up when you call.",
        "The new filters are exactly what we asked for.",
        "Unser ganzes Team arbeitet jetzt damit.",
        "Nos clients remarquent la différence.",
        "Saves me about four hours a week.",
        "Only a 9 because nobody gets a 10.",
        "El equipo de soporte es excelente.",
    ),
}
OCCASIONS = (
    "the export problem",
    "the import of your contacts",
    "your question about invoices",
    "signing in",
    "the missing report",
)
NOTES = (
    "Called them; the export runs at night now.",
    "Explained the invoice, sent the credit note.",
    "Booked a session with the new colleague.",
    "Planned for the next release; they know the date.",
    "Raised the limit for this account.",
)
# Other people of the same customers, no longer in the channel; their answers stay.
FIRST_NAMES = tuple(
    "Agnes Björn Chiara Dmitri Esra Fabio Gwen Hana Imran Joana Kofi Lotte Mateus Nia Oskar Priya Quentin Rosa".split()  # noqa: SIM905 - easier to read and to add to
)
LAST_NAMES = tuple(
    "Aalto Brandt Costa Diallo Eriksson Ferrari Grant Horvat Jensen Kowalski Moreau Nowak O'Brien Petrov Wójcik".split()  # noqa: SIM905 - easier to read and to add to
)
