"""
Odds: which words unhappy people use and happy ones do not, so that a word list can learn them.

The measure is the weighted log-odds ratio with an informative prior of B. Monroe, M. Colaresi and K. Quinn, "Fightin'
Words", Political Analysis 2008: the odds of a word in either group, drawn together by a prior of so many words made up
in the proportions of both groups, over its standard error. It asks for more than chance, and rare words seldom give it.
A comment counts a word once, so that nobody who repeats themselves outvotes others.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from bot.rules.scoring import CONFIDENCE, z_for
from bot.rules.stems import WITHOUT_SPACES, stem, words
from bot.rules.themes import Reader

PRIOR_MASS = 10.0
FEWEST_COMMENTS = 8  # that a word must stand in
SHORTEST = 4  # letters; shorter ones seldom say what something is about
MOST_SUGGESTED = 5

# Words of every sentence, which tell how people write and not what about.
_COMMON = """
    about after again also because been being both could does doing done down each even ever every everything from
    getting have having here into just like made make makes many more most much need never only other over really same
    should some something still such than that their them then there these they thing things this those through very
    want well were what when where which while will with would your yours good great nice love best awesome excellent
    amazing perfect happy terrible awful horrible worst hate
    aber alle alles auch dass dann deren diese dieser dieses doch durch eine einem einen einer eines etwas euch
    haben hatte ihre immer jetzt kann kein keine können mehr mich muss nach nicht nichts noch oder ohne schon sehr sein
    seine sich sind sollte über unser unsere viel viele wenn werden wird wurde wäre würde gut toll super
    alors avec avons bien cela cette comme dans depuis donc elle encore être était fait leur mais même nous notre parce
    pour plus quand sans sont sous suis tout tous très trop votre vous
    algo aunque bien cada como cuando desde donde ella ellos entre esta este esto estos hace hacer hasta mucho muchos
    muy nada nosotros nuestra nuestro para pero porque puede siempre sobre también tiene tienen todo todos
    ainda apenas aquele bem cada com como depois dela dele desde ele eles essa esse esta está estão este fazer foram
    isso mais mas mesmo muito muitos nada nossa nosso para pela pelo porque quando sempre ser são também tem temos toda
    todo uma você vocês
"""
COMMON = frozenset(_COMMON.split())


@dataclass(frozen=True)
class Suggestion:
    """`word` as most people write it; how many of either group wrote it; `z` above 0 where the unhappy do."""

    word: str
    unhappy: int
    happy: int
    z: float


def log_odds(
    first: Mapping[str, int], second: Mapping[str, int], *, prior_mass: float = PRIOR_MASS
) -> Mapping[str, float]:
    """By word how many standard errors its log-odds in the first group lie above those in the second."""
    both = Counter(first) + Counter(second)
    totals = sum(first.values()), sum(second.values())
    prior = {word: prior_mass * count / sum(totals) for word, count in both.items()}

    def weighed(counts: Mapping[str, int], total: int, word: str) -> float:
        count = counts.get(word, 0) + prior[word]
        return log(count / (total + prior_mass - count))

    def error(word: str) -> float:
        return sqrt(sum(1 / (counts.get(word, 0) + prior[word]) for counts in (first, second)))

    if len(both) < 2:  # noqa: PLR2004 - one word alone has no odds
        return dict.fromkeys(both, 0.0)
    return {word: (weighed(first, totals[0], word) - weighed(second, totals[1], word)) / error(word) for word in both}


def suggestions(unhappy: Iterable[str], happy: Iterable[str], known: Reader) -> Sequence[Suggestion]:
    """Words that tell the groups apart and that the list does not know, the clearest first. None without spaces."""
    if known.language in WITHOUT_SPACES:
        return []
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    first, second = (_commented(several, known.language, spelled) for several in (unhappy, happy))
    clear = [
        Suggestion(_usual(spelled[each]), first[each], second[each], z)
        for each, z in log_odds(first, second).items()
        if first[each] + second[each] >= FEWEST_COMMENTS and abs(z) >= z_for(CONFIDENCE)
    ]
    new = [each for each in clear if len(each.word) >= SHORTEST and not _is_known(each.word, known)]
    return sorted(new, key=lambda each: (-abs(each.z), each.word))[:MOST_SUGGESTED]


def _commented(comments: Iterable[str], language: str, spelled: Mapping[str, Counter[str]]) -> Counter[str]:
    """In how many comments each stem stands; notes how it was written."""
    counts = Counter[str]()
    for comment in comments:
        said = {stem(word, language): word for word in words(comment)}
        counts.update(said.keys())
        for each, word in said.items():
            spelled[each][word] += 1
    return counts


def _usual(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda word: (-spellings[word], word))


def _is_known(word: str, known: Reader) -> bool:
    """Also what stands in a phrase of the list, and what is about nothing by itself."""
    stood = stem(word, known.language)
    return any(stood in phrase for several in known.phrases.values() for phrase, _ in several) or word in COMMON
