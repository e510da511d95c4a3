"""The offline form as somebody at a browser uses it."""

import json
from pathlib import Path
from typing import Any

from pbpmaturity.model.settings import Privacy
from pbpmaturity.report.documents import render
from pbpmaturity.report.form import Occasion, facilitator_form
from pbpmaturity.report.matrix_view import view_of_matrix
from pbpmaturity.workspace.shipped import shipped_scripts, shipped_templates
from pbpmaturity.workspace.source import read

SET = """values => { for (const [name, value] of Object.entries(values)) {
  const fields = [...document.getElementById('form').elements].filter(one => one.name === name);
  if (!fields.length) throw new Error('there is no field ' + name);
  for (const field of fields) {
    if (field.type === 'radio') field.checked = field.value === value;
    else if (field.type === 'checkbox') field.checked = value === 'yes';
    else field.value = value; }
  fields[0].dispatchEvent(new Event('input', {bubbles: true})); } }"""


def written(occasion: Occasion, file: Path) -> Path:
    """Write the facilitator's form for an occasion."""
    templates = shipped_templates()
    view = facilitator_form(occasion, Privacy(), shipped_scripts())
    page = render("form.html.j2", templates, form=view, matrix=view_of_matrix(occasion.matrix), version="0.0")
    file.write_bytes(page.encode())
    return file


class FormPage:
    """A form in a page: what is in it, and what comes of it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda message: self.faults.append(message.text) if message.type == "error" else None)

    def fill(self, **values: str) -> None:
        """Put values into fields, whose names have hyphens where these have underscores."""
        self.page.evaluate(SET, {name.replace("_", "-"): value for name, value in values.items()})

    def set(self, values: dict[str, str]) -> None:
        self.page.evaluate(SET, values)

    def date(self, name: str, text: str) -> None:
        """Write a date of a file into its three boxes."""
        year, month, *day = text.split("-")
        self.set({f"{name}-year": year, f"{name}-month": month, f"{name}-day": day[0] if day else ""})

    def go(self, step: str) -> None:
        """Go to a step as Back and a bookmark do."""
        go_to(self.page, step)

    def add(self, list_id: str) -> None:
        self.page.evaluate("id => document.querySelector('#' + id + ' > .add').click()", list_id)

    def text(self, selector: str) -> str:
        return str(self.page.evaluate("selector => document.querySelector(selector).innerText", selector)).strip()

    def texts(self, selector: str) -> list[str]:
        found = self.page.evaluate(
            "selector => [...document.querySelectorAll(selector)].map(one => one.textContent.trim())", selector
        )
        return [str(text) for text in found]

    def lists(self) -> dict[str, list[str]]:
        """Return the lists of the result by their headings."""
        return dict(
            self.page.evaluate(
                """() => Object.fromEntries([...document.querySelectorAll('#outcome > h3')].filter(
                h => h.nextElementSibling.tagName === 'UL').map(
                h => [h.textContent, [...h.nextElementSibling.children].map(li => li.textContent)]))"""
            )
        )

    def rows(self) -> list[list[str]]:
        """Return the table of the result, heads first."""
        return list(
            self.page.evaluate(
                "[...document.querySelectorAll('#strip tr')].map(tr => [...tr.children].map(cell => cell.textContent))"
            )
        )

    def saved(self) -> tuple[str, bytes]:
        """Save, and return the name and the bytes of the file that the browser was given."""
        with self.page.expect_download() as download:
            self.page.evaluate("document.getElementById('save').click()")
        return download.value.suggested_filename, Path(download.value.path()).read_bytes()

    def data(self) -> Any:
        """Save, and return what the file says."""
        return read(self.saved()[1]).data

    def load(self, name: str, data: bytes) -> None:
        """Take up a file, as the browser's own dialogue does; until the page has said what came of it."""
        self.page.evaluate("document.getElementById('status').textContent = ''")
        self.page.set_input_files("#load", files=[{"name": name, "mimeType": "application/yaml", "buffer": data}])
        wait_until(
            self.page, "document.getElementById('status').textContent || !document.getElementById('errors').hidden"
        )


def go_to(page: Any, step: str) -> None:
    """Go to a step of the form as Back and a bookmark do."""
    page.evaluate("step => { location.hash = step }", step)
    wait_until(page, f"!document.getElementById('{step}').hidden")


def opened_again(form: FormPage, file: Path, *, keeping: str) -> FormPage:
    """Close a form as somebody does, and open a file with what the browser has kept, among it a text.

    What a page writes into its storage just before it is closed can be lost. So a blank page looks on from another
    window until the text has come, and stays until the file is open.
    """
    context = form.page.context
    blank = file.with_name("nothing.html")
    blank.write_text("<!doctype html><title>Looks on</title>", "utf-8")
    beside = context.new_page()
    beside.goto(blank.as_uri())
    wait_until(beside, f"Object.values(localStorage).join().includes({json.dumps(keeping)})")
    with form.page.expect_event("close"):  # it is asked to close, and does so in its own time
        form.page.close(run_before_unload=True)
    again = FormPage(context.new_page())
    again.page.goto(file.as_uri())
    beside.close()
    return again


def wait_until(page: Any, test: str) -> None:
    """Wait until a test holds; the page's own security policy forbids the browser to look by itself."""
    for _ in range(500):
        if page.evaluate(f"Boolean({test})"):
            return
        page.wait_for_timeout(10)
    raise AssertionError(f"it never came: {test}")


def in_order(data: Any) -> str:
    """Return data as text in which the order of keys counts."""
    return json.dumps(data, ensure_ascii=True)
