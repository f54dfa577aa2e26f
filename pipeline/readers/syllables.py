"""Is this word spelt as a Vietnamese syllable can be?

The shape of a syllable: an onset, a rhyme (nucleus and final) and at most one tone mark.
Words that are not so spelt are foreign, abbreviations, or text read in the wrong encoding.
"""

import unicodedata
from functools import lru_cache

from extractors.rules import compile_once

_TONE_MARKS = compile_once("[\u0300\u0301\u0303\u0309\u0323]")
_ONSET = "(?:ngh|ng|nh|gh|gi|g|kh|k|ch|c|ph|p|qu|th|tr|t|b|d|đ|h|l|m|n|r|s|v|x)?"
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu iêng
im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uât uâng uân uây uc uê uêch uên uênh ui um un ung uô uôc uôi uôm uôn uông uôt up ut uơ
uy uya uych uyên uyêt uyn uynh uyt uyu uyp ư ưa ưc ưi ưm ưn ưng ươ ươc ươi ươm ươn ương ươp
ươt ươu ưt ưu y yêm yên yêng yêt yêu ya ynh yt ych em ac ăng oi ot uu
"""
_SYLLABLE = compile_once(
    f"{_ONSET}(?:{'|'.join(sorted(dict.fromkeys(_RHYMES.split()), key=len)[::-1])})"
)


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether the word (any case, any normal form) is spelt as a Vietnamese syllable."""
    marked = _parted(word.lower())
    base = _TONE_MARKS.sub("", marked)
    if len(marked) - len(base) > 1:
        return False
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", base)) is not None


def _parted(word: str) -> str:
    """The word with its tone marks parted from the letters."""
    return unicodedata.normalize("NFD", word)
