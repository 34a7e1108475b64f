#include "page.hpp"

#include "page/client.hpp"
#include "page/packed.hpp"
#include "page/subject_matter.hpp"

namespace racepair::report {

std::string page_of(const std::vector<judge::Result>& results, const std::vector<Part>& course) {
    const Grid grid(results);
    const auto cases = page::cases_of(grid, course);
    std::string text =
        "<!doctype html>\n<html lang=en>\n<meta charset=utf-8>\n"
        "<meta http-equiv=Content-Security-Policy content=\"";
    text += page::policy;
    text +=
        "\">\n<meta name=viewport content=\"width=device-width\">\n<title>racepair: "
        "results</title>\n<style>";
    text += page::style;
    text += "</style>\n<body>\n<header class=bar><h1>racepair</h1></header>\n<main>\n" +
            page::overview_part(cases, grid).text() + page::seed_part().text();
    page::Markup details;
    for (const auto& one : cases) {
        text += page::case_part(one, grid.lanes).text();
        details.put("<div data-case=\"{}\">{}{}{}</div>", one.anchor,
                    page::facts_part(one, grid.lanes), page::reports_part(one, grid.lanes),
                    page::schedules_part(one));
    }
    text += "</main>\n<script type=text/plain id=details>" + page::packed(details.text()) +
            "</script>\n<script>";
    text += page::script;
    text += "</script>\n</html>\n";
    return text;
}

}  // namespace racepair::report
