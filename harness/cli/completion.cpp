#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "../judge/exit_code.hpp"
#include "arguments.hpp"
#include "commands.hpp"
#include "description.hpp"

namespace racepair::cli {
namespace {

/// In single quotes, whatever it is.
std::string in_quotes(const std::string& text) {
    std::string out = "'";
    for (const char letter : text) out += letter == '\'' ? "'\\''" : std::string(1, letter);
    return out + "'";
}

std::string names_of(const std::vector<OptionText>& options) {
    std::string names;
    for (const auto& option : options)
        if (!option.is_argument)
            for (const auto& name : option.names) names += (names.empty() ? "" : " ") + name;
    return names;
}

/// A file's name completes what is no choice, no option and no number.
bool takes_a_file(const OptionText& option) { return option.value == "FILE"; }

std::string bash_of(const CommandText& racepair) {
    std::string commands, cases;
    for (const auto& command : racepair.commands) {
        commands += (commands.empty() ? "" : " ") + command.name;
        cases += fmt::format("    {})\n", command.name);
        std::string values;
        for (const auto& option : command.options) {
            if (option.is_argument || option.value.empty()) continue;
            const auto action =
                !option.choices.empty()
                    ? fmt::format("COMPREPLY=($(compgen -W '{}' -- \"$word\"))",
                                  fmt::join(option.choices, " "))
                    : std::string(takes_a_file(option) ? "COMPREPLY=($(compgen -f -- \"$word\"))"
                                                       : "compopt +o default");
            values +=
                fmt::format("        {}) {}; return ;;\n", fmt::join(option.names, "|"), action);
        }
        if (!values.empty())
            cases += "      case ${COMP_WORDS[COMP_CWORD-1]} in\n" + values + "      esac\n";
        cases += fmt::format("      options='{}' ;;\n", names_of(command.options));
    }
    return fmt::format(
        "# bash completion of racepair, made by: racepair completion bash\n"
        "_racepair() {{\n"
        "  local word=${{COMP_WORDS[COMP_CWORD]}} options='{}'\n"
        "  COMPREPLY=()\n"
        "  if [ \"$COMP_CWORD\" -eq 1 ] && [ \"${{word:0:1}}\" != - ]; then\n"
        "    COMPREPLY=($(compgen -W '{}' -- \"$word\"))\n"
        "    return\n"
        "  fi\n"
        "  case ${{COMP_WORDS[1]}} in\n{}  esac\n"
        "  # What is no option is a file, which bash completes by default.\n"
        "  [ \"${{word:0:1}}\" != - ] || COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
        "}}\n"
        "complete -o default -F _racepair racepair\n",
        names_of(racepair.options), commands, cases);
}

/// Text within the brackets of an argument of zsh's _arguments.
std::string for_zsh(const std::string& text) {
    std::string out;
    for (const char letter : text) {
        if (std::string_view("[]:\\").find(letter) != std::string_view::npos) out += '\\';
        out += letter;
    }
    return out;
}

std::string zsh_of(const CommandText& racepair) {
    std::string commands, cases;
    for (const auto& command : racepair.commands) {
        commands += fmt::format("    {}\n", in_quotes(command.name + ":" + for_zsh(command.what)));
        cases += fmt::format("    {})\n      _arguments \\\n", command.name);
        for (const auto& option : command.options) {
            if (option.is_argument) continue;
            for (const auto& name : option.names) {
                std::string word = fmt::format("{}[{}]", name, for_zsh(option.what));
                if (!option.choices.empty())
                    word += fmt::format(":{}:({})", option.value, fmt::join(option.choices, " "));
                else if (!option.value.empty())
                    word +=
                        fmt::format(":{}:{}", option.value, takes_a_file(option) ? "_files" : "");
                cases += fmt::format("        {} \\\n", in_quotes(word));
            }
        }
        cases += "        '*:file:_files' ;;\n";
    }
    return fmt::format(
        "#compdef racepair\n"
        "# zsh completion of racepair, made by: racepair completion zsh\n"
        "_racepair() {{\n"
        "  local -a commands\n"
        "  commands=(\n{}  )\n"
        "  if (( CURRENT == 2 )); then\n"
        "    _describe command commands\n"
        "    return\n"
        "  fi\n"
        "  local command=$words[2]\n"
        "  shift words\n"
        "  (( CURRENT-- ))\n"
        "  case $command in\n{}  esac\n"
        "}}\n"
        "if [ \"$funcstack[1]\" = _racepair ]; then _racepair \"$@\"; else compdef _racepair "
        "racepair; fi\n",
        commands, cases);
}

/// Text in single quotes, as fish takes it.
std::string for_fish(const std::string& text) {
    std::string out = "'";
    for (const char letter : text) {
        if (letter == '\'' || letter == '\\') out += '\\';
        out += letter;
    }
    return out + "'";
}

std::string fish_of(const CommandText& racepair) {
    std::string text =
        "# fish completion of racepair, made by: racepair completion fish\n"
        "complete -c racepair -n __fish_use_subcommand -f\n";
    for (const auto& command : racepair.commands) {
        text += fmt::format("complete -c racepair -n __fish_use_subcommand -a {} -d {}\n",
                            command.name, for_fish(command.what));
        for (const auto& option : command.options) {
            if (option.is_argument) continue;
            text += fmt::format("complete -c racepair -n '__fish_seen_subcommand_from {}'",
                                command.name);
            for (const auto& name : option.names)
                text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
            if (!option.choices.empty())
                text += fmt::format(" -x -a '{}'", fmt::join(option.choices, " "));
            else if (!option.value.empty())
                text += takes_a_file(option) ? " -r -F" : " -x";
            text += fmt::format(" -d {}\n", for_fish(option.what));
        }
    }
    return text;
}

}  // namespace

Command add_completion(CLI::App& app, const Caller&) {
    const auto shell = std::make_shared<std::string>();
    auto* command =
        app.add_subcommand("completion", "Print what a shell needs to complete racepair's words");
    command->add_option("SHELL", *shell, "bash, zsh or fish")
        ->required()
        ->type_name("")
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    command->footer(
        "bash: source <(racepair completion bash), in ~/.bashrc; zsh: the same with zsh, after "
        "compinit;\n"
        "fish: racepair completion fish > ~/.config/fish/completions/racepair.fish\n"
        "Example: racepair completion bash");
    return {command, [=, &app] {
                const auto text = description_of(app);
                put(*shell == "bash"  ? bash_of(text)
                    : *shell == "zsh" ? zsh_of(text)
                                      : fish_of(text),
                    "");
                return judge::exit_as_expected;
            }};
}

}  // namespace racepair::cli
