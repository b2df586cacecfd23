"""Random actions in a laboratory: nothing of it may leave an error, or a number that is none.

python -m tests.player.lab.fuzz --actions 2000 --seed 0
"""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

import warpviz as wv

SPARED = (
    "save-model", "save-data", "save-png", "save-svg", "save-webm", "png", "svg", "full", "help",
)  # fmt: skip
"""Buttons that leave the page: files, and what a browser asks people about."""
ACT = """async ([seed, count, spared]) => {
  let state = seed;
  const chance = () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
  const pick = (all) => all[Math.floor(chance() * all.length)];
  const frame = () => new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); });
  const all = () => [...document.querySelectorAll("button, select, input, canvas, summary")]
    .filter((one) => !spared.includes(one.id) && one.type !== "file" && one.offsetParent !== null && !one.disabled);
  const key = (one, name) => one.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
  const point = (one, type, x, y) => one.dispatchEvent(new PointerEvent(type, {
    pointerId: 1, button: 0, buttons: type === "pointerup" ? 0 : 1, clientX: x, clientY: y, bubbles: true, cancelable: true, isPrimary: true,
  }));
  const text = ["0", "-3.5", "1e9", "abc", "", "0.001", "y > sin(x)", "x*y > 0", "sin(2*z)/2", "max(0,z)", "1/0"];
  const told = [];
  HTMLElement.prototype.setPointerCapture = () => {};
  for (let i = 0; i < count; i++) {
    const one = pick(all());
    if (!one) continue;
    const name = one.id || one.getAttribute("aria-label") || one.textContent.slice(0, 20) || one.tagName;
    told.push(name);
    if (one.tagName === "SELECT") {
      one.selectedIndex = Math.floor(chance() * one.options.length);
      one.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (one.tagName === "INPUT" && one.type !== "checkbox" && one.type !== "range") {
      const how = chance();
      one.focus();
      if (how < 0.4) {
        one.value = pick(text);
        one.dispatchEvent(new Event("input", { bubbles: true }));
        key(one, pick(["Enter", "Escape"]));
      } else if (how < 0.8) {
        for (let n = 0; n < 4; n++) key(one, pick(["ArrowUp", "ArrowDown", "PageUp", "PageDown"]));
      }
      one.blur();
    } else if (one.tagName === "INPUT" && one.type === "range") {
      one.value = String(Number(one.min) + chance() * (Number(one.max) - Number(one.min)));
      for (const type of ["input", "change"]) one.dispatchEvent(new Event(type, { bubbles: true }));
    } else if (one.tagName === "CANVAS" || one.classList.contains("grip")) {
      const box = one.getBoundingClientRect();
      let [x, y] = [box.left + chance() * box.width, box.top + chance() * box.height];
      point(one, "pointerdown", x, y);
      for (let n = 0; n < 3; n++) {
        x += 60 * (chance() - 0.5);
        y += 60 * (chance() - 0.5);
        point(one, "pointermove", x, y);
      }
      point(one, "pointerup", x, y);
    } else {
      one.click();
    }
    if (chance() < 0.1) {
      document.dispatchEvent(new KeyboardEvent("keydown", { key: pick(["z", "y"]), ctrlKey: true, bubbles: true }));
    }
    if (chance() < 0.1) key(document.body, pick(["ArrowRight", "ArrowLeft", "Home", "End", " ", "p", "t", "Escape", "0"]));
    if (i % 3 === 0) await frame();
  }
  await frame();
  const numbers = warpviz.lab.chain().flatMap(({ weight, bias }) => [...weight.flat(), ...bias]);
  return { told, shown: document.body.innerText, finite: numbers.every(Number.isFinite) };
}"""  # noqa: E501
BAD = ("NaN", "undefined", "Infinity", "[object")


def fuzzed(page: Any, actions: int, seed: int, at_once: int = 40) -> list[str]:
    """What went wrong in so many random actions, with what led there."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(f"error: {error}"))
    page.on("console", lambda told: found.extend([told.text] * (told.type == "error")))
    done = 0
    while done < actions and not found:
        some = min(at_once, actions - done)
        after = page.evaluate(ACT, [seed * 7919 + done + 1, some, list(SPARED)])
        done += some
        found += [f"shown: {word}" for word in BAD if word in after["shown"]]
        found += [] if after["finite"] else ["a weight is no number"]
        if found:
            found.append(f"after {done}: {', '.join(after['told'][-12:])}")
    return found


def main() -> int:
    """Open a laboratory and act in it."""
    from playwright.sync_api import sync_playwright

    CHROMIUM = "/usr/bin/chromium"

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actions", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = wv.lab().save(Path(folder) / "lab.html")
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{file.resolve().as_uri()}")
        page.wait_for_selector("body[data-ready]")
        found = fuzzed(page, args.actions, args.seed)
        browser.close()
    print("\n".join(found) or f"{args.actions} actions, no errors")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
