"""`onrecord completion`: what a shell needs to complete commands and options."""

from __future__ import annotations

from argparse import Action, ArgumentParser, Namespace

from onrecord.cli import exits
from onrecord.cli.command import Command
from onrecord.cli.console import Console
from onrecord.cli.extract import PRINTED
from onrecord.cli.services import Services
from onrecord.render.selection import SECTIONS

SHELLS = ("bash", "zsh", "fish")

CHOICES: dict[str, tuple[str, ...]] = {"--format": PRINTED, "--only": SECTIONS}
"""Values that an option takes; options not here that take a value complete file names."""


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help=", ".join(SHELLS))


def execute(arguments: Namespace, console: Console, services: Services) -> int:
    """Print the script."""
    del services
    console.out.write(script(arguments.shell))
    return exits.FINE


def script(shell: str) -> str:
    """The completion script for a shell, made from the parsers."""
    from onrecord.cli.parser import COMMANDS, build_parser, options_of, parser_of

    top = build_parser()
    options = {name: options_of(parser_of(top, name)) for name in COMMANDS}
    summaries = {name: command.summary for name, command in COMMANDS.items()}
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](summaries, options)


def _flags(actions: list[Action]) -> list[str]:
    return [option for action in actions for option in action.option_strings]


def _values(action: Action) -> tuple[str, ...]:
    return next((CHOICES[o] for o in action.option_strings if o in CHOICES), ())


def _positional_choices(actions: list[Action]) -> list[str]:
    return [str(c) for a in actions if not a.option_strings and a.choices for c in a.choices]


def _bash(summaries: dict[str, str], options: dict[str, list[Action]]) -> str:
    cases = []
    for name, actions in options.items():
        words = " ".join(_flags(actions) + _positional_choices(actions))
        cases.append(f'        {name}) words="{words}" ;;')
    values = []
    for action in options["extract"]:
        if _values(action):
            values.append(
                f'        {"|".join(action.option_strings)}) choices="{" ".join(_values(action))}" ;;'
            )
    return "\n".join(
        [
            '# bash completion for onrecord; add to ~/.bashrc:  eval "$(onrecord completion bash)"',
            "_onrecord() {",
            '    local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"',
            '    local words="" choices=""',
            '    case "${COMP_WORDS[1]}" in',
            *cases,
            f'        *) words="{" ".join(_flags(options["extract"]))}" ;;',
            "    esac",
            '    case "$previous" in',
            *values,
            "    esac",
            '    if [[ -n "$choices" ]]; then',
            '        COMPREPLY=($(compgen -W "$choices" -- "$current"))',
            '    elif [[ "$COMP_CWORD" -eq 1 && "$current" != -* ]]; then',
            f'        words="{" ".join(summaries)}"',
            '        COMPREPLY=($(compgen -W "$words" -- "$current") $(compgen -f -- "$current"))',
            "    else",
            '        COMPREPLY=($(compgen -W "$words" -- "$current") $(compgen -f -- "$current"))',
            "    fi",
            "}",
            "complete -o filenames -F _onrecord onrecord",
            "",
        ]
    )


def _zsh(summaries: dict[str, str], options: dict[str, list[Action]]) -> str:
    def quoted(text: str) -> str:
        return text.replace("'", "'\\''").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:")

    cases = []
    for name, actions in options.items():
        lines = []
        for action in actions:
            for option in action.option_strings:
                values = f":value:({' '.join(_values(action))})" if _values(action) else ":value:_files"
                takes = values if action.nargs != 0 else ""
                lines.append(f"'{option}[{quoted(action.help or '')}]{takes}'")
        rest = _positional_choices(actions)
        lines.append(f"'*:argument:({' '.join(rest)})'" if rest else "'*:article:_files'")
        cases.append(f"    {name})\n      _arguments {' '.join(lines)} ;;")
    commands = " ".join(f"'{name}:{quoted(summary)}'" for name, summary in summaries.items())
    return "\n".join(
        [
            "#compdef onrecord",
            '# zsh completion for onrecord; type:  onrecord completion zsh > "${fpath[1]}/_onrecord"',
            "_onrecord() {",
            "  local -a commands",
            f"  commands=({commands})",
            "  if (( CURRENT == 2 )); then",
            "    _describe command commands",
            "    _files",
            "    return",
            "  fi",
            "  case $words[2] in",
            *cases,
            "    *) _files ;;",
            "  esac",
            "}",
            'if [ "$funcstack[1]" = "_onrecord" ]; then _onrecord "$@"; else compdef _onrecord onrecord; fi',
            "",
        ]
    )


def _fish(summaries: dict[str, str], options: dict[str, list[Action]]) -> str:
    def quoted(text: str) -> str:
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"

    lines = [
        "# fish completion for onrecord; type:",
        "#   onrecord completion fish > ~/.config/fish/completions/onrecord.fish",
    ]
    for name, summary in summaries.items():
        lines.append(f"complete -c onrecord -n __fish_use_subcommand -a {name} -d {quoted(summary)}")
    for name, actions in options.items():
        # The default command's options are offered where no command is typed as well.
        when = f"'__fish_seen_subcommand_from {name}'"
        if name == "extract":
            others = " ".join(n for n in summaries if n != "extract")
            when = f"'not __fish_seen_subcommand_from {others}'"
        for action in actions:
            flags = "".join(
                f" -l {o[2:]}" if o.startswith("--") else f" -s {o[1:]}" for o in action.option_strings
            )
            if flags:
                takes = f" -x -a {quoted(' '.join(_values(action)))}" if _values(action) else " -r"
                takes = takes if action.nargs != 0 else ""
                lines.append(f"complete -c onrecord -n {when}{flags}{takes} -d {quoted(action.help or '')}")
        rest = _positional_choices(actions)
        if rest:
            lines.append(f"complete -c onrecord -n {when} -f -a {quoted(' '.join(rest))}")
    return "\n".join([*lines, ""])


COMMAND = Command(
    "completion",
    "the script that lets bash, zsh or fish complete commands and options",
    configure,
    execute,
    description="Print the script that lets a shell complete commands and options.",
    examples=(
        'eval "$(onrecord completion bash)"',
        "onrecord completion fish > ~/.config/fish/completions/onrecord.fish",
    ),
)
