#pragma once

#include <nlohmann/json_fwd.hpp>

#include "exploration.hpp"

namespace racepair::judge {

// How the explorer's records are spelled, on the pipe and in results alike. Reading throws
// std::runtime_error, or what nlohmann-json throws, for a record that lacks a member, has one of
// another type, or says what no exploration can have seen.

void to_json(nlohmann::json& json, const Exploration& exploration);
void from_json(const nlohmann::json& json, Exploration& exploration);
void to_json(nlohmann::json& json, const Step& step);
void from_json(const nlohmann::json& json, Step& step);
void to_json(nlohmann::json& json, const ScheduleStory& story);
void from_json(const nlohmann::json& json, ScheduleStory& story);

}  // namespace racepair::judge
