#include "evidence.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <tuple>

#include "evidence_json.hpp"

namespace racepair::judge {
namespace {

using nlohmann::json;

constexpr int protocol_spoken = 1;
constexpr long long most_trials = 1'000'000'000'000'000;  // far from where sums overflow
constexpr std::size_t most_faults = 20;  // of a hostile pipe; the first ones tell enough

/// Takes the records in one after the other. A record that contradicts what is known throws.
class Reader {
   public:
    explicit Reader(Evidence& evidence) : evidence_(evidence) {}

    void take(const json& record) {
        const auto kind = record.at("record").get<std::string>();
        if (kind == "subject") return take_identity(record);
        if (!evidence_.identity)
            throw std::runtime_error("a " + kind + " record before the subject's");
        if (kind == "case") return take_case(record);
        if (kind == "program") return take_program(record);
        if (kind == "alone") return take_alone(record);
        if (kind == "entered") return take_entered(record);
        if (kind == "trials") return take_trials(record);
        if (kind == "report") return take_report(record, &VariantRun::reports);
        if (kind == "suppressed") return take_report(record, &VariantRun::suppressed);
        if (kind == "restarted") return take_restarted(record);
        if (kind == "progress") return void(running(record));
        if (kind == "schedule") return take_once(record, &VariantRun::schedule);
        if (kind == "explored") return take_once(record, &VariantRun::explored);
        if (kind == "finished") return take_finished(record);
        if (kind == "trouble") return evidence_.troubles.push_back(record.at("what"));
        if (kind == "bye") return void(evidence_.bye = true);
        throw std::runtime_error("unknown record " + kind);
    }

   private:
    void take_identity(const json& record) {
        if (evidence_.identity) throw std::runtime_error("a second subject record");
        const int protocol = record.at("protocol");
        if (protocol != protocol_spoken)
            throw std::runtime_error("protocol " + std::to_string(protocol) +
                                     ", this judge reads " + std::to_string(protocol_spoken) +
                                     ": build the subject and racepair from the same version");
        evidence_.identity = record.get<Identity>();
    }

    void take_case(const json& record) {
        auto info = record.get<CaseInfo>();
        if (evidence_.find_case(info.name) != nullptr)
            throw std::runtime_error("two cases are named " + info.name);
        std::set<std::string> names;
        for (const auto& variant : info.variants)
            if (!names.insert(variant.name).second)
                throw std::runtime_error("two variants are named " + info.name + "." +
                                         variant.name);
        evidence_.cases.push_back(std::move(info));
    }

    void take_program(const json& record) {
        const std::string name = record.at("case");
        const auto info = std::find_if(evidence_.cases.begin(), evidence_.cases.end(),
                                       [&](const CaseInfo& each) { return each.name == name; });
        if (info == evidence_.cases.end())
            throw std::runtime_error("a program record of no case: " + name);
        if (info->program) throw std::runtime_error("a second program record of " + name);
        info->program = record.get<ProgramInfo>();
    }

    void take_alone(const json& record) {
        const std::string name = record.at("variant");
        auto& run = evidence_.runs[name];
        if (run.alone) throw std::runtime_error(name + " is tried alone twice");
        run.alone = record.at("outcome").get<std::string>();
        run.alone_expected = record.at("expected").get<std::vector<std::string>>();
    }

    void take_entered(const json& record) {
        const std::string name = record.at("variant");
        auto& run = evidence_.runs[name];
        if (run.entered) throw std::runtime_error(name + " is entered twice");
        run.entered = true;
        run.told = record.at("trials");
        if (run.told < 0) throw std::runtime_error("a negative number of trials");
    }

    VariantRun& running(const json& record) {
        const std::string name = record.at("variant");
        const auto run = evidence_.runs.find(name);
        if (run == evidence_.runs.end() || !run->second.entered)
            throw std::runtime_error(name + " was not entered");
        return run->second;
    }

    void take_trials(const json& record) {
        auto& run = running(record);
        if (run.finished) throw std::runtime_error("trials after the variant had finished");
        const auto counts = record.at("outcomes").get<std::vector<OutcomeCount>>();
        const long long count = record.at("count");
        long long sum = 0;
        for (const auto& outcome : counts) {
            if (outcome.count <= 0) throw std::runtime_error("an outcome counted less than once");
            if (outcome.count > most_trials - run.trials - sum)
                throw std::runtime_error("more trials than can be counted");
            sum += outcome.count;
        }
        if (sum != count) throw std::runtime_error("outcome counts do not add up to the trials");
        if (record.at("from").get<long long>() != run.trials)
            throw std::runtime_error("trials are missing or told twice");
        run.trials += count;
        run.outcomes.insert(run.outcomes.end(), counts.begin(), counts.end());
    }

    void take_report(const json& record, std::vector<Report> VariantRun::*where) {
        auto report = record.get<Report>();
        // The runtime may report before any variant is entered: a race in the case's own static
        // constructors, say.
        (evidence_.runs[report.variant].*where).push_back(std::move(report));
    }

    /// More places to switch have become known: the schedules so far were too coarse, and all are
    /// run again. What was reported stays true.
    void take_restarted(const json& record) {
        auto& run = running(record);
        if (run.finished) throw std::runtime_error("a restart after the variant had finished");
        run.outcomes.clear();
        run.trials = 0;
    }

    template <class Told>
    void take_once(const json& record, std::optional<Told> VariantRun::*where) {
        auto& run = running(record);
        if (run.finished) throw std::runtime_error("more of a variant that had finished");
        if ((run.*where).has_value())
            throw std::runtime_error("a second " + record.at("record").get<std::string>() +
                                     " record of one variant");
        run.*where = record.get<Told>();
    }

    void take_finished(const json& record) {
        auto& run = running(record);
        if (run.finished) throw std::runtime_error("a variant finished twice");
        run.finished = true;
        run.because = record.at("because");
        run.microseconds = record.at("microseconds");
        if (record.at("trials").get<long long>() != run.trials)
            throw std::runtime_error("finished with another number of trials than were told");
        if (run.explored) check_exploration(*run.explored, run);
    }

    /// What was covered must agree with what was seen.
    static void check_exploration(const Exploration& explored, const VariantRun& run) {
        std::set<std::string> outcomes;
        for (const auto& count : run.outcomes) outcomes.insert(count.outcome);
        if (run.trials > explored.executions ||
            (explored.exhausted && run.trials != explored.executions))
            throw std::runtime_error("explored another number of schedules than have an outcome");
        if (static_cast<long long>(outcomes.size()) != explored.outcomes)
            throw std::runtime_error("explored with another number of outcomes than were told");
    }

    Evidence& evidence_;
};

/// Adds up the counts of equal outcomes.
void merge(std::vector<OutcomeCount>& counts) {
    const auto key = [](const OutcomeCount& count) {
        return std::tie(count.outcome, count.flagged);
    };
    std::sort(counts.begin(), counts.end(),
              [&](const auto& a, const auto& b) { return key(a) < key(b); });
    std::vector<OutcomeCount> merged;
    for (auto& count : counts) {
        if (!merged.empty() && key(merged.back()) == key(count))
            merged.back().count += count.count;
        else
            merged.push_back(std::move(count));
    }
    counts = std::move(merged);
}

}  // namespace

bool is_right(const std::string& outcome, const std::vector<std::string>& expected) {
    return std::find(expected.begin(), expected.end(), outcome) != expected.end();
}

const CaseInfo* Evidence::find_case(std::string_view name) const {
    const auto found = std::find_if(cases.begin(), cases.end(),
                                    [&](const CaseInfo& info) { return info.name == name; });
    return found == cases.end() ? nullptr : &*found;
}

const VariantRun& Evidence::run_of(const std::string& variant) const {
    static const VariantRun nothing;
    const auto found = runs.find(variant);
    return found == runs.end() ? nothing : found->second;
}

void append(Evidence& evidence, Evidence&& further, const std::string& variant) {
    const auto add = [](auto& all, auto& some) { all.insert(all.end(), some.begin(), some.end()); };
    auto& run = evidence.runs[variant];
    auto& more = further.runs[variant];
    if (more.alone && !is_right(*more.alone, more.alone_expected)) {
        run.alone = more.alone;
        run.alone_expected = more.alone_expected;
    }
    for (auto& report : more.reports) {
        report.trial += run.trials;
        run.reports.push_back(std::move(report));
    }
    run.told += more.told;
    run.trials += more.trials;
    run.microseconds += more.microseconds;
    run.entered = run.entered && more.entered;
    run.finished = run.finished && more.finished;
    run.outcomes.insert(run.outcomes.end(), more.outcomes.begin(), more.outcomes.end());
    merge(run.outcomes);
    evidence.bye = evidence.bye && further.bye;
    evidence.cut_short = evidence.cut_short || further.cut_short;
    for (auto& [name, other] : further.runs) {
        if (name != variant) add(evidence.runs[name].reports, other.reports);
        add(evidence.runs[name].suppressed, other.suppressed);
    }
    add(evidence.faults, further.faults);
    add(evidence.troubles, further.troubles);
}

Evidence read_evidence(std::string_view bytes) {
    Evidence evidence;
    Reader reader(evidence);
    for (int number = 1; !bytes.empty(); ++number) {
        const auto end = bytes.find('\n');
        if (end == std::string_view::npos) {
            evidence.cut_short = true;
            break;
        }
        const auto line = bytes.substr(0, end);
        bytes.remove_prefix(end + 1);
        if (evidence.faults.size() >= most_faults) continue;
        try {
            reader.take(json::parse(line, [](int, json::parse_event_t event, json& value) {
                if (event == json::parse_event_t::value) must_convert_to_integer(value);
                return true;
            }));
        } catch (const std::exception& wrong) {
            evidence.faults.push_back("line " + std::to_string(number) + ": " + wrong.what());
        }
    }
    for (auto& [name, run] : evidence.runs) merge(run.outcomes);
    return evidence;
}

}  // namespace racepair::judge
