// forger: no subject at all. It knows how evidence is spelled and hands over evidence that it made
// up, with one lie in it: that of the case it is asked to run, or, started under the name of a lie,
// that one whatever it is asked.

#include <unistd.h>

#include <cstdlib>
#include <string>

#include "lies.hpp"

int main(int count, char** words) {
    using namespace lying;
    std::string variant;
    long long trials = 1;
    for (int i = 1; i + 1 < count; ++i) {
        const std::string word = words[i];
        if (word == "--run") variant = words[i + 1];
        if (word == "--trials") trials = std::atoll(words[i + 1]);
    }
    std::vector<std::string> names;
    for (const auto& [name, lie] : lies()) names.push_back("forged." + name);
    Forgery forgery(names);

    const std::string program = words[0];
    const auto always = lies().find(program.substr(program.rfind('/') + 1));
    if (always != lies().end()) {
        always->second(forgery, {});
        forgery.utter();
    }
    if (variant.starts_with("forged.")) {
        forgery.add_run(variant, trials);
        const auto name = variant.substr(0, variant.rfind('.'));
        lies().at(name.substr(name.find('.') + 1))(forgery, {name, variant});
    }
    forgery.utter();
}
