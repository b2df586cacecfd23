"""How quickly the laboratory answers, against a plain canvas page of the same size in the same run.

python -m tests.player.lab.speed [--activations]

Processor time of the page's own thread (Chromium's thread ticks), for walls' clocks tell what else
runs on a machine: from an input to its picture while a number is dragged, coarse; the work of the
exact sheet, its picture and measures; by the wall's clock, how long after the last input they are
there; and epochs a second of the worker's own processor time, with every activation that there is.
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import warpviz as wv
from warpviz.model.activations import BUILT_IN

PLAIN = """<!doctype html><canvas id="c"></canvas><input class="cell"><script>
const canvas = document.getElementById("c"), context = canvas.getContext("2d");
const [width, height] = [WIDTH, HEIGHT];
Object.assign(canvas, { width, height });
const image = context.createImageData(width, height), pixels = new Uint32Array(image.data.buffer);
let n = 0;
document.querySelector(".cell").addEventListener("pointermove", () => requestAnimationFrame(() => {
  pixels.fill(0xff000000 | (n += 7));
  context.putImageData(image, 0, 0);
}));
</script>"""
DRAG = """async (count) => {
  const cell = document.querySelector(".cell");
  Object.assign(cell, { setPointerCapture() {}, hasPointerCapture: () => true });
  const send = (type, x) => cell.dispatchEvent(new PointerEvent(type, {
    pointerId: 1, button: 0, clientX: x, clientY: 100, bubbles: true,
  }));
  send("pointerdown", 100);
  for (let i = 0; i < count; i++) {
    send("pointermove", 104 + 2 * (i % 60));
    await new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); });
  }
  send("pointerup", 160);
}"""
RESTS = """async () => {
  const cell = document.querySelector(".cell");
  Object.assign(cell, { setPointerCapture() {}, hasPointerCapture: () => true });
  const send = (type, x) => cell.dispatchEvent(new PointerEvent(type, {
    pointerId: 1, button: 0, clientX: x, clientY: 100, bubbles: true,
  }));
  send("pointerdown", 100);
  for (let i = 0; i < 5; i++) {
    send("pointermove", 104 + 7 * i + Math.random());
    await new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); });
  }
  const rests = performance.now();
  send("pointermove", 150);
  await new Promise((done) => {
    new MutationObserver(done).observe(document.getElementById("measures"), { childList: true });
  });
  const took = performance.now() - rests;
  send("pointerup", 150);
  return took;
}"""
NETS = {"2-3-3-3-2": [2, 3, 3, 3, 2], "2-8-8-3-2": [2, 8, 8, 3, 2]}
EVENTS = 40
EPOCHS = 4000


def ticks(session: Any) -> float:
    """Milliseconds that the page's thread has worked."""
    told = session.send("Performance.getMetrics")["metrics"]
    return 1e3 * next(float(one["value"]) for one in told if one["name"] == "TaskDuration")


def epochs_a_second(page: Any) -> float:
    """Of a second that the page's worker has worked."""
    page.evaluate("() => warpviz.lab.train(500)")
    before = worked()
    page.evaluate("(epochs) => warpviz.lab.train(epochs)", EPOCHS)
    return EPOCHS / (worked() - before)


def worked() -> float:
    """Seconds that workers of pages have worked, of all browsers on this machine."""
    spent = 0
    for task in Path("/proc").glob("[0-9]*/task/[0-9]*"):
        try:
            if (task / "comm").read_text().startswith("DedicatedWorker"):
                fields = (task / "stat").read_text().rpartition(")")[2].split()
                spent += int(fields[11]) + int(fields[12])
        except OSError:  # it has ended
            continue
    return spent / os.sysconf("SC_CLK_TCK")


def took(page: Any, session: Any, script: str, value: Any = None) -> float:
    """Milliseconds of work of a script, with what it leaves to the next frames."""
    before = ticks(session)
    page.evaluate(script, value)
    page.wait_for_timeout(400)
    return ticks(session) - before


def watched(browser: Any, address: str) -> tuple[Any, Any]:
    """A page, and a session that tells its thread's ticks."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    return page, session


def measured(browser: Any, folder: Path) -> dict[str, dict[str, float]]:
    """Milliseconds, and epochs a second, by net; "plain" is the page that only draws."""
    found: dict[str, dict[str, float]] = {}
    for name, widths in NETS.items():
        file = wv.lab(wv.mlp(widths, "relu", seed=0)).save(folder / f"{name}.html")
        page, session = watched(browser, file.resolve().as_uri())
        page.wait_for_selector("body[data-ready]")
        took(page, session, DRAG, 10)
        drag = took(page, session, DRAG, EVENTS)
        idle = took(page, session, "() => 0")
        exact = min(
            took(page, session, f"() => {{ warpviz.lab.set(0, 0, 0, 0.5{i}); }}") for i in range(3)
        )
        rests = min(page.evaluate(RESTS) for _ in range(5))
        # A drag ends with an exact sheet, which is no part of its events.
        found[name] = {
            "input to picture": max(drag - exact, 0.0) / EVENTS,
            "exact": exact - idle,
            "after the last input": rests,
            "epochs a second": epochs_a_second(page),
        }
        size = page.evaluate("[player.canvas.width, player.canvas.height]")
        page.close()
    text = PLAIN.replace("WIDTH", str(size[0])).replace("HEIGHT", str(size[1]))
    (folder / "plain.html").write_text(text, encoding="utf-8")
    page, session = watched(browser, (folder / "plain.html").resolve().as_uri())
    took(page, session, DRAG, 10)
    found["plain"] = {"input to picture": took(page, session, DRAG, EVENTS) / EVENTS}
    page.close()
    return found


def trained(browser: Any, folder: Path) -> None:
    """Tell the epochs a second of every activation, 1,800 points in 2-3-3-3-2."""
    for name in BUILT_IN:
        file = wv.lab(wv.mlp(NETS["2-3-3-3-2"], name, seed=0)).save(folder / "net.html")
        page = browser.new_page()
        page.goto(file.resolve().as_uri())
        page.wait_for_selector("body[data-ready]")
        print(f"{name:14} {epochs_a_second(page):8,.0f} epochs a second", flush=True)
        page.close()


def main() -> int:
    """Measure, and tell."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        if sys.argv[1:] == ["--activations"]:
            trained(browser, Path(folder))
            return 0
        found = measured(browser, Path(folder))
        browser.close()
    plain = found["plain"]["input to picture"]
    print(f"plain canvas page: {plain:.1f} ms an event")
    for name in NETS:
        one = found[name]
        print(
            f"{name}: {one['input to picture']:.1f} ms from input to picture "
            f"({one['input to picture'] / plain:.1f} × plain), exact sheet with measures "
            f"{one['exact']:.0f} ms, there {one['after the last input']:.0f} ms after the last "
            f"input, {one['epochs a second']:,.0f} epochs a second"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
