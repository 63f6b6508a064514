"""Measures how long a phone takes from a tap on "Start workout" to a tray that works, with nothing saved, on slow 4G.

    python benchmarks/speed/first_tray.py ADDRESS [--times 5]

ADDRESS is a running server with DEMO=on; over HTTPS its certificate is not checked. The connection is that of the
browser's developer tools: 562.5 ms to the server and back, 1.44 Mbit/s down, 0.675 Mbit/s up. Prints the times in
milliseconds, the bytes and the requests until then."""

import argparse
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import Browser, sync_playwright

from benchmarks.speed.interaction import PHONE
from deploy import chromium

SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 180_000, "uploadThroughput": 84_375}
WAIT = """const look = () => {
    const log = customElements.get("set-dock") && document.querySelector("set-dock:not([hidden]) .set-dock__log");
    if (log?.textContent) window.works = performance.now();
    else requestAnimationFrame(look);
};
look();"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("address")
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.switches())
        made = {"base_url": given.address, "ignore_https_errors": True, "service_workers": "block", **PHONE}
        first = browser.new_context(**made)
        page = first.new_page()
        page.goto("/")
        page.get_by_role("button", name="Try the demo").first.click()
        page.goto("/")
        address = page.locator("a[href^='/workouts/']").last.get_attribute("href")  # of the week; it has not begun
        found = [measure(browser, made, first.cookies(), address) for _ in range(given.times)]
        browser.close()
    times = sorted(one for one, _, _ in found)
    _, size, requests = found[0]
    print(
        f"{given.address}: {statistics.median(times):.0f} ms median of {len(times)}, {times[0]:.0f} to {times[-1]:.0f};"
        f" {size:,.0f} bytes in {requests} requests"
    )


def measure(browser: Browser, made: dict, cookies: list, address: str | None) -> tuple[float, float, int]:
    context = browser.new_context(**made)
    context.add_cookies(cookies)
    context.add_init_script(WAIT)
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    protocol.send("Network.enable")
    protocol.send("Network.emulateNetworkConditions", SLOW_4G)
    received: list[float] = []
    protocol.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(address or "/", wait_until="commit")
    while not page.evaluate("window.works"):  # the page forbids the eval of wait_for_function
        page.wait_for_timeout(50)
    works, size, requests = page.evaluate("works"), sum(received), len(received)
    context.close()
    return works, size, requests


if __name__ == "__main__":
    main()
