#include "format.hpp"

#include "console.hpp"
#include "github.hpp"
#include "gitlab.hpp"
#include "gradescope.hpp"
#include "junit.hpp"
#include "markdown.hpp"
#include "page.hpp"
#include "sarif.hpp"

namespace racepair::report {

using judge::Results;

const std::vector<Format>& all_formats() {
    static const std::vector<Format> formats = {
        {"junit", "Jenkins, GitLab and most other CI: JUnit XML",
         [](const Results& all, const std::string&) { return junit_of(all.results); }},
        {"sarif", "code scanning: SARIF 2.1.0", sarif_of},
        {"github", "annotations, printed by a step of a GitHub workflow",
         [](const Results& all, const std::string& folder) {
             return github_of(all.results, folder);
         }},
        {"gitlab", "GitLab's code quality report",
         [](const Results& all, const std::string& folder) {
             return gitlab_of(all.results, folder);
         }},
        {"gradescope", "an autograder's results.json",
         [](const Results& all, const std::string&) { return gradescope_of(all.results); }},
        {"markdown", "a summary of a GitHub step, a merge request",
         [](const Results& all, const std::string&) { return markdown_of(all.results); }},
        {"html", "a browser: one page of all cases, without a network",
         [](const Results& all, const std::string&) { return page_of(all.results); }},
    };
    return formats;
}

}  // namespace racepair::report
