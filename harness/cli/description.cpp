#include "description.hpp"

#include <sstream>

namespace racepair::cli {
namespace {

OptionText text_of(const CLI::Option& option) {
    OptionText text;
    text.what = option.get_description();
    text.is_required = option.get_required();
    text.is_repeated = option.get_expected_max() > 1;
    text.is_argument = option.get_positional();
    if (text.is_argument) {
        text.names = {option.get_name(true)};
        return text;
    }
    for (const auto& name : option.get_snames()) text.names.push_back("-" + name);
    for (const auto& name : option.get_lnames()) text.names.push_back("--" + name);
    if (option.get_type_size() == 0) return text;
    // CLI11 says "NAME:{a,b}".
    text.value = option.get_type_name();
    const auto begin = text.value.find(":{");
    if (begin != std::string::npos && text.value.ends_with('}')) {
        std::istringstream all(text.value.substr(begin + 2, text.value.size() - begin - 3));
        for (std::string choice; std::getline(all, choice, ',');) text.choices.push_back(choice);
        text.value.resize(begin);
    }
    return text;
}

}  // namespace

CommandText description_of(const CLI::App& app) {
    CommandText text{app.get_name(), app.get_description(), {}, app.get_footer(), {}};
    for (const auto* option :
         app.get_options([](const CLI::Option* each) { return !each->get_group().empty(); }))
        text.options.push_back(text_of(*option));
    for (const auto* command :
         app.get_subcommands([](const CLI::App* each) { return !each->get_group().empty(); }))
        text.commands.push_back(description_of(*command));
    return text;
}

}  // namespace racepair::cli
