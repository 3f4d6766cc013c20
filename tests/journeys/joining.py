"""How somebody begins to sell, from the open page to the officer's yes; the same with scripts and without."""

from tests.journeys import steps
from tests.journeys.phone import Phone


def begin(phone: Phone, number: str, name: str) -> None:
    """Come in by the open page and a code on the phone (E.164), say a name, stand before the six tasks."""
    phone.open("/how-to-sell")
    phone.follow("Begin to sell")
    steps.enter_by_code(phone, number)
    phone.fill("Your name", name)
    phone.press("Continue")
    phone.reads("Six short tasks. Stop whenever you like, go on from any phone. No e-mail is needed.")
    phone.picture("six-tasks")


def tell_who_and_where(phone: Phone, home: str) -> None:
    """The first two answers; from here on there is a seller whose goods may be prepared."""
    phone.follow("Begin")
    phone.choose(phone.words("Household"))
    phone.fill("Name buyers will see", home)
    phone.press("Go on")
    phone.page.select_option("#commune_code", "03390")
    phone.picture("place")
    phone.press("Save")
    phone.reads("Saved. Stop whenever you like; on any phone you go on from here.")


def tell_the_rest_and_send(phone: Phone, citizen: str) -> None:
    """The number of the head of the household, a paper that is not there yet, the sentences; then to the officer."""
    phone.picture("task-list")
    phone.follow("Who you are")
    phone.fill("Citizen number of the head of the household", citizen)
    phone.press("Save")
    phone.follow("Papers")
    phone.follow_name("Bản cam kết an toàn thực phẩm")
    phone.press("I do not have it yet")
    phone.reads("Noted: not yet. Add it whenever you have it.")
    phone.follow("Back to the list")
    for sentence in phone.page.locator("label.choice:has(input[name=ticked])").all():
        sentence.click()
    phone.picture("ready")
    phone.press("Send to the officer")
    phone.reads("What happens next")


def decide(officer: Phone, home: str, value: str, note: str = "") -> None:
    """The officer opens the application and decides: `admit`, or `return` with what is missing."""
    officer.open("/review/cooperatives")
    officer.follow_name(home)
    officer.picture("applicant")
    officer.page.locator(f'label.choice:has(input[value="{value}"])').click()
    if note:
        officer.page.locator("summary", has_text=officer.words("What to mend, or why not")).click()
        officer.page.locator("#place").fill(note)
    officer.press("Record the decision")
    officer.reads("Decision recorded. They are told.")
