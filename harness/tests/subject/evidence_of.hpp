#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <functional>
#include <stdexcept>
#include <string>

#include "judge/evidence.hpp"
#include "subject/channel.hpp"

namespace racepair {

/// The lines that a part of the subject sends meanwhile.
inline std::string lines_of(const std::function<void()>& part) {
    std::FILE* file = std::tmpfile();
    if (file == nullptr) throw std::runtime_error("tmpfile");
    subject::open_channel(fileno(file));
    part();
    subject::open_channel(-1);
    std::string lines;
    std::rewind(file);
    for (int byte; (byte = std::fgetc(file)) != EOF;) lines += static_cast<char>(byte);
    std::fclose(file);
    return lines;
}

/// … as the judge reads it, behind the subject record that it needs first.
inline judge::Evidence evidence_of(const std::function<void()>& part) {
    const std::string identity =
        R"({"record":"subject","protocol":1,"program":"","compiler":"","compiler_version":"",)"
        R"("architecture":"","flags":"","instrumented":false,"optimised":false,"runtime":"",)"
        R"("reports_can_be_read":false,"options":"","compiled_in_options":"","cpus_online":1,)"
        R"("cpus_allowed":1})";
    auto evidence = judge::read_evidence(identity + "\n" + lines_of(part));
    EXPECT_EQ(evidence.faults, std::vector<std::string>{});
    EXPECT_FALSE(evidence.cut_short);
    return evidence;
}

}  // namespace racepair
