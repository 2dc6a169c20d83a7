"""Is the text of a page what one sees on it, or must its picture be read instead?

A file can look perfect and yet yield letters that mean nothing, when its fonts do not say which
character each shape is. Such a text holds none of the words that every report has.
"""

import unicodedata

from shop.assay.certificates.keys import words_of

_FEWEST_LETTERS = 20
_ENOUGH_WORDS = 12
_MOST_STRANGE = 0.05
_STRANGE = frozenset({"Cc", "Cn", "Co", "Cs"})
_COMMON_TEXT = """
    the of and for test tests result results report date lot batch sample product method
    methods analysis certificate limit limits page laboratory name number no client received by
    pass unit value specification parameter total iso mg kg ml ph cfu absent der die und datum
    charge probe prufung ergebnis ergebnisse methode seite nicht labor le la les et de du des
    essai resultat lot date rapport produit page laboratoire el los fecha lote muestra ensayo
    resultado metodo informe producto il di della prova campione risultato metodo lotto data
    pagina amostra relatorio het van en monster resultaat
"""
_COMMON = frozenset(_COMMON_TEXT.split())


def is_legible(text: str) -> bool:
    """Whether the text can be trusted to be what is printed."""
    letters = [character for character in text if not character.isspace()]
    if len(letters) < _FEWEST_LETTERS:
        return False
    strange = sum(
        character == "\N{REPLACEMENT CHARACTER}" or unicodedata.category(character) in _STRANGE
        for character in letters
    )
    if strange > _MOST_STRANGE * len(letters):
        return False
    words = [word for word in words_of(text) if not word.isdigit()]
    return len(words) < _ENOUGH_WORDS or any(word in _COMMON for word in words)
