"""The program `wenqing`: the project's commands in any folder, without those of Scrapy."""

from __future__ import annotations

import os
import sys
from difflib import get_close_matches
from importlib import import_module
from textwrap import fill

from cleaners.sites import SitesError
from crawler.errors import DISK, INTERRUPTED, USAGE
from crawler.running.descriptions import DESCRIPTIONS
from crawler.terminal.stdout import hold_closed_streams, print_any_character, print_nowhere
from wenqing import __version__, completion
from wenqing.listing import COMMANDS, SETTINGS, commands

EXAMPLES = (
    ("wenqing clean page.html dumps/ -o clean.jsonl", "documents out of files"),
    ("wenqing crawl --replay -s DATA_DIR=example", "the example pages, no network"),
    ("wenqing export --parquet corpus.parquet", "what was crawled, as a table"),
)


def main() -> None:
    """Run the command that is named first; exits with its code, 2 for a wrong call, 130 when stopped at its start."""
    hold_closed_streams()
    print_any_character()
    try:
        _run()
    except KeyboardInterrupt:  # while rules are loaded; a command that has begun tells what it leaves behind
        print("wenqing: stopped", file=sys.stderr)
        raise SystemExit(INTERRUPTED) from None
    except SitesError as wrong:
        print(f"wenqing: {wrong}", file=sys.stderr)
        raise SystemExit(USAGE) from None


def _run() -> None:
    sys.argv[0] = "wenqing"
    os.environ["SCRAPY_SETTINGS_MODULE"] = SETTINGS
    word, *args = sys.argv[1:] or ["--help"]
    if word == "help":
        word, args = (args[0], ["--help"]) if args else ("--help", [])
    if word in ("-h", "--help"):
        _show(overview())
    elif word in ("-V", "--version", "version"):
        _show(versions())
    elif word == "completion" and len(args) == 1 and args[0] in completion.SHELLS:
        _show(completion.script(args[0]).rstrip("\n"))
    elif word in commands():
        from scrapy.cmdline import execute
        from scrapy.utils.project import get_project_settings

        settings = get_project_settings()
        settings.set("COMMANDS_MODULE", f"{COMMANDS}.{word}", "cmdline")  # all others would be imported, too
        execute(["wenqing", word, *args], settings)
    else:
        print(f"wenqing: {refusal(word)}", file=sys.stderr)
        raise SystemExit(USAGE)


def _show(text: str) -> None:
    """Print what was asked for, also where nobody reads it to its end."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        print_nowhere()
    except OSError as error:
        print_nowhere()
        print(f"wenqing: stdout: {error.strerror}; check the path and the disk", file=sys.stderr)
        raise SystemExit(DISK) from None


def overview() -> str:
    """Return what `wenqing --help` prints."""
    described = {**DESCRIPTIONS, **completion.WORDS}
    lines = [
        fill(text, 80, initial_indent=f"  {name:<10} ", subsequent_indent=" " * 13) for name, text in described.items()
    ]
    examples = [f"  {call:<46} {text}" for call, text in EXAMPLES]
    return "\n".join(
        (
            "Usage: wenqing COMMAND [options] [arguments]",
            "文清 crawls Chinese document-sharing sites politely, and cleans what they serve.",
            "\nCommands:",
            *lines,
            "\nExamples:",
            *examples,
            "\nwenqing COMMAND --help tells of one command, wenqing --version of the program.",
        )
    )


def versions() -> str:
    """Return the versions of program, rules and Scrapy in one line."""
    from importlib.metadata import version

    rules = import_module("cleaners.model").VERSION
    return f"wenqing {__version__}, rules {rules}, Scrapy {version('scrapy')}"


def refusal(word: str) -> str:
    """Return what is wrong with a word that is no command."""
    if word.startswith("-"):
        return f"name a command before {word}; see wenqing --help"
    if word == "completion":
        return f"name a shell: {', '.join(completion.SHELLS)}"
    near = get_close_matches(word, [*commands(), *completion.WORDS], n=1)
    hint = f"did you mean {near[0]}?" if near else "see wenqing --help"
    return f"no command {word}; {hint}"


if __name__ == "__main__":
    main()
