#include "said.hpp"

#include <algorithm>

#include "judge/subject_process.hpp"

namespace racepair::command {
namespace {

Said run(std::vector<std::string> command) {
    judge::Launch launch;
    launch.command = std::move(command);
    launch.time_limit = std::chrono::minutes(4);
    const auto traces = judge::run(launch);
    Said said;
    if (traces.ending.how == judge::Ended::exited) said.exit_code = traces.ending.code;
    if (traces.ending.how == judge::Ended::signalled) said.signal = traces.ending.code;
    said.text = traces.log;
    return said;
}

}  // namespace

std::string Said::after(const std::string& begin) const {
    const auto at = ("\n" + text).find("\n" + begin);
    if (at == std::string::npos) return "";
    return text.substr(at + begin.size(), text.find('\n', at) - at - begin.size());
}

Said racepair(std::vector<std::string> words) {
#ifdef RACEPAIR_CASES
    std::replace(words.begin(), words.end(), std::string("CASES"), std::string(RACEPAIR_CASES));
#endif
#ifdef RACEPAIR_EXPLORED
    std::replace(words.begin(), words.end(), std::string("EXPLORED"),
                 std::string(RACEPAIR_EXPLORED));
#endif
    words.insert(words.begin(), RACEPAIR_PROGRAM);
    return run(std::move(words));
}

Said shell(const std::string& command) { return run({"/bin/sh", "-c", command}); }

#ifdef RACEPAIR_CASES
Said subject(std::vector<std::string> words) {
    words.insert(words.begin(), RACEPAIR_CASES);
    return run(std::move(words));
}
#endif

}  // namespace racepair::command
