"""A page as somebody uses it who has no mouse, in her language."""

import os
from typing import Any

from django.utils import translation

FIRST, SECOND = "de", "en"
"""What the agent reads, and what the case worker reads."""


def shot(page: Any, name: str) -> None:
    """Keep a picture of a page that does not wait, if pictures are wished for."""
    if folder := os.environ.get("ERREICHBAR_SHOTS"):
        page.screenshot(path=f"{folder}/{name}-{page.evaluate('document.documentElement.lang')}.png")


def first(text: str) -> str:
    """Return a sentence as the agent reads it."""
    with translation.override(FIRST):
        return translation.gettext(text)


def second(text: str) -> str:
    """Return a sentence as the case worker reads it."""
    with translation.override(SECOND):
        return translation.gettext(text)


WIDER = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.body.querySelectorAll("*")]
        .filter((one) => one.getBoundingClientRect().right > width + 0.5)
        .map((one) => one.outerHTML.slice(0, 120)).slice(-5);
}"""


TWICE = """() => {
    const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
    return ids.filter((id, at) => ids.indexOf(id) !== at);
}"""


def go_to(page: Any, element: Any) -> None:
    """Press Tab until an element has the focus, and see that one sees it."""
    element.wait_for()
    for _ in range(200):
        if element.evaluate("one => one === document.activeElement"):
            in_sight(page, element)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not to be reached by keyboard: {element}")


def in_sight(page: Any, element: Any) -> None:
    """See that one sees what has the focus, once the page has come to rest: a part may just be renewing itself."""
    for _ in range(100):
        if element.evaluate(IN_SIGHT):
            return
        page.wait_for_timeout(50)
    shot(page, "hidden")
    where = element.evaluate("one => JSON.stringify(one.getBoundingClientRect())")
    raise AssertionError(f"what has the focus is hidden: {where} in {page.viewport_size}")


IN_SIGHT = """one => {
    const box = one.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 8));
    return top !== null && (one.contains(top) || top.contains(one) || one.labels?.[0]?.contains(top) === true);
}"""


def press(page: Any, element: Any, key: str = "Enter") -> None:
    """Go to an element by Tab and press it."""
    go_to(page, element)
    page.keyboard.press(key)


def write(page: Any, label: str, text: str) -> None:
    """Go to a field by Tab and write in it."""
    field = page.get_by_label(label, exact=True)
    go_to(page, field)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def choose(page: Any, element: Any, value: str) -> None:
    """Go to a list by Tab and move to one of its values with the arrow."""
    go_to(page, element)
    for _ in range(element.locator("option").count()):
        if element.input_value() == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"there is no {value}")


def answer(page: Any, question: str) -> str:
    """Return what the virtual citizen answers."""
    return str(page.locator(".asked__one", has_text=question).locator("dd").inner_text().strip())
