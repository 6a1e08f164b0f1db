"""A page in headless Chromium, over its DevTools protocol: what it logs, what it asks the network for, how it looks."""

from __future__ import annotations

import asyncio
import base64
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
]


@dataclass
class Page:
    """What was seen of one page."""

    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    text: str = ""
    overflow: int = 0
    answers: list[str] = field(default_factory=list)
    screenshots: dict[str, bytes] = field(default_factory=dict)


def look_at(path: Path, width: int = 1200, ask: Sequence[str] = ()) -> Page:
    """Opens the file in light and in dark, then asks the page for the texts that these scripts give."""
    assert CHROMIUM
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = subprocess.Popen(
            [CHROMIUM, *_FLAGS, f"--user-data-dir={profile}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            return asyncio.run(_look(_socket_of_page(Path(profile)), path, width, ask))
        finally:
            browser.terminate()
            browser.wait(10)


def _socket_of_page(profile: Path) -> str:
    port_file = profile / "DevToolsActivePort"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if port_file.exists() and "\n" in port_file.read_text():
            port = port_file.read_text().split("\n")[0]
            with urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
                pages = [page for page in json.load(answer) if page["type"] == "page"]
            if pages:
                return pages[0]["webSocketDebuggerUrl"]
        time.sleep(0.1)
    raise TimeoutError("chromium did not open its DevTools port")


async def _look(socket: str, path: Path, width: int, ask: Sequence[str]) -> Page:
    from tornado.websocket import websocket_connect

    page = Page()
    connection = await websocket_connect(socket, max_message_size=1 << 28)
    number = 0
    loaded = False

    def hear(message: dict[str, Any]) -> None:
        nonlocal loaded
        method, params = message.get("method"), message.get("params", {})
        if method == "Runtime.consoleAPICalled":
            page.console.append(json.dumps(params["args"]))
        elif method in ("Log.entryAdded", "Runtime.exceptionThrown"):
            page.console.append(json.dumps(params))
        elif method == "Network.requestWillBeSent":
            page.requests.append(params["request"]["url"])
        elif method == "Page.loadEventFired":
            loaded = True

    async def say(method: str, **params: Any) -> dict[str, Any]:
        nonlocal number
        number += 1
        await connection.write_message(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(await asyncio.wait_for(connection.read_message(), 60))
            if message.get("id") == number:
                return message.get("result", {})
            hear(message)

    for domain in ("Page", "Network", "Log", "Runtime"):
        await say(f"{domain}.enable")
    await say("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
    await say("Page.navigate", url=path.resolve().as_uri())
    while not loaded:
        hear(json.loads(await asyncio.wait_for(connection.read_message(), 60)))
    for scheme in ("light", "dark"):
        await say("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        shot = await say("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        page.screenshots[scheme] = base64.b64decode(shot["data"])
    page.text = (await say("Runtime.evaluate", expression="document.body.innerText"))["result"]["value"]
    sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    page.overflow = (await say("Runtime.evaluate", expression=sideways))["result"]["value"]
    for script in ask:
        page.answers.append((await say("Runtime.evaluate", expression=script))["result"].get("value", ""))
    connection.close()
    return page
