"""
Please read: a low score with clearly happy words, or a high one with clearly angry ones.

Either somebody mixed the scale up, or the words say what the number does not. It asks a colleague to look; it never
changes a score, and is no score itself.
"""

from bot.rules.stems import WITHOUT_SPACES, folded, words
from bot.rules.theme_words import listed

HIGHEST_LOW, LOWEST_HIGH = 3, 9
REACH = 3  # words back in which a "not" turns a word round
HAPPY = {
    "en": "love, loves, excellent, amazing, awesome, fantastic, perfect, wonderful, brilliant, outstanding, superb, "
    "delighted, thrilled",
    "de": "ausgezeichnet, hervorragend, fantastisch, perfekt, begeistert, großartig, wunderbar, exzellent, klasse, "
    "genial, spitze",
    "fr": "excellent, excellente, parfait, parfaite, génial, géniale, formidable, ravi, ravie, ravis, fantastique, "
    "adore, adorons",
    "es": "excelente, excelentes, perfecto, perfecta, fantástico, fantástica, genial, maravilloso, maravillosa, "
    "encanta, encantado, encantada, encantados",
    "pt_BR": "excelente, excelentes, perfeito, perfeita, fantástico, fantástica, ótimo, ótima, maravilhoso, "
    "maravilhosa, adoro, adoramos, incrível",
    "ja": "最高, 素晴らしい, すばらしい, 完璧, 大満足, 大好き",
}
ANGRY = {
    "en": "terrible, awful, horrible, useless, worst, hate, unacceptable, disaster, furious, disgusting, pathetic, "
    "appalling, dreadful",
    "de": "schrecklich, furchtbar, katastrophe, katastrophal, unverschämt, unverschämtheit, inakzeptabel, nutzlos, "
    "unbrauchbar, miserabel, frechheit, wütend",
    "fr": "horrible, inacceptable, catastrophe, catastrophique, nul, nulle, honteux, honteuse, lamentable, scandaleux, "
    "scandaleuse, inutilisable, furieux, furieuse",
    "es": "terrible, horrible, pésimo, pésima, inaceptable, desastre, inútil, vergonzoso, vergonzosa, furioso, "
    "furiosa, "
    "lamentable, odio",
    "pt_BR": "terrível, horrível, péssimo, péssima, inaceitável, desastre, inútil, vergonhoso, vergonhosa, furioso, "
    "furiosa, lamentável, odeio",
    "ja": "最悪, ひどい, 酷い, 許せない, 使えない, 役に立たない, 怒って",
}
_NOT = """
    not no never isn wasn don doesn didn can cannot couldn nothing far less hardly without than would
    nicht kein keine keinen nie niemals wenig weit
    pas ne n jamais aucun aucune sans
    no nunca ningún ninguna sin tampoco nada
    não nunca nenhum nenhuma sem nem
"""  # "isn't" is two words: isn, t
NOT = frozenset(_NOT.split())
NOT_IN_JAPANESE = ("ない", "ません", "なく")


def please_read(score: int, comment: str, language: str) -> bool:
    """Whether the words clearly say the opposite of the score; of words that say both, or are turned round, nothing."""
    if HIGHEST_LOW < score < LOWEST_HIGH:
        return False
    happy, angry = (_has(comment, listed(of.get(language, of["en"])), language) for of in (HAPPY, ANGRY))
    return happy != angry and (happy if score <= HIGHEST_LOW else angry)


def _has(comment: str, wanted: tuple[str, ...], language: str) -> bool:
    if language in WITHOUT_SPACES:
        text = folded(comment)
        return any(word in text for word in wanted) and not any(word in text for word in NOT_IN_JAPANESE)
    said, looked_for = words(comment), {folded(word) for word in wanted}
    return any(word in looked_for and not NOT & set(said[max(0, at - REACH) : at]) for at, word in enumerate(said))
