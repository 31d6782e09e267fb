"""Pictures to look at and to measure: no answers, few and many, gaps, scores below zero, words of every kind."""

from collections.abc import Sequence

from bot.charts import Chart, Dot, Mark
from bot.rules.scoring import ENOUGH, FEW, Tally, nps, points

MONTHS = ["Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]
LEGEND = ("score", "of fewer than 30 answers", "likely range")
LONG = "Maximiliane Wilhelmina von Hohenstein-Fürstenberg-Langenburgh launched all of it"
WORDS = {
    "English": "launched onboarding for everybody, with a call in the first week and a checklist",
    "German": "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz und Donaudampfschiff",
    "French": "lancement de l’intégration guidée, avec un appel la première semaine pour chacun",
    "Spanish": "lanzamos la incorporación guiada, con una llamada en la primera semana a todos",
    "Polish": "uruchomiliśmy wdrożenie z rozmową w pierwszym tygodniu, zażółć gęślą jaźń każdemu",
    "Russian": "запустили знакомство с продуктом для всех, со звонком на первой неделе работы",
    "Greek": "ξεκινήσαμε την καθοδήγηση για όλους, με μια κλήση την πρώτη εβδομάδα χρήσης του",
    "Hebrew": "השקנו את תהליך הקליטה לכולם, עם שיחה בשבוע הראשון ורשימת משימות לכל לקוח חדש",
    "Arabic": "أطلقنا التهيئة للجميع، مع مكالمة في الأسبوع الأول وقائمة مهام لكل عميل جديد",
    "Turkish": "herkes için tanıtım başlattık; ilk hafta bir görüşme ve İĞÜŞÖÇ dolu bir liste ile",
    "Japanese": "全員向けのオンボーディングを開始しました",
    "widest": "W" * 80,
    "markup": "<b>5 & 6</b> &amp; <script> “quoted” 'single' \"double\" </text></svg>",
    "odd": "tab\there, nothing\x00 here, \u202ereversed\u202c, emoji 🦊 and accents e\u0301",
}


def dot(number: int, answers: Tally) -> Dot:
    label, count = MONTHS[number % 12], str(answers.responses)
    score = nps(answers) if answers.responses >= FEW else None
    if score is None:
        return Dot(label, count=count)
    shown = points(answers)
    caption = f"+{shown}" if shown > 0 else f"−{-shown}" if shown else "0"
    below = "2024" if number == 0 else ""
    return Dot(label, below, count, shown, score.low, score.high, caption, is_few=answers.responses < ENOUGH)


def chart(tallies: Sequence[Tally], marks: Sequence[Mark] = (), *, title: str = "NPS by month") -> Chart:
    dots = [dot(number, answers) for number, answers in enumerate(tallies)]
    nothing, unwritable = "No score yet: it takes ten answers.", "(words in the message)"
    return Chart(title, "Relationship", dots, marks, "answers", LEGEND, nothing, unwritable)


USUAL = [Tally(24 + 3 * number, 9 + number, 17 - number) for number in range(12)]
GAPS = [
    Tally(24, 9, 7),
    Tally(2, 1, 1),
    Tally(),
    Tally(6, 4, 2),
    Tally(),
    Tally(10, 9, 2),
    Tally(30, 9, 7),
    Tally(30, 9),
]
CHARTS = {
    "nothing": chart([Tally()] * 12),
    "nine": chart([Tally()] * 11 + [Tally(5, 2, 2)]),
    "one-point": chart([Tally()] * 11 + [Tally(24, 9, 7)]),
    "two-points": chart([Tally(24, 9, 7), Tally(20, 9, 20)]),
    "twelve": chart(USUAL, [Mark(3.1, "1 March: launched onboarding"), Mark(8.5, "15 August: new prices")]),
    "gaps": chart(GAPS, [Mark(0.5 * number, words) for number, words in enumerate(WORDS.values())]),
    "negative": chart([Tally(8 + number, 10, 32 - number) for number in range(12)]),
    "extremes": chart([Tally(100), Tally(0, 0, 100), Tally(100_000, 20_000, 10_000), Tally(0, 100)]),
    "twenty": chart([Tally(0, 9_000, 120_000)] * 20, [Mark(0, LONG), Mark(20, LONG)], title=LONG * 3),
}
