"""Which characters are Han, which cannot be seen, which are pictures."""

import unicodedata

# The inside of a character class for `re`: ideographs of every plane, their repetition mark and the round zero.
HAN = "々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"

ZERO_WIDTH_JOINER = "\u200d"
PICTURE_SELECTOR = "\ufe0f"

# Unicode's Cf and Default_Ignorable_Code_Point (written out, since asking for every code point costs 100 ms at
# start-up and gives another answer with another Python), and the empty braille cell, which looks like nothing.
_INVISIBLE = (
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x0600, 0x0605),
    (0x061C, 0x061C),
    (0x06DD, 0x06DD),
    (0x070F, 0x070F),
    (0x0890, 0x0891),
    (0x08E2, 0x08E2),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x2800, 0x2800),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0x110BD, 0x110BD),
    (0x110CD, 0x110CD),
    (0x13430, 0x1343F),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)

INVISIBLE = frozenset(code for first, last in _INVISIBLE for code in range(first, last + 1))


def is_invisible(character: str) -> bool:
    """Whether a reader sees nothing: zero width, direction controls, soft hyphen, variation selectors, fillers, tags."""
    return ord(character) in INVISIBLE


def is_picture(character: str) -> bool:
    """Whether the character can head an emoji; emoji newer than this Python's tables are known by their block."""
    return 0x1F000 <= ord(character) <= 0x1FAFF or character in "‼⁉↔" or unicodedata.category(character) == "So"


def is_skin_tone(character: str) -> bool:
    """Whether the character colours the emoji before it."""
    return "\U0001f3fb" <= character <= "\U0001f3ff"


def invisible_class() -> str:
    """The inside of a character class for `re` that matches the invisible characters."""
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in _INVISIBLE)
