#include "judge/signature.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

namespace racepair::judge {
namespace {

// The left one is clang's name, the right one gcc's, of the same function.
TEST(PlainName, IsTheSameForBothCompilers) {
    const std::vector<std::pair<const char*, const char*>> names = {
        {"atomic_ref::PlainRead::increment()", "atomic_ref::PlainRead::increment()"},
        {"map_counter::Racy::increment(std::__cxx11::basic_string<char, std::char_traits<char>, "
         "std::allocator<char> > const&)",
         "map_counter::Racy::increment(std::__cxx11::basic_string<char> const&)"},
        {"auto atomic_ref::$_1::operator()<atomic_ref::Racy, racepair::Team>(atomic_ref::Racy&, "
         "racepair::Team&) const::'lambda'()::operator()() const",
         "operator()"},
        {"auto mixed_access::$_0::operator()<mixed_access::Racy>(mixed_access::Racy&) const",
         "operator()<mixed_access::Racy>"},
        {"copied_mutex::Racy::worker()::'lambda'()::operator()()",
         "copied_mutex::Racy::worker()::{lambda()#1}::operator()()"},
        {"int& lazy_init::Racy::get<auto lazy_init::$_0::operator()<lazy_init::Racy, "
         "racepair::Team>(lazy_init::Racy&, racepair::Team&) const::'lambda'() "
         "const>(lazy_init::Racy&)",
         "get<const lazy_init::<lambda(auto:19&, auto:20&)>::<lambda()> >"},
        {"(anonymous namespace)::Counter::add(int)", "add"},
        {"void channel<int>::push<int const&>(int const&)",
         "void channel<int>::push<int const&>(int const&)"},
        {"__call_tls_dtors", "__GI___call_tls_dtors"},
    };
    for (const auto& [clang, gcc] : names) EXPECT_EQ(plain_name(clang), plain_name(gcc)) << clang;
}

TEST(PlainName, KeepsTheScopeAndDropsTheRest) {
    const std::vector<std::pair<const char*, const char*>> names = {
        {"main", "main"},
        {"web::Site::visit() const", "web::Site::visit"},
        {"int const& web::Site::visit(int (*)(int)) const &", "web::Site::visit"},
        {"void web::Stack<std::pair<int, int> >::push(int)", "web::Stack::push"},
        {"web::visit(int) [clone .constprop.0]", "web::visit"},
        {"web::Site::operator()(int)", "web::Site::operator()"},
        {"bool web::operator< <int>(int)", "web::operator<"},
        {"std::ostream& web::operator<<(std::ostream&, int)", "web::operator<<"},
        {"web::Site::operator->() const", "web::Site::operator->"},
        {"web::Site::operator int() const", "web::Site::operator int"},
        {"operator new(unsigned long)", "operator new"},
        {"web::f()::Local::run()", "run"},
        {"web::f(int)::{lambda()#1}::operator()() const", "lambda"},
        {"", ""},
        {"<>>)(", ""},
    };
    for (const auto& [function, expected] : names) EXPECT_EQ(plain_name(function), expected);
}

Access access(const std::string& function, const std::string& file, int line) {
    Access made;
    made.address = "0x7b00" + std::to_string(line);
    made.thread = line;
    made.stack = {{"std::vector<int>::at(unsigned long)", "/usr/include/c++/12/vector", 7, "0x1"},
                  {function, file, line, "0x" + std::to_string(line)}};
    return made;
}

TEST(Signature, IsKindAndSortedPlaces) {
    Report report;
    report.kind = "data-race";
    report.accesses = {access("web::Site::visit()", "/src/site.cpp", 7),
                       access("int web::Site::hits() const", "/src/site.hpp", 9)};
    EXPECT_EQ(signature_of(report, {}),
              "data-race: site.cpp web::Site::visit with site.hpp web::Site::hits");
    std::swap(report.accesses[0], report.accesses[1]);
    report.accesses[0] = access("web::Site::hits() const", "/elsewhere/site.hpp", 109);
    EXPECT_EQ(signature_of(report, {}),
              "data-race: site.cpp web::Site::visit with site.hpp web::Site::hits");
}

/// What a compiler's ThreadSanitizer reported, from the file of such races.
std::string signature_in(const nlohmann::json& seen) {
    Report report;
    report.kind = "data-race";
    for (const auto& stack : seen.at("accesses")) {
        Access access;
        for (const auto& frame : stack) access.stack.push_back({frame[0], frame[1], frame[2], ""});
        report.accesses.push_back(access);
    }
    return signature_of(report, seen.at("code"));
}

// Reports of the course's own variants, each made by both compilers.
TEST(Signature, IsTheSameForBothCompilers) {
    std::ifstream in(RACEPAIR_RACES);
    const auto races = nlohmann::json::parse(in);
    std::set<std::string> signatures;
    for (const auto& race : races) {
        const auto signature = signature_in(race.at("clang 14"));
        EXPECT_EQ(signature, signature_in(race.at("gcc 12"))) << race.at("variant");
        signatures.insert(signature);
    }
    EXPECT_GE(races.size(), 15u);
    EXPECT_EQ(signatures.size(), races.size()) << "two variants share one";
}

TEST(Signature, TellsLambdasApartByTheirText) {
    Report report;
    report.kind = "data-race";
    report.accesses = {access("operator()", "/src/main.cpp", 7),
                       access("main::'lambda'()::operator()() const", "/src/main.cpp", 9)};
    EXPECT_EQ(signature_of(report, {{"/src/main.cpp:7", "hits++;"}}),
              "data-race: main.cpp lambda with main.cpp lambda `hits++;`");
}

TEST(Signature, NeedsAPlace) {
    Report report;
    EXPECT_FALSE(has_place(report));
    report.accesses = {Access{}, access("", "<null>", 0)};
    report.accesses[1].stack.resize(1);
    EXPECT_FALSE(has_place(report));
    report.accesses.push_back(access("main", "/src/main.cpp", 1));
    EXPECT_TRUE(has_place(report));
}

TEST(Signature, TakesStacksAndWhatHasNoName) {
    Report report;
    report.kind = "thread-leak";
    report.stacks = {{{"main", "/src/main.cpp", 3, "0x1"}}, {{"", "", 0, "0x2"}}};
    EXPECT_EQ(signature_of(report, {}), "thread-leak: ? with main.cpp main");
}

TEST(Fingerprint, IsKnownAndDiffers) {
    // The algorithm's own test vectors.
    EXPECT_EQ(fingerprint_of(""), "cbf29ce484222325");
    EXPECT_EQ(fingerprint_of("a"), "af63dc4c8601ec8c");
    EXPECT_EQ(fingerprint_of("foobar"), "85944171f73967e8");
}

}  // namespace
}  // namespace racepair::judge
