"""What do the properties of a paragraph, a run, a row say?"""

from lxml import etree

from pipeline.readers.docx.package import VAL, W

_OFF = ("0", "false", "off", "none")


def value_of(said: etree._Element | None, name: str) -> str | None:
    """The value of the property of that name; None where it is not said."""
    found = said.find(W + name) if said is not None else None
    return found.get(VAL) if found is not None else None


def is_on(said: etree._Element | None, name: str) -> bool:
    """Whether a property is said to be on."""
    return bool(flag(said.find(W + name))) if said is not None else False


def flag(item: etree._Element | None) -> bool | None:
    """On or off, as that property says; None: there is none."""
    return None if item is None else item.get(VAL) not in _OFF
