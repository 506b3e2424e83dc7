"""Completion of commands, options and names of sites in bash, zsh and fish, as a script for each shell."""

from __future__ import annotations

from argparse import Action
from collections.abc import Callable, Iterable, Mapping
from shlex import quote

from cleaners.sites import sites
from crawler.running.descriptions import DESCRIPTIONS
from wenqing.listing import command, commands, options, parser

WORDS = {"completion": "Print what completes commands in bash, zsh or fish", "help": "Tell of a command"}
"""What the program knows beside the commands."""
_NAMES_SITES = frozenset({"--site", "--source"})
_TAKES_SITES = frozenset({"crawl", "doctor", "refresh"})
"""Options, and commands, that are given names of sites."""


def script(shell: str) -> str:
    """Return the script for one of `SHELLS`; raises KeyError for another one."""
    return SHELLS[shell]()


def _described() -> dict[str, str]:
    return {**DESCRIPTIONS, **WORDS}


def _options(name: str) -> list[Action]:
    return list(options(parser(command(name))))


def _flags(actions: Iterable[Action]) -> str:
    return " ".join(flag for action in actions for flag in action.option_strings)


def _bash() -> str:
    """Return the script for bash."""
    cases = "\n".join(f"        {name}) options={quote(_flags(_options(name)))} ;;" for name in commands())
    after = "|".join(sorted(_NAMES_SITES))
    return f"""# wenqing completion bash > ~/.local/share/bash-completion/completions/wenqing
_wenqing() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}} options=
    local sites={quote(" ".join(sites()))}
    if ((COMP_CWORD == 1)); then
        COMPREPLY=($(compgen -W {quote(" ".join((*_described(), "--help", "--version")))} -- "$word"))
        return
    fi
    case ${{COMP_WORDS[1]}} in
{cases}
        completion) COMPREPLY=($(compgen -W "bash zsh fish" -- "$word")); return ;;
        help) COMPREPLY=($(compgen -W {quote(" ".join(commands()))} -- "$word")); return ;;
    esac
    case $before in {after}) COMPREPLY=($(compgen -W "$sites" -- "$word")); return ;; esac
    if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "$options" -- "$word"))
    else
        case ${{COMP_WORDS[1]}} in
        {"|".join(sorted(_TAKES_SITES))}) COMPREPLY=($(compgen -W "$sites" -- "$word")) ;;
        *) COMPREPLY=() ;;
        esac
    fi
}}
complete -o default -o bashdefault -F _wenqing wenqing
"""


def _zsh() -> str:
    """Return the script for zsh."""
    described = "\n".join(f"    {quote(f'{name}:{text}')}" for name, text in _described().items())
    cases = "\n".join(
        f"  {name}) _arguments {' '.join(map(quote, map(_zsh_option, _options(name))))} {quote(_zsh_names(name))} ;;"
        for name in commands()
    )
    return f"""#compdef wenqing
# wenqing completion zsh > a folder of $fpath, as _wenqing
local -a words_known=(
{described}
)
if (( CURRENT == 2 )); then
  _describe command words_known
  return
fi
local name=$words[2]
shift words
(( CURRENT -= 1 ))
case $name in
{cases}
  completion) _values shell bash zsh fish ;;
  help) _describe command words_known ;;
esac
"""


def _zsh_option(action: Action) -> str:
    text = _plain(action.help).replace("[", "(").replace("]", ")").replace(":", " ")
    longest = max(action.option_strings, key=len)
    value = "" if action.nargs == 0 else f":{action.dest}:{_zsh_values(action)}"
    return f"*{longest}[{text}]{value}"


def _zsh_values(action: Action) -> str:
    if action.choices:
        return f"({' '.join(map(str, action.choices))})"
    return f"({' '.join(sites())})" if _NAMES_SITES & set(action.option_strings) else "_files"


def _zsh_names(name: str) -> str:
    return f"*:site:({' '.join(sites())})" if name in _TAKES_SITES else "*:file:_files"


def _fish() -> str:
    lines = ["# wenqing completion fish > ~/.config/fish/completions/wenqing.fish"]
    for name, text in _described().items():
        lines.append(f"complete -c wenqing -n __fish_use_subcommand -f -a {name} -d {quote(text)}")
    for name in commands():
        here = f"complete -c wenqing -n '__fish_seen_subcommand_from {name}'"
        if name in _TAKES_SITES:
            lines.append(f"{here} -f -a {quote(' '.join(sites()))}")
        lines += [f"{here} {_fish_option(action)}" for action in _options(name)]
    lines.append("complete -c wenqing -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'")
    return "\n".join(lines) + "\n"


def _fish_option(action: Action) -> str:
    flags = [f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in action.option_strings]
    value = "" if action.nargs == 0 else " -r"
    if names := action.choices or (sites() if _NAMES_SITES & set(action.option_strings) else None):
        value = f" -x -a {quote(' '.join(map(str, names)))}"
    return f"{' '.join(flags)}{value} -d {quote(_plain(action.help))}"


def _plain(text: str | None) -> str:
    return " ".join((text or "").replace("%%", "%").replace("'", "").split())


SHELLS: Mapping[str, Callable[[], str]] = {"bash": _bash, "fish": _fish, "zsh": _zsh}
"""The shells that there are scripts for."""
