"""What customers of the demo say: made up, in the manner of what people write."""

from collections.abc import Mapping, Sequence

from bot.rules.scoring import Category

COMMENTS: Mapping[str, Mapping[Category, Sequence[str]]] = {
    "en": {
        Category.DETRACTOR: (
            "Exports are slow every Monday morning, exactly when we need them.",
            "The export times out, and we start it again by hand.",
            "Nobody told us about the price change. We found out from the invoice.",
            "I explained the same problem to three people in support.",
            "Another outage. My team has gone back to spreadsheets.",
            "The new menu is confusing and hides everything I use daily.",
            "Setting up took us six weeks instead of two.",
            "Support is quick with links to pages I had already read.",
            "Too expensive: we pay for twenty seats and can use twelve.",
            "The mobile app signs me out every day.",
            "It does what it says. It just does it very slowly.",
            "Import dropped 400 rows without an error.",
        ),
        Category.PASSIVE: (
            "Good product. Would love to see scheduled exports.",
            "Support is friendly, but I would like an answer the same day.",
            "Works. I do not think about it much, which is fine.",
            "Onboarding was great, since then it is quiet.",
            "Fair price, a few rough edges.",
            "Reports are fine, loading time could be better.",
        ),
        Category.PROMOTER: (
            "Bo from support stayed until it worked. On a Friday evening.",
            "We closed the month two days earlier, and it saves us a whole evening.",
            "I have recommended you twice already.",
            "Simple to use, fast, and somebody picks up when you call.",
            "The new filters are exactly what we asked for.",
            "The Monday export is fast now. Thank you.",
            "Saves me about four hours a week.",
            "Support that knows our account. Always helpful.",
            "Only a 9 because nobody gets a 10.",
        ),
    },
    "de": {
        Category.DETRACTOR: (
            "Die Suche ist langsam und findet nur, was ich gestern angelegt habe.",
            "Schon wieder ein Ausfall am Montag.",
        ),
        Category.PASSIVE: ("Solide, aber die Oberfläche könnte übersichtlicher sein.",),
        Category.PROMOTER: ("Unser ganzes Team arbeitet jetzt damit.", "Der Support antwortet schnell."),
    },
    "fr": {
        Category.DETRACTOR: ("Les rapports arrivent en anglais alors que tout le reste est en français.",),
        Category.PASSIVE: ("Bien, mais un peu lent le lundi.",),
        Category.PROMOTER: ("Nos clients remarquent la différence.", "Le support est rapide et aimable."),
    },
    "es": {
        Category.DETRACTOR: ("La exportación es demasiado lenta.",),
        Category.PASSIVE: ("Funciona, aunque el precio subió.",),
        Category.PROMOTER: ("El equipo de soporte es excelente.",),
    },
    "pt_BR": {
        Category.DETRACTOR: ("O suporte demora dias para responder.",),
        Category.PASSIVE: ("Bom, mas o relatório é lento.",),
        Category.PROMOTER: ("Fácil de usar e rápido.",),
    },
    "ja": {
        Category.DETRACTOR: ("月曜日のエクスポートが遅いです。",),
        Category.PASSIVE: ("検索がもう少し速いと助かります。",),
        Category.PROMOTER: ("サポートがとても丁寧です。",),
    },
}
LANGUAGES = ("en", "en", "en", "en", "en", "de", "de", "fr", "es", "pt_BR", "ja")  # as often as they are spoken
ROLES = ("Head of operations", "Analyst", "Team lead", "CTO")
PLANS = ("team", "business")
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
