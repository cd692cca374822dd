"""Telephone numbers that belong to nobody: the Bundesnetzagentur keeps them free for media ("drama numbers").

Source: Mitteilung 148/2021, Amtsblatt der Bundesnetzagentur 7/2021. The block of Köln, 0221 4710-000 to -999, is left
out: it is the demo office's own.
"""

_BLOCKS = (
    # (beginning as E.164, how many digits follow)
    ("+49176040690", 2),
    ("+4917139200", 2),
    ("+493023125", 3),
    ("+496990009", 3),
    ("+494066969", 3),
    ("+498999998", 3),
)
_SINGLE = (
    "+4915228817386",
    "+4915228895456",
    "+4915254599371",
    "+491729925904",
    "+491729968532",
    "+491729973185",
    "+491729973186",
    "+491729980752",
    "+491749091317",
    "+491749464308",
)

COUNT: int = len(_SINGLE) + sum(10**digits for _, digits in _BLOCKS)
"""How many there are."""


def drama_number(place: int) -> str:
    """Return the number at ``place`` (0 to ``COUNT`` − 1) as E.164. Every place has another one."""
    if place < len(_SINGLE):
        return _SINGLE[place]
    rest = place - len(_SINGLE)
    for beginning, digits in _BLOCKS:
        if rest < 10**digits:
            return f"{beginning}{rest:0{digits}}"
        rest -= 10**digits
    raise IndexError(f"there are {COUNT} drama numbers, place {place} was asked for")
