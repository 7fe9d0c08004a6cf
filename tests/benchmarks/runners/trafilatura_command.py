"""trafilatura's own command line over a list of addresses. Its pause between two requests to a host is set to none."""

import json
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import trafilatura

FOLDER = Path(sys.argv[1])


def main() -> None:
    settings = ConfigParser()
    settings.read(Path(trafilatura.__file__).with_name("settings.cfg"))
    settings["DEFAULT"]["SLEEP_TIME"] = "0"
    config, output = FOLDER / "trafilatura.cfg", FOLDER / "out"
    with config.open("w") as file:
        settings.write(file)
    command = [
        str(Path(sys.executable).with_name("trafilatura")),
        "--config-file",
        str(config),
        "--json",
        "--with-metadata",
    ]
    subprocess.run(
        # Without metadata its JSON does not say which page it is of.
        [*command, "--input-file", str(FOLDER / "urls.txt"), "--output-dir", str(output), "--parallel", "16"],
        check=True,
    )
    with (FOLDER / "found.jsonl").open("w") as found:
        for file in output.rglob("*.json"):
            article = json.loads(file.read_text())
            found.write(json.dumps({"url": article["source"], "text": article["text"]}) + "\n")


main()
