"""A browser without scripts that speaks real HTTP to a served site."""

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup

_SECONDS = 120


@dataclass(frozen=True)
class Answer:
    """What the server said, after its redirections."""

    status: int
    url: str
    text: str


class Browser:
    """Somebody at his screen; ``like`` gives the cookies of an open session."""

    def __init__(self, base: str, like: "Browser | None" = None) -> None:
        self.base = base
        self.jar = http.cookiejar.CookieJar()
        for cookie in like.jar if like else ():
            self.jar.set_cookie(cookie)
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar)
        )

    def get(self, path: str) -> Answer:
        """Follow a link."""
        return self._ask(urllib.request.Request(self._url(path)))

    def submit(self, page: Answer, button: str, **typed: str) -> Answer:
        """Fill in the form of a page and press a button of it."""
        form = BeautifulSoup(page.text, "html.parser").find("form", id="form")
        assert form is not None, page.text[:500]
        fields = [(name, typed.get(name, value)) for name, value in _fields(form)]
        target = urllib.parse.urljoin(page.url, form.get("action") or page.url)
        body = urllib.parse.urlencode([*fields, (button, button)]).encode()
        request = urllib.request.Request(target, data=body)
        return self._ask(request)

    def log_in(self, login: str, password: str) -> None:
        """Log in."""
        page = self.get("/connexion")
        answer = self.submit(page, "enter", login=login, password=password)
        assert "/connexion" not in answer.url, answer.text[:500]

    def _url(self, path: str) -> str:
        return urllib.parse.urljoin(self.base, path)

    def _ask(self, request: urllib.request.Request) -> Answer:
        try:
            with self._opener.open(request, timeout=_SECONDS) as response:
                text = response.read().decode("utf-8")
                return Answer(response.status, response.url, text)
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.url or "", error.read().decode("utf-8"))


def _fields(form: Any) -> list[tuple[str, str]]:
    """Return what a form sends as it stands, its first unticked box ticked."""
    fields = []
    ticked = False
    for control in form.find_all(["input", "textarea", "select"]):
        name, kind = control.get("name"), control.get("type", "text")
        if not name or kind in {"submit", "button", "radio"}:
            continue
        if kind == "checkbox":
            if ticked:
                continue
            ticked = True
        fields.append((name, control.get("value", "") or ""))
    return fields
