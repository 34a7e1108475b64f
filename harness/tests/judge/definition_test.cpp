#include <gtest/gtest.h>

#include "judge/place.hpp"
#include "tests/temporary_directory.hpp"

namespace racepair::judge {
namespace {

class Definition : public testing::Test {
   protected:
    std::optional<std::string> find(const std::string& source, const std::string& type) const {
        return definition_of(directory_.write("sample.cpp", source), type);
    }

   private:
    TemporaryDirectory directory_;
};

const std::string racy = "struct Racy {\n    int n = 0;\n    void add() { ++n; }\n};";
const std::string fixed = "struct Fixed {\n    std::atomic<int> n = 0;\n};";

TEST_F(Definition, IsFoundByItsName) {
    const auto source = "#include <atomic>\n\n" + racy + "\n\n" + fixed + "\n";
    EXPECT_EQ(find(source, "Racy"), racy);
    EXPECT_EQ(find(source, "Fixed"), fixed);
    EXPECT_EQ(find(source, "Other"), std::nullopt);
}

TEST_F(Definition, IsFoundWithItsNamespace) {
    const auto source = "namespace sample {\n\n" + racy + "\n\n}  // namespace sample\n";
    EXPECT_EQ(find(source, "sample::Racy"), racy);
    EXPECT_EQ(find(source, "(anonymous namespace)::Racy"), racy);
    EXPECT_EQ(find(source, "outer::sample::Racy"), racy);
}

TEST_F(Definition, EndsWithItsOwnBrace) {
    const std::string nested =
        "struct Racy {\n    struct Node {\n        int n;\n    };\n"
        "    void add() {\n        if (true) { ++n; }\n    }\n};";
    EXPECT_EQ(find(nested + "\n" + fixed, "Racy"), nested);
    const std::string inner = "struct Racy {\nstruct Node {\nint n;\n};\nint m;\n};";
    EXPECT_EQ(find(inner + "\n" + fixed, "Racy"), inner) << "not indented";
    const std::string one_line = "struct Racy { int n = 0; };";
    EXPECT_EQ(find(one_line + "\n" + fixed, "Racy"), one_line);
}

TEST_F(Definition, BracesInCommentsAndLiteralsDoNotCount) {
    for (const auto* odd : {"// a { too many", "/* {{ */", "char c = '{';",
                            "const char* s = \"{\\\"{\";", "int million = 1'000'000;  // '"}) {
        const auto source = std::string("struct Racy {\n    ") + odd + "\n    int n;\n};";
        EXPECT_EQ(find(source + "\n" + fixed, "Racy"), source);
    }
}

TEST_F(Definition, MayBeAClassOrDerivedOrFinal) {
    for (const auto* head : {"class Racy {", "struct Racy : Base {", "struct Racy final {",
                             "struct Racy\n{", "struct Racy{"}) {
        const auto source = std::string(head) + "\n    int n;\n};";
        EXPECT_EQ(find(source + "\n", "Racy"), source);
    }
}

TEST_F(Definition, IsNotADeclarationOrAMention) {
    for (const auto* before :
         {"struct Racy;\n", "// struct Racy loses {updates};\n", "struct Racy *make();\n",
          "struct RacyToo {\n};\n", "struct Racy first;\n", "friendstruct Racy {};\n"})
        EXPECT_EQ(find(before + racy + "\n", "Racy"), racy) << before;
}

TEST_F(Definition, OfATemplateIsFoundWithoutItsArguments) {
    const auto source = "template <class Lock>\n" + racy + "\n";
    EXPECT_EQ(find(source, "sample::Racy<std::mutex>"), racy);
    EXPECT_EQ(find(source, "sample::Racy<std::atomic<int> >"), racy);
}

TEST_F(Definition, ThatDoesNotEndIsNone) {
    EXPECT_EQ(find("struct Racy {\n    int n;\n", "Racy"), std::nullopt);
    EXPECT_EQ(find("struct Racy", "Racy"), std::nullopt);
    EXPECT_EQ(find("struct Racy { char c = '", "Racy"), std::nullopt);
    EXPECT_EQ(find("", "Racy"), std::nullopt);
    EXPECT_EQ(definition_of("/no/such/file.cpp", "Racy"), std::nullopt);
}

}  // namespace
}  // namespace racepair::judge
